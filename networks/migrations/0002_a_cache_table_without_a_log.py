from django.db import migrations


class Migration(migrations.Migration):
    """Limits and other short-lived values (config.cache). Unlogged: a crash may empty it, and that is fine."""

    dependencies = [("networks", "0001_networks_areas_and_journal")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE networks_cacheentry (
                key text PRIMARY KEY,
                number bigint,
                value bytea,
                expires_at timestamptz NOT NULL
            );
            CREATE INDEX cache_entries_by_expiry ON networks_cacheentry (expires_at);
            """,
            "DROP TABLE networks_cacheentry",
        )
    ]
