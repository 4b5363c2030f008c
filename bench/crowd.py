"""Many at once: each of them a kept connection that sends what it was given and waits for the answer."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    status: int
    seconds: float
    body: bytes


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Said:
    began = time.perf_counter()
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    lines = (line.partition(b":") for line in head.split(b"\r\n"))
    said = {name.lower(): value.strip() for name, _colon, value in lines}
    if said.get(b"transfer-encoding") == b"chunked":
        body = await _in_pieces(reader)
    else:
        body = await reader.readexactly(int(said.get(b"content-length", 0)))
    return Said(int(head.split(b" ", 2)[1]), time.perf_counter() - began, body)


async def _in_pieces(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while length := int(await reader.readline(), 16):
        body += await reader.readexactly(length)
        await reader.readline()
    await reader.readline()
    return body


async def _one(at: int, requests: "asyncio.Queue[bytes]", said: list[Said]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", at)
    while not requests.empty():
        said.append(await _ask(reader, writer, requests.get_nowait()))
    writer.close()


async def _all(at: int, requests: Sequence[bytes], together: int) -> tuple[list[Said], float]:
    waiting: asyncio.Queue[bytes] = asyncio.Queue()
    for request in requests:
        waiting.put_nowait(request)
    said: list[Said] = []
    began = time.perf_counter()
    await asyncio.gather(*(_one(at, waiting, said) for _number in range(together)))
    return said, time.perf_counter() - began


def pressed(at: int, requests: Sequence[bytes], *, together: int) -> tuple[list[Said], float]:
    """All answers, and how long it took from the first request to the last answer."""
    return asyncio.run(_all(at, requests, together))
