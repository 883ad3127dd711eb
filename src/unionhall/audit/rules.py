"""How an audit entry is bound to the one before it: pure, so that a verifier can stand alone.

digest = HMAC-SHA-256(audit secret, previous digest + canonical JSON of the entry). The secret lives
outside the database: who can change rows there still cannot forge a digest.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The bound content of one event; `at` in any zone, bound in UTC to the microsecond."""

    sequence: int
    kind: str
    subject_kind: str
    subject_id: int | None
    path: str
    actor_id: int
    actor_name: str
    actor_role: str
    branch_name: str
    at: datetime
    reason: str
    details: dict[str, object]
    row_count: int
    rows_root: bytes | None


def digest(entry: Entry, *, previous: bytes, secret: bytes) -> bytes:
    """Return the 32-byte digest that binds an entry to the chain before it."""
    content = asdict(entry) | {
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "rows_root": entry.rows_root.hex() if entry.rows_root else None,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(secret, previous + text.encode("utf-8"), hashlib.sha256).digest()
