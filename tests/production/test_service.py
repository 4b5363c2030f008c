"""Production as compose describes it: it starts with everything, refuses to start with anything missing, and is safe."""

import re
from pathlib import Path

import psycopg
import pytest

from deploy.local.children import ROOT
from deploy.local.postgres import OWNER, WEB
from tests import database
from tests.production.service import DATABASE, OPERATOR_HOST, Service, running_service, wait_until

pytestmark = pytest.mark.production


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with running_service(tmp_path_factory.mktemp("production")) as running:
        yield running


def asked(role: str, question: str) -> list:
    with psycopg.connect(database.cluster().url(role, DATABASE)) as connection:
        return connection.execute(question).fetchall()


def test_health_is_told_to_whoever_asks_and_needs_no_https(service: Service) -> None:
    for path, body in (("/healthz", b"ok\n"), ("/readyz", b"ready\n")):
        answer = service.get(path, host="10.0.0.7:8000", headers={})
        assert (answer.status, answer.body) == (200, body)
    healthy = service.run(str(ROOT / "deploy/healthy"))
    assert (healthy.returncode, healthy.stdout) == (0, "")


def test_the_operators_home_answers_over_https_only(service: Service) -> None:
    assert service.get("/").status == 200
    plain = service.get("/", headers={})
    assert (plain.status, plain.headers["location"]) == (301, f"https://{OPERATOR_HOST}/")


def test_headers_are_strict(service: Service) -> None:
    headers = service.get("/").headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["x-content-type-options"] == "nosniff"
    assert "'unsafe-inline'" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]


def test_cookies_belong_to_this_host_alone(service: Service) -> None:
    cookies = service.get("/sign-in/").cookies
    assert cookies
    for cookie in cookies:
        assert re.match(r"__Host-\w+=", cookie)
        assert re.search(r"; Path=/(;|$)", cookie)
        assert "; Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain=" not in cookie


def test_an_unknown_host_is_nobody_and_gets_no_certificate(service: Service) -> None:
    assert service.get("/", host="evil.example.org").status == 404
    assert service.get("/known-host?domain=evil.example.org").status == 404
    assert service.get(f"/known-host?domain={OPERATOR_HOST}").status == 200


@pytest.mark.parametrize("path", ["/dev/", "/dev/phone/", "/dev/gallery/"])
def test_the_demos_back_doors_are_not_there(service: Service, path: str) -> None:
    assert service.get(path).status == 404


def test_figures_are_for_who_knows_the_token(service: Service) -> None:
    token = (service.folder / "secrets" / "metrics_token").read_text().strip()
    assert service.get("/metrics").status == 404
    assert service.get("/metrics", headers={"Authorization": "Bearer wrong"}).status == 404
    answer = service.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status, b"siji_requests_total" in answer.body) == (200, True)


def test_static_files_are_hashed_and_kept_by_browsers(service: Service) -> None:
    page = service.get("/").body.decode()
    names = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert names
    for name in names:
        answer = service.get(name)
        assert re.search(r"\.[0-9a-f]{12}\.css$", name)
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]


def test_beat_rings_and_the_worker_works(service: Service) -> None:
    def ended() -> list:
        return asked(WEB, "SELECT name FROM networks_period WHERE ended_at IS NOT NULL AND last_error = ''")

    assert wait_until(ended, what="periodic work done by the worker")
    assert asked(WEB, "SELECT name FROM networks_period WHERE last_error <> ''") == []


def test_the_service_owns_nothing_and_migrating_again_changes_nothing(service: Service) -> None:
    assert asked(OWNER, "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'") == [(OWNER,)]
    again = service.run(str(ROOT / "deploy/start"), "migrate")
    assert (again.returncode, "No migrations to apply." in again.stdout) == (0, True)
    assert len(asked(WEB, "SELECT 1 FROM networks_networkhost")) == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        asked(WEB, "DROP TABLE networks_networkhost")


def test_log_lines_are_one_object_each_and_hold_no_address(service: Service) -> None:
    service.get("/healthz")
    service.get("/?phone=13800138000")
    lines = [line for line in service.log("web").splitlines() if '"event": "request"' in line]
    assert lines
    assert [line for line in lines if not (line.startswith("{") and line.endswith("}"))] == []
    assert "13800138000" not in service.log("web")


NEEDED = ["SECRET_KEY", "DATA_KEYS", "INDEX_KEY", "DATABASE_URL", "OPERATOR_HOST", "EMAIL_FROM"]


@pytest.mark.parametrize(
    ("role", "name"), [*(("web", name) for name in NEEDED), ("worker", "DATA_KEYS"), ("beat", "DATABASE_URL")]
)
def test_without_a_setting_nothing_starts_and_the_setting_is_named(service: Service, role: str, name: str) -> None:
    refused = service.run(str(ROOT / "deploy/start"), role, **{name: None, f"{name}_FILE": None})
    assert refused.returncode == 1
    assert refused.stdout == f"✗ Set {name}: STAGE=production has no default for it (see .env.example).\n"


def test_without_the_owner_nothing_migrates(service: Service) -> None:
    refused = service.run(str(ROOT / "deploy/start"), "migrate", DATABASE_OWNER_URL_FILE=None)
    assert refused.returncode == 1
    assert refused.stdout == "✗ Set DATABASE_OWNER_URL: STAGE=production has no default for it (see .env.example).\n"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        pytest.param("SECRET_KEY", "short", "SECRET_KEY is too short.", id="a-short-key"),
        pytest.param("DATA_KEYS", "one:c2hvcnQ=", "is not 32 bytes in base64", id="a-short-data-key"),
        pytest.param("INDEX_KEY", "c2hvcnQ=", "INDEX_KEY is not 32 bytes", id="a-short-index-key"),
        pytest.param("REDIS_URL", None, "Set REDIS_URL", id="no-queue"),
        pytest.param("PORT", "eighty", "PORT takes a whole number", id="a-port-in-words"),
        pytest.param("STAGE", "staging", "STAGE takes one of demo, production, test", id="an-unknown-stage"),
        pytest.param("DATABASE_URL", "mysql://a@b/c", "postgresql://role:password@host", id="another-database"),
    ],
)
def test_an_unsafe_setting_stops_the_start_and_is_named(service: Service, name, value, words) -> None:
    refused = service.run(str(ROOT / "deploy/start"), "web", **{name: value, f"{name}_FILE": None})
    assert refused.returncode == 1
    assert words in refused.stdout
    assert "Traceback" not in refused.stdout


def test_a_secret_file_that_is_not_there_is_named(service: Service, tmp_path: Path) -> None:
    refused = service.run(str(ROOT / "deploy/start"), "web", SECRET_KEY_FILE=str(tmp_path / "gone"))
    assert refused.returncode == 1
    assert refused.stdout.startswith("✗ SECRET_KEY_FILE names a file that cannot be read:")
