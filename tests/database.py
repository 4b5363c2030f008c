"""The tests' own PostgreSQL: one server per checkout, one migrated template, one copy of it per process.

Every process of a run holds a shared lock on `users`; the server's leash ends it when nobody does, however they
went. Templates are kept by a key of everything that shapes them, so a run after the first one starts in a second.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import django
import psycopg
from psycopg import sql

from config import catalogues
from deploy.local.binaries import WHEEL
from deploy.local.locks import locked
from deploy.local.postgres import OWNER, WEB, Cluster, sweep
from deploy.local.processes import start_mark

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# All processes of one run carry the number of the first of them.
RUN = int(os.environ.setdefault("SIJI_TEST_RUN", str(os.getpid())))
COPY = f"siji_{RUN}_{WORKER}"
FOLDER = ROOT / "var" / os.environ.get("SIJI_TEST_FOLDER", "test")
MIGRATIONS = sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("programmes/*/migrations/*.py")])

_held: list[int] = []


def prepare() -> None:
    """Starts the server if it is not running, and sets Django up with this process's own copy."""
    os.environ.update(
        STAGE="test",
        PROCESS="web",
        DJANGO_SETTINGS_MODULE="config.settings",
        DATABASE_URL=cluster().url(WEB, COPY),
        VAR_DIR=str(FOLDER / "files" / WORKER),
    )
    for name in ("DATABASE_OWNER_URL", "DATABASE_LISTEN_URL", "REDIS_URL", "CELERY_BROKER_URL"):
        os.environ.pop(name, None)
    catalogues.compile_all()
    django.setup()
    # Left in the environment, it would make pytest-django load the settings of another worker's copy.
    del os.environ["DJANGO_SETTINGS_MODULE"]


@cache
def cluster() -> Cluster:
    FOLDER.mkdir(parents=True, exist_ok=True)
    users = FOLDER / "users"
    found = Cluster(FOLDER, durable=False, held=users, say=_say)
    with locked(FOLDER / "start.lock"):
        _held.append(os.open(users, os.O_RDWR | os.O_CREAT, 0o600))
        # Waits for a server that is just being ended because nobody used it.
        fcntl.flock(_held[0], fcntl.LOCK_SH)
        if not found.is_running():
            sweep(_say)
            found.make()
            found.start()
            found.let_go()
    return found


def make_copy() -> None:
    server = cluster()
    template = f"template_{_key()}"
    with locked(FOLDER / "template.lock"):
        _drop_leftovers(template)
        if template not in server.databases():
            _make_template(template)
    server.create_database(COPY, template=template)
    with server.provisioning(COPY) as connection:
        connection.execute(f"GRANT USAGE ON SCHEMA siji_test TO {WEB}")


def drop_copy() -> None:
    cluster().drop_database(COPY)


def owner_url(database: str = COPY) -> str:
    return cluster().url(OWNER, database)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


@cache
def _key() -> str:
    """Everything that shapes the template: our migrations, the locked versions, the server, the restore function."""
    digest = hashlib.sha256(f"{metadata.version(WHEEL)} {cluster().programs.version} {BASELINE} {RESTORE}".encode())
    for path in [ROOT / "uv.lock", ROOT / "config" / "settings.py", *MIGRATIONS]:
        digest.update(f"{path.relative_to(ROOT)}".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _drop_leftovers(template: str) -> None:
    """Copies of runs that were killed, drafts, and templates of other migrations."""
    for name in cluster().databases():
        kind, _, rest = name.partition("_")
        owner = rest.partition("_")[0]
        if (
            kind == "draft"
            or (kind == "siji" and owner.isdigit() and not start_mark(int(owner)))
            or (kind == "template" and name != template)
        ):
            cluster().drop_database(name)


def _make_template(template: str) -> None:
    server = cluster()
    draft = template.replace("template_", "draft_")
    server.create_database(draft)
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0", "--no-input"],
        cwd=ROOT,
        env={**os.environ, "PROCESS": "migrate", "DATABASE_OWNER_URL": server.url(OWNER, draft)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The test database could not be migrated:\n{done.stderr}")
    with psycopg.connect(server.url(OWNER, draft), autocommit=True) as connection:
        connection.execute(BASELINE)
    with server.provisioning(draft) as connection:
        connection.execute(RESTORE)
    with server.provisioning() as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(template))
        )


# Rows that migrations and post_migrate leave (content types, permissions, Wagtail's root) are kept aside, so that a
# transactional test can be followed by exactly the state it found, primary keys and sequences included.
BASELINE = f"""
    GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {WEB};
    CREATE SCHEMA siji_test;
    CREATE TABLE siji_test.sequence AS
        SELECT sequencename::text AS name, last_value FROM pg_sequences WHERE schemaname = 'public';
    DO $$
    DECLARE
        kept text;
        has_rows boolean;
    BEGIN
        FOR kept IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', kept) INTO has_rows;
            IF has_rows THEN
                EXECUTE format('CREATE TABLE siji_test.%I AS TABLE public.%I', 'rows_' || kept, kept);
            END IF;
        END LOOP;
    END $$;
"""
# Rows are deleted, not truncated: a truncated table gets new files for itself and its indexes, and hundreds of them take
# longer than most tests. As a replica would, nobody asks whether what is left points to what is gone.
MOST_BYTES = 4 << 20
RESTORE = f"""
    CREATE FUNCTION siji_test.restore() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog SET lock_timeout = '10s' SET session_replication_role = replica AS $$
    DECLARE
        one record;
        has_rows boolean;
        names text;
    BEGIN
        -- Whatever a browser or a process of the test still does comes to its end first.
        SELECT string_agg(format('public.%I', tablename), ', ' ORDER BY tablename) INTO names FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'django_migrations';
        EXECUTE 'LOCK TABLE ' || names || ' IN ACCESS EXCLUSIVE MODE';
        FOR one IN SELECT tablename AS name FROM pg_tables
                   WHERE schemaname = 'public' AND tablename <> 'django_migrations'
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', one.name) INTO has_rows;
            IF pg_relation_size(format('public.%I', one.name)) > {MOST_BYTES} THEN
                EXECUTE format('TRUNCATE public.%I CASCADE', one.name);
            ELSIF has_rows THEN
                EXECUTE format('DELETE FROM public.%I', one.name);
            END IF;
        END LOOP;
        FOR one IN SELECT substr(tablename, 6) AS name FROM pg_tables
                   WHERE schemaname = 'siji_test' AND tablename LIKE 'rows\\_%'
        LOOP
            SELECT string_agg(quote_ident(column_name), ', ') INTO names FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = one.name AND is_generated = 'NEVER';
            EXECUTE format('INSERT INTO public.%I (%s) SELECT %s FROM siji_test.%I',
                           one.name, names, names, 'rows_' || one.name);
        END LOOP;
        FOR one IN SELECT kept.* FROM siji_test.sequence AS kept
                   JOIN pg_sequences AS now ON now.schemaname = 'public' AND now.sequencename = kept.name
                   WHERE now.last_value IS DISTINCT FROM kept.last_value
        LOOP
            PERFORM setval(format('public.%I', one.name), coalesce(one.last_value, 1), one.last_value IS NOT NULL);
        END LOOP;
    END $$;
"""
