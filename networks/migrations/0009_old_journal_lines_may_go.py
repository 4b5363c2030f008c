from django.conf import settings
from django.db import migrations

# Runs with the rights of its owner, who made it: the web role itself can delete no line. Whatever it is asked, it
# leaves the last three years alone.
FUNCTION = """
CREATE FUNCTION siji_drop_journal(of_network bigint, before timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE gone integer;
BEGIN
    DELETE FROM public.networks_journalline WHERE id IN (
        SELECT id FROM public.networks_journalline
        WHERE network_id = of_network AND at < least(before, now() - interval '1095 days')
        ORDER BY at, id LIMIT most
    );
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$
"""


def make(apps, schema_editor):
    role = settings.DATABASE_WEB_ROLE
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        cursor.execute("REVOKE EXECUTE ON FUNCTION siji_drop_journal(bigint, timestamptz, integer) FROM PUBLIC")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            cursor.execute(
                "GRANT EXECUTE ON FUNCTION siji_drop_journal(bigint, timestamptz, integer) TO "
                + schema_editor.quote_name(role)
            )


def drop(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION IF EXISTS siji_drop_journal(bigint, timestamptz, integer)")


class Migration(migrations.Migration):
    """Lines of the journal go once they are older than three years, by a function of the owner's alone."""

    dependencies = [("networks", "0008_exports_and_venues_as_areas")]

    operations = [migrations.RunPython(make, drop)]
