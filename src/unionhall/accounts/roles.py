"""What each role may do. System, security and audit administration are parted (GB/T 22239-2019, 8.1.4.2)."""

from __future__ import annotations

from unionhall.accounts.choices import Role
from unionhall.foundation.capabilities import Capability

C = Capability

READING = frozenset(
    {C.UNION_VIEW, C.MEMBER_VIEW, C.COLLECTION_VIEW, C.REVIEW_VIEW, C.PROGRESS_VIEW, C.SUBSIDY_VIEW}
)

CAPABILITIES: dict[Role, frozenset[C]] = {
    Role.CLERK: READING | {C.COLLECTION_FILL, C.MEMBER_REVEAL},
    Role.REVIEWER: READING
    | {C.REVIEW_DECIDE, C.MEMBER_REVEAL, C.UNION_ESTABLISH, C.MEMBER_ENTER, C.SUBSIDY_COUNT},
    Role.FINANCE: frozenset({C.UNION_VIEW, C.PROGRESS_VIEW, C.SUBSIDY_VIEW}),
    Role.SUPERVISOR: frozenset({C.UNION_VIEW, C.PROGRESS_VIEW, C.COLLECTION_VIEW, C.REVIEW_VIEW}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({C.ACCOUNT_VIEW, C.ACCOUNT_CREATE, C.UNION_VIEW}),
    Role.SECURITY_ADMINISTRATOR: frozenset({C.ACCOUNT_VIEW, C.GRANT_GIVE, C.UNION_VIEW}),
    Role.AUDIT_ADMINISTRATOR: frozenset({C.AUDIT_VIEW}),
}
