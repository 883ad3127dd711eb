"""Judge a whole batch against the registry, set by set: what no sheet can know by itself.

Runs after the cells were judged and again after every correction; it first forgets what it found before.
"""

from __future__ import annotations

from django.db import connection

from unionhall.collection import registry_unions
from unionhall.collection.choices import RowState
from unionhall.collection.models import Batch, Finding, Row
from unionhall.foundation.actor import Scope
from unionhall.foundation.scoping import whole_registry
from unionhall.members import rules as joining

OPEN = "('judged', 'returned')"
FORGET = (
    "UPDATE collection_row SET union_id = NULL, employer_id = NULL, path = %(path)s "
    "{members} AND union_id IS NOT NULL AND state IN " + OPEN
)
MEMBERS = "WHERE batch_id = %(batch)s AND kind = 'members'"

RESOLVE = f"""
UPDATE collection_row AS row SET employer_id = employer.id, union_id = coverage.union_id, path = coverage.path
FROM unions_employer AS employer
JOIN unions_coverage AS coverage ON coverage.employer_id = employer.id AND coverage.valid_until IS NULL
WHERE row.batch_id = %(batch)s AND row.kind = 'members' AND row.state IN {OPEN}
  AND employer.name_key = row.facts->>'employer_key'
  AND coverage.path >= %(low)s AND coverage.path < %(high)s
"""
FIND = """
INSERT INTO collection_finding
  (path, batch_id, row_id, key, "column", code, severity, message, suggestion, from_registry)
SELECT %(path)s, row.batch_id, row.id, %(key)s, %(column)s, %(code)s, %(severity)s, {message}, '', true
"""
# NOT IN is hashed whatever the statistics say; just after a load, NOT EXISTS compared every member with every union.
UNPLACED = f"""
FROM collection_row AS row
WHERE row.batch_id = %(batch)s AND row.kind = 'members' AND row.state IN {OPEN} AND row.union_id IS NULL
  AND row.facts->>'employer_key' <> ''
  AND row.facts->>'employer_key' NOT IN (
    SELECT other.facts->>'employer_key' FROM collection_row AS other
    WHERE other.batch_id = %(batch)s AND other.kind = 'unions' AND other.error_count = 0
      AND other.state NOT IN ('removed', 'transfer') AND other.facts->>'employer_key' IS NOT NULL)
"""
HELD = f"""
FROM collection_row AS row
JOIN members_person AS person ON person.identity_index = row.identity_index
JOIN members_membership AS held ON held.person_id = person.id AND held.valid_until IS NULL
WHERE row.batch_id = %(batch)s AND row.kind = 'members' AND row.state IN {OPEN}
"""
KNOWN = f"""
UPDATE collection_row SET state = 'known' WHERE id IN (SELECT row.id {HELD} AND held.union_id = row.union_id)
"""
REPEATED = f"""
FROM (
  SELECT id, batch_id, state, number, first_value(number) OVER same AS first, row_number() OVER same AS position
  FROM collection_row
  WHERE batch_id = %(batch)s AND kind = 'members' AND identity_index IS NOT NULL
    AND state NOT IN ('removed', 'transfer')
  WINDOW same AS (PARTITION BY identity_index ORDER BY id)
) AS row
WHERE row.position > 1 AND row.state IN {OPEN}
"""
LEAVING = f"""
FROM collection_row AS row
WHERE row.batch_id = %(batch)s AND row.kind = 'members' AND row.state IN {OPEN}
  AND row.facts->>'change_type' IN ('4', '5', '6')
"""
COUNT = """
UPDATE collection_row AS row SET error_count = found.errors, warning_count = found.warnings
FROM (
  SELECT row.id, count(*) FILTER (WHERE finding.severity = 'error') AS errors,
         count(*) FILTER (WHERE finding.severity = 'warning') AS warnings
  FROM collection_row AS row LEFT JOIN collection_finding AS finding ON finding.row_id = row.id
  WHERE row.batch_id = %(batch)s {kind} GROUP BY row.id
) AS found
WHERE found.id = row.id AND (row.error_count, row.warning_count) IS DISTINCT FROM (found.errors, found.warnings)
"""


def judge(batch: Batch) -> None:
    """Judge every open row of a batch against the registry and against the other rows."""
    Finding.objects.filter(batch=batch, from_registry=True).delete()
    Row.objects.filter(batch=batch, state=RowState.KNOWN).update(state=RowState.JUDGED)
    registry_unions.judge(batch)
    _run(COUNT.format(kind="AND row.kind = 'unions'"), batch)
    _run(FORGET.format(members=MEMBERS), batch)
    _run(RESOLVE, batch)
    unplaced = joining.not_covered()
    _find(UNPLACED, batch, "employer_name", "工作单位", unplaced.code, unplaced.message)
    repeated = "'证件号码与第' || row.first || '行重复，一人只能填一行，请核对后删去一行。'"
    _find(REPEATED, batch, "document_number", "证件号码", "members.repeated", repeated, quoted=False)
    leaving = "首次采集只收在会会员；转出、除名、退会的人员不填入本表，已在册的请到会籍管理中办理。"
    _find(LEAVING, batch, "change_type", "会籍变化类型", "members.leaving", leaving)
    _judge_held(batch)
    _run(COUNT.format(kind=""), batch)


def _judge_held(batch: Batch) -> None:
    """Tell whom another union holds (nothing of that union), and set aside whom this one holds already."""
    elsewhere = joining.already_elsewhere()
    with whole_registry():
        _run(KNOWN, batch)
        _find(HELD, batch, "document_number", "证件号码", elsewhere.code, elsewhere.message)


def _find(
    rows: str, batch: Batch, key: str, column: str, code: str, message: str, *, quoted: bool = True
) -> None:
    sql = FIND.format(message="%(message)s" if quoted else message) + rows
    _run(sql, batch, key=key, column=column, code=code, severity="error", message=message)


def _run(sql: str, batch: Batch, **values: str) -> None:
    scope = Scope.of_branch(batch.path)
    place: dict[str, str | int] = {
        "batch": batch.pk,
        "path": batch.path,
        "low": scope.low,
        "high": scope.high,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, {**place, **values})
