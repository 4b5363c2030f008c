"""A real SMTP server for the demo that delivers nowhere: each mail is a file in a folder, with a line in its index.

python -m deploy.local.mailbox PORT FOLDER
"""

import asyncio
import email
import itertools
import json
import os
import signal
import sys
import time
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from deploy.local.ports import HERE


class Folder:
    """Written as a draft and renamed, so that a reader never meets half a mail; answered 250 only when on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        name = f"{time.time_ns() // 1_000_000}-{os.getpid()}-{next(self._numbers)}.eml"
        content = envelope.original_content
        draft = self.folder / f".{name}"
        draft.write_bytes(content)
        draft.replace(self.folder / name)
        line = {
            "file": name,
            "at": time.time(),
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "subject": str(make_header(decode_header(email.message_from_bytes(content).get("Subject", "")))),
        }
        with (self.folder / "index.jsonl").open("a", encoding="utf-8") as index:
            index.write(json.dumps(line, ensure_ascii=False) + "\n")
        return "250 kept"


async def serve(port: int, folder: Path) -> None:
    handler = Folder(folder)
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="localhost", enable_SMTPUTF8=True), HERE, port, reuse_address=True
    )
    async with server:
        await over.wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
