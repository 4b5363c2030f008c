"""What compose describes agrees with the image, the settings and the embedded database. (No engine is needed for that.)"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.local import postgres
from tests.docs.reading import ROOT, settings_read

DEPLOY = ROOT / "deploy"
# Read by granian itself, and handed through by deploy/start.
OF_THE_SERVER = {"GRANIAN_WORKERS", "GRANIAN_BLOCKING_THREADS", "GRANIAN_HOST"}
OURS = ["migrate", "web-a", "web-b", "worker", "beat"]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def known_settings() -> dict[str, Any]:
    found = {}
    for path in (ROOT / "config").rglob("*.py"):
        found |= settings_read(path.read_text(encoding="utf-8"))
    return found


def settings_of(service: dict[str, Any]) -> set[str]:
    return {name.removesuffix("_FILE") for name in service["environment"]}


@pytest.mark.parametrize("name", OURS)
def test_a_service_sets_known_settings_and_all_that_production_needs(compose, name) -> None:
    service, known = compose["services"][name], known_settings()
    assert settings_of(service) - known.keys() == set()
    only_migrations = set() if name == "migrate" else {"DATABASE_OWNER_URL"}
    needed = {setting for setting, one in known.items() if one.is_required} | {"REDIS_URL"}
    assert needed - settings_of(service) == only_migrations


@pytest.mark.parametrize("name", OURS)
def test_a_service_gets_each_secret_that_it_reads_and_no_other(compose, name) -> None:
    service = compose["services"][name]
    read = {path for setting, path in service["environment"].items() if setting.endswith("_FILE")}
    assert read == {f"/run/secrets/{secret}" for secret in service["secrets"]}


def test_only_migrations_know_the_owner(compose) -> None:
    knows = {
        name for name, service in compose["services"].items() if "database_owner_url" in service.get("secrets", [])
    }
    assert knows == {"migrate"}


def test_every_secret_is_made_and_every_one_made_is_used(compose, tmp_path: Path) -> None:
    command = [sys.executable, str(DEPLOY / "new-secrets"), str(tmp_path / "secrets")]
    subprocess.run(command, check=True, capture_output=True)
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(made) == set(compose["secrets"])
    used = {secret for service in compose["services"].values() for secret in service.get("secrets", [])}
    assert used == set(made)
    for name, secret in compose["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
    subprocess.run(command, check=True, capture_output=True)
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == made


def test_services_wait_for_services_that_exist(compose) -> None:
    services = compose["services"]
    for service in services.values():
        for other, condition in service.get("depends_on", {}).items():
            assert other in services
            if condition == {"condition": "service_healthy"}:
                assert "test" in services[other].get("healthcheck", {}) or services[other].get("command") == ["web"]


def test_volumes_and_networks_are_declared(compose) -> None:
    for service in compose["services"].values():
        assert set(service["networks"]) <= compose["networks"].keys()
        for volume in service.get("volumes", []):
            source = volume.split(":", 1)[0]
            assert (DEPLOY / source).exists() if source.startswith("./") else source in compose["volumes"]


def test_only_the_proxy_is_reached_from_outside(compose) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert compose["services"]["database"]["networks"] == compose["services"]["queue"]["networks"] == ["inside"]


def test_the_proxy_names_the_web_servers(compose) -> None:
    caddyfile = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    named = set(re.findall(r"\b([\w-]+):8000", caddyfile))
    assert named == {name for name, service in compose["services"].items() if service.get("command") == ["web"]}
    assert set(re.findall(r"{\$(\w+)}", caddyfile)) == compose["services"]["proxy"]["environment"].keys()


@pytest.mark.parametrize("name", OURS)
def test_the_image_can_start_each_role(compose, name) -> None:
    (role,) = compose["services"][name]["command"]
    assert f"\n{role})\n" in (DEPLOY / "start").read_text(encoding="utf-8")


def test_the_image_starts_what_exists_and_not_as_root() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for script in re.findall(r'"(deploy/\w+)"', dockerfile):
        assert (ROOT / script).stat().st_mode & 0o111
    assert re.findall(r"^(USER|ENTRYPOINT) (.+)$", dockerfile, re.MULTILINE) == [
        ("USER", "siji"),
        ("ENTRYPOINT", '["deploy/start"]'),
    ]
    assert "uv sync --frozen --no-default-groups" in dockerfile


def test_the_image_has_a_python_that_the_project_allows() -> None:
    image = re.search(r"python:(\d+)\.(\d+)-slim-bookworm", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert image is not None
    assert tuple(map(int, image.groups())) >= tuple(map(int, oldest.removeprefix(">=").split(".")))


def test_the_image_holds_every_room_and_nothing_of_tests_and_demo() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "deploy", "bench"}
    assert rooms <= kept
    assert {name for name in kept if not (ROOT / name).exists()} == set()
    assert not {"tests", "bench", "deploy", "deploy/local", "docs", ".git", ".venv", "var"} & kept


def test_start_reads_only_known_names() -> None:
    script = (DEPLOY / "start").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{(\w+)", script)) - OF_THE_SERVER - {"1"} == {"PORT"}
    assert set(re.findall(r"PROCESS=(\w+)", script)) == {"web", "worker", "beat", "migrate", "operator"}


def test_roles_get_the_same_rights_as_in_the_embedded_database() -> None:
    script = " ".join((DEPLOY / "database" / "10-roles.sh").read_text(encoding="utf-8").split())
    for statement in filter(None, (" ".join(part.split()) for part in postgres.RIGHTS.as_string().split(";"))):
        assert f"{statement.replace(chr(34), '')};" in script
    assert f"CREATE ROLE {postgres.OWNER} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD" in script
    assert f"CREATE ROLE {postgres.WEB} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD" in script


def test_the_proxy_shuts_inner_addresses_before_it_hands_files_out() -> None:
    caddyfile = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    order = ["\troute {", "respond @inside 404", "handle_path /media/*", "reverse_proxy "]
    places = [caddyfile.index(word) for word in order]
    assert places == sorted(places)
    (inside,) = re.findall(r"@inside path (.+)", caddyfile)
    assert set(inside.split()) == {"/known-host", "/metrics", "/readyz", "/media/documents/*"}


def test_production_is_restored_as_the_demo_is() -> None:
    """tests/local/test_backup.py shows that these words bring back every right as it was, and none besides."""
    words = re.findall(r'"(--[a-z-]+)"', (DEPLOY / "local" / "restore.py").read_text(encoding="utf-8"))
    page = (ROOT / "docs/howto/back-up-and-restore.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"pg_restore ([^<]+)<", page)
    assert re.findall(r"--[a-z-]+", told) == ["--username", "--dbname", *words]
    assert "--dbname postgres" in told
