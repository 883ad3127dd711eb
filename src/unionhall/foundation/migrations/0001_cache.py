"""The shared cache (rate limits, lockout) lives in the one database as well."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(
            [
                "CREATE TABLE foundation_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL)",
                "CREATE INDEX foundation_cache_expires ON foundation_cache (expires)",
            ],
            "DROP TABLE foundation_cache",
        )
    ]
