"""The chain begins, and what is written stays written."""

from django.db import migrations

from unionhall.foundation.rls import branch_policy


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO audit_head (id, sequence, digest) VALUES (1, 0, decode(repeat('00', 32), 'hex'))",
            "DELETE FROM audit_head",
        ),
        # A deed above one's own branch is remembered too, so writing is free; reading is not.
        branch_policy("audit_event", write_free=True),
        migrations.RunSQL(
            [
                """
                CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'audit entries are never changed or deleted'; END $$
                """,
                """
                CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE ON audit_event
                FOR EACH ROW EXECUTE FUNCTION audit_stays()
                """,
            ],
            ["DROP TRIGGER audit_event_stays ON audit_event", "DROP FUNCTION audit_stays()"],
        ),
    ]
