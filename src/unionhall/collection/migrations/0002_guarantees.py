"""Each branch shut to the others."""

from django.db import migrations

from unionhall.foundation.rls import branch_policy


class Migration(migrations.Migration):
    dependencies = [("collection", "0001_initial")]
    operations = [
        branch_policy("collection_batch"),
        branch_policy("collection_source"),
        branch_policy("collection_row"),
        branch_policy("collection_finding"),
    ]
