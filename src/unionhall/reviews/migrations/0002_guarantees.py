"""Each branch shut to the others."""

from django.db import migrations

from unionhall.foundation.rls import branch_policy


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [
        branch_policy("reviews_case"),
        branch_policy("reviews_step"),
        branch_policy("reviews_decision"),
    ]
