"""What the tree guarantees by itself: no cycle, stamped paths that are true, each branch shut to the others."""

from django.db import migrations

from unionhall.foundation.rls import branch_policy

NO_CYCLE = [
    "ALTER TABLE unions_union ADD CONSTRAINT union_identified_by_path UNIQUE (id, path)",
    """
    ALTER TABLE unions_affiliation
      ADD CONSTRAINT affiliation_union_stands_there FOREIGN KEY (union_id, union_path)
        REFERENCES unions_union (id, path) ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
      ADD CONSTRAINT affiliation_superior_stands_there FOREIGN KEY (superior_id, superior_path)
        REFERENCES unions_union (id, path) ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
      ADD CONSTRAINT affiliation_open_is_stamped CHECK
        ((valid_until IS NULL) = (union_path IS NOT NULL) AND (valid_until IS NULL) = (superior_path IS NOT NULL)),
      ADD CONSTRAINT affiliation_has_no_cycle CHECK
        (union_path IS NULL OR (left(union_path, -4) = superior_path AND length(union_path) > 4))
    """,
]
CYCLE_MAY = [
    """
    ALTER TABLE unions_affiliation
      DROP CONSTRAINT affiliation_union_stands_there, DROP CONSTRAINT affiliation_superior_stands_there,
      DROP CONSTRAINT affiliation_open_is_stamped, DROP CONSTRAINT affiliation_has_no_cycle
    """,
    "ALTER TABLE unions_union DROP CONSTRAINT union_identified_by_path",
]


class Migration(migrations.Migration):
    dependencies = [("unions", "0001_initial")]
    operations = [
        migrations.RunSQL(NO_CYCLE, CYCLE_MAY),
        branch_policy("unions_union"),
        branch_policy("unions_employer"),
        branch_policy("unions_affiliation"),
        branch_policy("unions_coverage"),
    ]
