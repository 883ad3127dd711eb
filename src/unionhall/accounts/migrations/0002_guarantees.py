"""Grants are seen within the branch, and by their own holder (an actor is made before a scope is known)."""

from django.db import migrations

from unionhall.foundation.rls import branch_policy


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [branch_policy("accounts_grant", own="user_id")]
