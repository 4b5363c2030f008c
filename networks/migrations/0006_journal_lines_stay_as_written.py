from django.conf import settings
from django.db import migrations


def set_right(schema_editor, words):
    """Migrations run as the owner. Where there is no such role (one role for all), there is nothing to take away."""
    role = settings.DATABASE_WEB_ROLE
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            cursor.execute(words % schema_editor.quote_name(role))


def take_away(apps, schema_editor):
    set_right(schema_editor, "REVOKE UPDATE, DELETE ON networks_journalline FROM %s")


def give_back(apps, schema_editor):
    set_right(schema_editor, "GRANT UPDATE, DELETE ON networks_journalline TO %s")


class Migration(migrations.Migration):
    """A line of the journal is written once: the role that serves the web can neither change nor delete it."""

    dependencies = [("networks", "0005_a_queue_table_is_swept_often")]

    operations = [migrations.RunPython(take_away, give_back)]
