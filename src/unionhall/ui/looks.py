"""How states look: an icon and a tone for every word, so that color is never the only signal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from unionhall.collection.choices import BatchState, RowState, Severity
from unionhall.members.choices import MembershipState
from unionhall.reviews.choices import CaseState, Verdict
from unionhall.unions.choices import UnionStatus


@dataclass(frozen=True, slots=True)
class Look:
    """A tone of the stylesheet (`ok wait stop note quiet gold`) and an icon."""

    tone: str
    icon: str


UNKNOWN = Look("quiet", "circle-dashed")

MEMBERSHIP = {
    MembershipState.ACTIVE: Look("ok", "user-check"),
    MembershipState.PREPARATORY: Look("note", "user-plus"),
    MembershipState.TRANSFERRING: Look("wait", "arrows-exchange"),
    MembershipState.RETAINED: Look("gold", "archive"),
    MembershipState.UNPLACED: Look("wait", "hourglass"),
    MembershipState.WITHDRAWN: Look("quiet", "user-minus"),
    MembershipState.EXPELLED: Look("stop", "user-x"),
    MembershipState.CLOSED: Look("quiet", "user-off"),
}
UNION = {
    UnionStatus.PREPARING: Look("note", "hourglass"),
    UnionStatus.ACTIVE: Look("ok", "circle-check"),
    UnionStatus.FROZEN: Look("wait", "snowflake"),
    UnionStatus.MERGED: Look("quiet", "arrows-exchange"),
    UnionStatus.DISSOLVED: Look("quiet", "ban"),
    UnionStatus.VOID: Look("quiet", "x"),
}
CASE = {
    CaseState.WAITING: Look("wait", "hourglass"),
    CaseState.RETURNED: Look("stop", "arrow-back-up"),
    CaseState.APPROVED: Look("ok", "circle-check"),
}
VERDICT = {
    Verdict.APPROVE: Look("ok", "check"),
    Verdict.RETURN: Look("stop", "arrow-back-up"),
    Verdict.RETURN_ROWS: Look("wait", "arrow-back-up"),
}
BATCH = {
    BatchState.RECEIVED: Look("note", "refresh"),
    BatchState.UNREADABLE: Look("stop", "file-x"),
    BatchState.JUDGED: Look("ok", "clipboard-check"),
}
ROW = {
    RowState.JUDGED: Look("note", "send"),
    RowState.SUBMITTED: Look("wait", "hourglass"),
    RowState.RETURNED: Look("stop", "arrow-back-up"),
    RowState.ENTERED: Look("ok", "circle-check"),
    RowState.KNOWN: Look("ok", "checks"),
    RowState.TRANSFER: Look("gold", "arrows-exchange"),
    RowState.REMOVED: Look("quiet", "trash"),
}
SEVERITY = {
    Severity.ERROR: Look("stop", "circle-x"),
    Severity.WARNING: Look("wait", "alert-triangle"),
    Severity.INFO: Look("note", "info-circle"),
}
PLAIN = {
    "yes": Look("ok", "check"),
    "no": Look("quiet", "minus"),
    "ok": Look("ok", "circle-check"),
    "wait": Look("wait", "hourglass"),
    "stop": Look("stop", "circle-x"),
    "note": Look("note", "info-circle"),
    "quiet": Look("quiet", "circle-dashed"),
    "gold": Look("gold", "flag"),
}

FAMILIES: Mapping[str, Mapping[str, Look]] = MappingProxyType(
    {
        "membership": {str(key): look for key, look in MEMBERSHIP.items()},
        "union": {str(key): look for key, look in UNION.items()},
        "case": {str(key): look for key, look in CASE.items()},
        "verdict": {str(key): look for key, look in VERDICT.items()},
        "batch": {str(key): look for key, look in BATCH.items()},
        "row": {str(key): look for key, look in ROW.items()},
        "severity": {str(key): look for key, look in SEVERITY.items()},
        "plain": PLAIN,
    }
)


def look_of(value: object, family: str = "") -> Look:
    """Return the look of a state; without a family the first one that knows the value answers.

    Codes of memberships and unions are both digits, so those two want their family named.
    """
    key = str(value)
    if family:
        return FAMILIES[family].get(key, UNKNOWN)
    return next((looks[key] for looks in FAMILIES.values() if key in looks), UNKNOWN)
