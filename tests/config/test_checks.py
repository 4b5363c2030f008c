"""Production refuses to start half-configured; the demo refuses to meet real people."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import database

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
    "EMAIL_FROM": "siji@siji.example",
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


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "DATA_KEYS", "INDEX_KEY", "DATABASE_URL", "OPERATOR_HOST", "EMAIL_FROM"]
)
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
        ({"SMS_PROVIDER": "demo"}, "siji.E007"),
        ({"SMS_PROVIDER": "aliyun", "ALIYUN_SMS_KEY_ID": "id"}, "siji.E011"),
        ({"WECHAT_SECRETS": "nanjing"}, "siji.E012"),
        ({"WECHAT_SECRETS": "nanjing:x", "WECHAT_ENDPOINT": "http://api.weixin.qq.com"}, "siji.E012"),
        ({"REDIS_URL": ""}, "siji.E004"),
        ({"REDIS_URL": "", "CELERY_BROKER_URL": "amqp://mq.example"}, "siji.E005"),
    ],
)
def test_production_says_what_is_unsafe(change, word):
    answer = check(**{**COMPLETE, **change})
    assert answer.returncode == 1
    assert word in answer.stderr


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://x@db.example/real", id="elsewhere"),
        pytest.param("postgresql://x@127.0.0.1:5432/real", id="on this machine, or through a tunnel"),
        pytest.param("postgresql://x@/real?host=/var/run/postgresql", id="the distribution's own socket"),
    ],
)
def test_the_demo_refuses_a_database_that_was_not_made_for_it(url):
    answer = check(STAGE="demo", DATABASE_URL=url)
    assert answer.returncode == 1
    assert "siji.E010" in answer.stderr


def test_the_demo_takes_the_database_that_was_made_for_it():
    answer = check(STAGE="demo", DATABASE_URL=database.cluster().url("siji_web", database.COPY))
    assert answer.returncode == 0, answer.stderr


def test_an_unknown_stage_is_refused():
    answer = check(STAGE="staging")
    assert answer.returncode == 1
    assert "STAGE takes one of demo, production, test" in answer.stderr


def test_production_without_an_sms_provider_says_that_nobody_can_sign_in_by_sms():
    answer = check(**COMPLETE)
    assert "siji.W008" in answer.stderr


def test_the_demos_code_second_factor_and_phone_exist_in_the_demo_alone():
    script = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from config.sign_in import AccountAdapter\n"
        "from notifications import urls\n"
        "codes = {AccountAdapter().generate_phone_verification_code(user=None, phone='') for _ in range(9)}\n"
        "print(codes == {'123456'}, settings.SECOND_FACTOR_NEEDED, any('dev/' in str(u.pattern) for u in urls.urlpatterns))"
    )
    told = {}
    for stage in ("production", "test", "demo"):
        answer = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **COMPLETE, "STAGE": stage, "DJANGO_SETTINGS_MODULE": "config.settings"},
            capture_output=True,
            text=True,
            check=True,
        )
        told[stage] = answer.stdout.strip().splitlines()[-1]
    assert told == {"production": "False True False", "test": "False True False", "demo": "True False True"}
