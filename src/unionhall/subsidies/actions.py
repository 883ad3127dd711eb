"""Count approved members for the subsidy, each once in a life."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from unionhall.audit import actions as audit
from unionhall.foundation.actor import Actor
from unionhall.foundation.capabilities import Capability
from unionhall.subsidies import queries
from unionhall.unions.queries import Place

# ON CONFLICT: whoever reports a person again, the first approval and its reporting union stay.
COUNT = """
INSERT INTO subsidies_entitlement
  (path, policy_id, person_id, reporting_union_id, union_id, amount_fen, approved_on, case_id)
SELECT %(path)s, %(policy)s, event.person_id, %(reporting)s, membership.union_id, %(rate)s, %(on)s, %(case)s
FROM members_membershipevent AS event JOIN members_membership AS membership ON membership.id = event.membership_id
WHERE event.case_id = %(case)s AND event.kind IN ('1', '2')
ON CONFLICT (policy_id, person_id) DO NOTHING
"""


@transaction.atomic
def count_admitted(*, case_id: int, reporting: Place, by: Actor, at: datetime) -> int:
    """Count everybody whom a case entered in the roll, and return how many were new.

    Nobody is counted when no rate is in force on the day, and nobody twice under one policy.
    """
    by.require(Capability.SUBSIDY_COUNT, reporting.path)
    policy = queries.policy_on(at.date())
    if policy is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT,
            {
                "path": reporting.path, "policy": policy.pk, "reporting": reporting.union_id,
                "rate": policy.rate_fen, "on": at.date(), "case": case_id,
            },
        )  # fmt: skip
        counted = int(cursor.rowcount)
    details = {"case": case_id, "members": counted, "rate_fen": policy.rate_fen}
    audit.record("subsidies.counted", subject=policy, by=by, at=at, details=details, path=reporting.path)
    return counted
