"""Every door of the house: which right it asks for, what stands behind it, and who comes to it.

A new address without a line here fails `test_doors.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.house.scene import Scene
from unionhall.foundation.capabilities import Capability

C = Capability

Values = dict[str, object]


def nothing(scene: Scene) -> Values:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One address of ours: what it asks for, what it is called with, and who comes to it.

    `get` and `post` are the statuses for who is fit (405: not that way), `part` that of a post by htmx; `outside`
    the status for an outsider: 404 where the address names a thing of the branch, 200 for a list. `shows` says
    that what the branch holds stands on the page, so that something could leak.
    """

    capability: C | None = None
    kwargs: Callable[[Scene], Values] = nothing
    query: Callable[[Scene], Values] = nothing
    data: Callable[[Scene], Values] = nothing
    fit: str
    unfit: str = ""
    outsider: str
    get: int = 200
    post: int = 405
    part: int = 0
    outside: int = 404
    shows: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDoor:
    """One page about one's own account: statuses of GET and POST for nobody and for somebody signed in."""

    nobody: tuple[int, int]
    somebody: tuple[int, int]


OPEN, CLOSED, GUARDED = (200, 200), (200, 405), (302, 302)


def door(capability: C, **over: object) -> Door:
    """Return a door with the visitors who usually come for a capability."""
    fit, unfit, outsider = VISITORS[capability]
    usual = {"capability": capability, "fit": fit, "unfit": unfit, "outsider": outsider}
    return Door(**{**usual, **over})  # type: ignore[arg-type]


# capability → has it and the place; has the place; has it elsewhere
VISITORS = {
    C.UNION_VIEW: ("longhua_clerk", "audit_admin", "outsider"),
    C.MEMBER_VIEW: ("factory_clerk", "finance", "outsider"),
    C.MEMBER_REVEAL: ("longhua_reviewer", "finance", "outsider"),
    C.COLLECTION_VIEW: ("longhua_reviewer", "finance", "outsider"),
    C.COLLECTION_FILL: ("factory_clerk", "longhua_reviewer", "outside_clerk"),
    C.REVIEW_VIEW: ("longhua_reviewer", "finance", "outsider"),
    C.REVIEW_DECIDE: ("longhua_reviewer", "longhua_clerk", "outsider"),
    C.PROGRESS_VIEW: ("longhua_clerk", "audit_admin", "outsider"),
    C.SUBSIDY_VIEW: ("finance", "supervisor", "outsider"),
    C.ACCOUNT_VIEW: ("system_admin", "longhua_clerk", "meilan_system"),
    C.ACCOUNT_CREATE: ("system_admin", "security_admin", "meilan_system"),
    C.GRANT_GIVE: ("security_admin", "system_admin", "meilan_security"),
    C.AUDIT_VIEW: ("audit_admin", "system_admin", "meilan_audit"),
}


def union(scene: Scene) -> Values:
    return {"union_id": scene.cast.factory.pk}


def reporting(scene: Scene) -> Values:
    return {"union_id": scene.cast.longhua.pk}


def person(scene: Scene) -> Values:
    return {"person_id": scene.member.person_id}


def batch(scene: Scene) -> Values:
    return {"batch_id": scene.batch.pk}


def row(scene: Scene) -> Values:
    return {"batch_id": scene.batch.pk, "row_id": scene.faulty.pk}


def case(scene: Scene) -> Values:
    return {"case_id": scene.waiting.pk}


def account(scene: Scene) -> Values:
    return {"user_id": scene.users["factory_clerk"].pk}


def approval(scene: Scene) -> Values:
    return {"verdict": "approve", "seen": bytes(scene.waiting.content_hash).hex()}


def correction(scene: Scene) -> Values:
    return {"version": scene.faulty.version, "mobile": "13800000004"}


DOORS: dict[str, Door] = {
    "workbench": Door(fit="factory_clerk", outsider="outsider", outside=200),
    "acting-switch": Door(
        fit="factory_clerk", outsider="outsider", get=405, post=302, shows=False,
        data=lambda scene: {"grant": scene.grant_id},
    ),
    "union-tree": door(C.UNION_VIEW, outside=200),
    "union-page": door(C.UNION_VIEW, kwargs=union),
    "union-branch": door(C.UNION_VIEW, kwargs=reporting),
    "member-roll": door(C.MEMBER_VIEW, outside=200, post=302),
    "member-export": door(C.MEMBER_VIEW, outside=200, get=405, post=200),
    "member-page": door(C.MEMBER_VIEW, kwargs=person),
    "member-reveal": door(
        C.MEMBER_REVEAL, kwargs=person, get=405, post=200, data=lambda scene: {"reason": "核对入会材料"}
    ),
    "batch-list": door(C.COLLECTION_VIEW, outside=200),
    "batch-new": door(C.COLLECTION_FILL, outside=200, post=422, data=lambda scene: {"files": ""}),
    "template-download": door(
        C.COLLECTION_VIEW, kwargs=lambda scene: {"kind": "members"}, outside=200, shows=False
    ),
    "batch-page": door(C.COLLECTION_VIEW, kwargs=batch),
    "batch-row": door(C.COLLECTION_VIEW, kwargs=row, fit="factory_clerk", post=302, part=200, data=correction),
    "batch-submit": door(C.COLLECTION_FILL, kwargs=batch, post=302),
    "batch-workbook": door(C.COLLECTION_FILL, kwargs=batch, query=lambda scene: {"source": scene.source_id}),
    "review-queue": door(C.REVIEW_VIEW, outside=200),
    "review-case": door(C.REVIEW_VIEW, kwargs=case),
    "review-decide": door(C.REVIEW_DECIDE, kwargs=case, get=405, post=302, data=approval, shows=False),
    "progress": door(C.PROGRESS_VIEW, outside=200),
    "progress-export": door(C.PROGRESS_VIEW, outside=200),
    "progress-rows": door(C.COLLECTION_VIEW, outside=200),
    "progress-unions": door(C.PROGRESS_VIEW, outside=200),
    "settlement": door(C.SUBSIDY_VIEW, outside=200),
    "settlement-export": door(C.SUBSIDY_VIEW, outside=200),
    "settlement-rows": door(C.SUBSIDY_VIEW, kwargs=reporting),
    "settlement-rows-export": door(
        C.MEMBER_VIEW, kwargs=reporting, fit="longhua_reviewer", get=405, post=200
    ),
    "account-list": door(C.ACCOUNT_VIEW, outside=200),
    "account-new": door(
        C.ACCOUNT_CREATE, outside=200, post=200, shows=False,
        data=lambda scene: {"username": "lin.xin", "name": "林新"},
    ),
    "account-page": door(C.ACCOUNT_VIEW, kwargs=account),
    "account-password-reset": door(C.ACCOUNT_CREATE, kwargs=account, get=405, post=200),
    "account-second-factor-reset": door(C.ACCOUNT_CREATE, kwargs=account, get=405, post=422),
    "account-disable": door(
        C.ACCOUNT_CREATE, kwargs=account, get=405, post=302, shows=False, data=lambda scene: {"reason": "已离职调出"}
    ),
    "account-enable": door(C.ACCOUNT_CREATE, kwargs=account, get=405, post=422),
    "grant-end": door(
        C.GRANT_GIVE, kwargs=lambda scene: {**account(scene), "grant_id": scene.grant_id}, get=405, post=302,
        shows=False, data=lambda scene: {"on": f"{date.today() + timedelta(days=7)}"},
    ),
    "grant-new": door(
        C.GRANT_GIVE, kwargs=account, post=302,
        data=lambda scene: {"role": "reviewer", "branch": scene.cast.factory.name},
    ),
    "audit-trail": door(C.AUDIT_VIEW, outside=200),
}  # fmt: skip

# allauth's addresses, by name; those that this house does not use are closed (config/urls.py).
OWN_DOORS: dict[str, OwnDoor] = {
    "account_login": OwnDoor(nobody=OPEN, somebody=GUARDED),
    "account_logout": OwnDoor(nobody=GUARDED, somebody=(200, 302)),
    "account_signup": OwnDoor(nobody=CLOSED, somebody=CLOSED),
    "account_inactive": OwnDoor(nobody=CLOSED, somebody=CLOSED),
    "account_email": OwnDoor(nobody=CLOSED, somebody=CLOSED),
    "account_set_password": OwnDoor(nobody=CLOSED, somebody=CLOSED),
    "account_change_password": OwnDoor(nobody=GUARDED, somebody=OPEN),
    "account_reauthenticate": OwnDoor(nobody=GUARDED, somebody=OPEN),
    "mfa_index": OwnDoor(nobody=GUARDED, somebody=CLOSED),
    "mfa_authenticate": OwnDoor(nobody=GUARDED, somebody=GUARDED),
    "mfa_reauthenticate": OwnDoor(nobody=GUARDED, somebody=GUARDED),
    "mfa_activate_totp": OwnDoor(nobody=GUARDED, somebody=GUARDED),
    "mfa_deactivate_totp": OwnDoor(nobody=GUARDED, somebody=(404, 404)),
    "mfa_view_recovery_codes": OwnDoor(nobody=GUARDED, somebody=(404, 405)),
    "mfa_generate_recovery_codes": OwnDoor(nobody=GUARDED, somebody=GUARDED),
    "mfa_download_recovery_codes": OwnDoor(nobody=GUARDED, somebody=(404, 404)),
    "usersessions_list": OwnDoor(nobody=GUARDED, somebody=(200, 302)),
}
