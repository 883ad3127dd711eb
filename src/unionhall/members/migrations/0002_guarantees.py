"""No membership without the union covering the employer; each branch shut to the others."""

from django.db import migrations

from unionhall.foundation.rls import branch_policy

ANCHORED = """
ALTER TABLE members_membership
  ADD CONSTRAINT membership_employer_is_covered FOREIGN KEY (coverage_id, union_id, employer_id)
    REFERENCES unions_coverage (id, union_id, employer_id) DEFERRABLE INITIALLY IMMEDIATE,
  ADD CONSTRAINT membership_employer_is_covered_now FOREIGN KEY (coverage_id, union_id, employer_id, while_open)
    REFERENCES unions_coverage (id, union_id, employer_id, is_open) DEFERRABLE INITIALLY IMMEDIATE
"""
ADRIFT = """
ALTER TABLE members_membership
  DROP CONSTRAINT membership_employer_is_covered, DROP CONSTRAINT membership_employer_is_covered_now
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("unions", "0002_guarantees")]
    operations = [
        migrations.RunSQL(ANCHORED, ADRIFT),
        branch_policy("members_person"),
        branch_policy("members_membership"),
        branch_policy("members_membershipevent"),
    ]
