"""Each branch shut to the others."""

from django.db import migrations

from unionhall.foundation.rls import branch_policy


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0001_initial")]
    operations = [
        branch_policy("subsidies_entitlement"),
    ]
