"""The demo's mail server keeps each mail as a file and a line in its index."""

import json
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from deploy.local.children import ROOT
from deploy.local.ports import HERE, answers_here, free_port
from tests.local.harness import wait_until


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    number = free_port()
    server = subprocess.Popen([sys.executable, "-m", "deploy.local.mailbox", str(number), str(tmp_path)], cwd=ROOT)
    wait_until(lambda: answers_here(number), what="mail server")
    yield number
    server.terminate()
    assert server.wait(10) == 0


def test_a_mail_is_kept_whole_and_listed(port: int, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "报名成功：周六故事会"
    mail["From"], mail["To"] = "siji@nanjing.test", "reader@nanjing.test"
    mail.set_content("您的名额已保留。")
    with smtplib.SMTP(HERE, port) as client:
        client.send_message(mail)
    (line,) = map(json.loads, (tmp_path / "index.jsonl").read_text(encoding="utf-8").splitlines())
    assert (line["from"], line["to"], line["subject"]) == (
        "siji@nanjing.test",
        ["reader@nanjing.test"],
        "报名成功：周六故事会",
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([line["file"], "index.jsonl"])
    assert b"nanjing.test" in (tmp_path / line["file"]).read_bytes()
