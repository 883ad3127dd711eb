"""Row-level policies as migration operations: the third lock, below queries and actions."""

from __future__ import annotations

from django.db import migrations

IN_SCOPE = "{column} >= current_setting('unionhall.low', true) AND {column} < current_setting('unionhall.high', true)"
OWN = "{column}::text = current_setting('unionhall.user', true)"


def branch_policy(
    table: str, column: str = "path", *, own: str = "", write_free: bool = False
) -> migrations.RunSQL:
    """Return the operation that shuts a table to everything outside the transaction's scope.

    :param own: a column with a user's id; rows of that user are seen as well
    :param write_free: rows may be inserted for any branch (the memory of deeds above one's own branch)
    """
    visible = f"({IN_SCOPE.format(column=column)})"
    if own:
        visible = f"({visible} OR {OWN.format(column=own)})"
    check = "true" if write_free else visible
    return migrations.RunSQL(
        sql=[
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_branch ON {table} USING {visible} WITH CHECK ({check})",
        ],
        reverse_sql=[
            f"DROP POLICY {table}_branch ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )
