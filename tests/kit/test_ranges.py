"""Files by the piece, for players."""

import io

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from kit import ranges
from kit.ranges import PIECE, piece_of

CONTENT = bytes(range(256)) * 40


def asked(header, content=CONTENT):
    request = RequestFactory().get("/", headers={"Range": header} if header else {})
    answer = piece_of(request, io.BytesIO(content), size=len(content), content_type="audio/mpeg")
    return answer, b"".join(answer) if answer.streaming else answer.content


@pytest.mark.parametrize(
    "header", ["", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=1-2,5-6", "bytes=" + "9" * 400 + "-"]
)
def test_whoever_asks_for_no_piece_gets_all_of_it(header):
    answer, content = asked(header)
    assert (answer.status_code, answer["Accept-Ranges"], content == CONTENT) == (200, "bytes", True)


@given(first=st.integers(0, 20_000), last=st.integers(0, 20_000))
def test_a_piece_is_what_was_asked_for(first, last):
    answer, content = asked(f"bytes={first}-{last}")
    wanted = CONTENT[first : last + 1]
    if not wanted:
        assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")
        return
    assert (answer.status_code, content == wanted) == (206, True)
    assert answer["Content-Range"] == f"bytes {first}-{first + len(wanted) - 1}/{len(CONTENT)}"


@pytest.mark.parametrize(
    ("header", "wanted"),
    [("bytes=-300", CONTENT[-300:]), ("bytes=10000-", CONTENT[10_000:]), ("bytes=-99999", CONTENT)],
)
def test_the_end_of_a_file(header, wanted):
    assert asked(header)[1] == wanted


def test_nobody_gets_more_than_a_piece_at_once():
    answer, content = asked("bytes=5-", bytes(PIECE + 100))
    assert (len(content), answer["Content-Range"]) == (PIECE, f"bytes 5-{PIECE + 4}/{PIECE + 100}")
    assert ranges.PIECE == 1024 * 1024
