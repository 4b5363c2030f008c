"""A file by the piece, as players ask for it: without that, iPhones play nothing, and nobody can skip on."""

import re
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

# At once; whoever listens asks again. No thread is kept busy by somebody's slow line.
PIECE = 1024 * 1024
_ASKED = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def piece_of(request: HttpRequest, file: IO[bytes], *, size: int, content_type: str) -> HttpResponseBase:
    """All of it to whoever asks for no piece."""
    asked = _ASKED.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        answer: HttpResponseBase = FileResponse(file, content_type=content_type)
    else:
        answer = _piece(file, *_between(asked[1], asked[2], size), size, content_type)
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _between(first: str, last: str, size: int) -> tuple[int, int]:
    """The first byte, and the one after the last. `-500` are the last five hundred."""
    if not first:
        return max(0, size - int(last)), size
    start = int(first)
    end = min(int(last) + 1 if last else size, size)
    return start, end


def _piece(file: IO[bytes], start: int, end: int, size: int, content_type: str) -> HttpResponse:
    with file:
        if start >= end:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        end = min(end, start + PIECE)
        file.seek(start)
        return HttpResponse(
            file.read(end - start),
            status=206,
            content_type=content_type,
            headers={"Content-Range": f"bytes {start}-{end - 1}/{size}"},
        )
