"""Production refuses to start half-configured; the demo refuses to meet real people."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
COMPLETE = {
    "STAGE": "production",
    "SECRET_KEY": "k" * 64,
    "DATA_KEYS": f"k1:{KEY}",
    "INDEX_KEY": KEY,
    "DATABASE_URL": "postgresql://siji_web:x@db.example/siji",
    "REDIS_URL": "redis://redis.example/0",
    "OPERATOR_HOST": "siji.example",
}


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", "check", "--deploy", "--fail-level", "ERROR"],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_complete_production_passes():
    answer = check(**COMPLETE)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATA_KEYS", "INDEX_KEY", "DATABASE_URL", "OPERATOR_HOST"])
def test_production_without_a_secret_or_host_does_not_start(name):
    answer = check(**{key: value for key, value in COMPLETE.items() if key != name})
    assert answer.returncode == 1
    assert f"Set {name}" in answer.stderr


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"SECRET_KEY": "short"}, "siji.E001"),
        ({"DATA_KEYS": "k1:short"}, "siji.E002"),
        ({"INDEX_KEY": "?"}, "siji.E003"),
        ({"REDIS_URL": ""}, "siji.E004"),
        ({"REDIS_URL": "", "CELERY_BROKER_URL": "amqp://mq.example"}, "siji.E005"),
    ],
)
def test_production_says_what_is_unsafe(change, word):
    answer = check(**{**COMPLETE, **change})
    assert answer.returncode == 1
    assert word in answer.stderr


def test_the_demo_refuses_a_foreign_database():
    answer = check(STAGE="demo", DATABASE_URL="postgresql://x@db.example/real")
    assert answer.returncode == 1
    assert "siji.E010" in answer.stderr


def test_an_unknown_stage_is_refused():
    answer = check(STAGE="staging")
    assert answer.returncode == 1
    assert "STAGE takes one of demo, production, test" in answer.stderr
