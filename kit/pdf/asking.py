"""Asks a child for a PDF, and says in words why there is none."""

import json
import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import HttpResponse
from django.utils.translation import gettext as _

from kit.colour import as_hex
from kit.palette import Brand, colours
from kit.pdf.child import FONTS_MISSING, PARTS_MISSING, TOO_LARGE
from kit.refusals import Refusal, Refused

log = logging.getLogger(__name__)
CHILD = Path(__file__).with_name("child.py")
LIMIT_SECONDS = 30
# One at a time in each process: a drawing takes a whole core. Others wait their turn for so long.
WAIT_SECONDS = 10
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-cjk")
# All that the child is told of its surroundings: no address of a database, no secret.
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "XDG_DATA_HOME")
_turn = threading.BoundedSemaphore(1)


class DrawingFailed(Exception):
    """A bug: the document asks for something foreign, or what draws it broke down."""


def pdf_of(html: str, *, brand: Brand, limit_seconds: int = LIMIT_SECONDS) -> bytes:
    """The PDF of a whole page that extends kit/paper.html. Style sheets and pictures are our own files, all else is a
    fault of the page. Refused, in words, if it cannot be made here and now; never inside a transaction: it takes its time.
    """
    if not _turn.acquire(timeout=WAIT_SECONDS):
        raise _refused(
            "pdf_busy", _("Another PDF is being made just now."), _("Try again in a moment, or print this page.")
        )
    try:
        return _drawn(html, brand, limit_seconds)
    finally:
        _turn.release()


def pdf_answer(content: bytes, *, name: str) -> HttpResponse:
    """`name`: what the file is called, in any letters, with its ending."""
    answer = HttpResponse(content, content_type="application/pdf")
    plain = re.sub(r"[^A-Za-z0-9._-]+", "", name)
    answer["Content-Disposition"] = f"attachment; filename=\"{plain or 'page.pdf'}\"; filename*=UTF-8''{quote(name)}"
    return answer


def _drawn(html: str, brand: Brand, limit_seconds: int) -> bytes:
    sheets = {"/inks.css": inks(brand)}
    asked = json.dumps({"html": html, "folders": list(_folders()), "sheets": sheets, "seconds": limit_seconds})
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input=asked.encode(),
            capture_output=True,
            env={"LANG": "C.UTF-8", **{name: os.environ[name] for name in _PASSED_ON if name in os.environ}},
            timeout=limit_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise _too_large() from late
    if done.returncode == 0 and done.stdout.startswith(b"%PDF-"):
        return done.stdout
    if done.returncode in {FONTS_MISSING, PARTS_MISSING}:
        raise _refused(
            "pdf_parts_missing",
            _("This machine cannot make PDFs yet: it lacks some packages of the system."),
            _("Whoever runs it installs them with: %(line)s. Until then, print this page from the browser.")
            % {"line": f"apt-get install {' '.join(PACKAGES)}"},
        )
    # Killed for the memory or the time it took.
    if done.returncode == TOO_LARGE or done.returncode < 0:
        raise _too_large()
    last = (done.stderr.decode(errors="replace").strip().splitlines() or ["nothing said"])[-1]
    log.error("pdf.failed status=%s error=%s", done.returncode, last.split(":")[0][:80])
    raise DrawingFailed(f"The child ended with {done.returncode}.")


@lru_cache(maxsize=64)
def inks(brand: Brand) -> str:
    """Every colour by its name, as paper shows it: what draws PDFs knows neither light-dark() nor color-mix()."""
    lines = "".join(f"--{name}:{as_hex(colour)};" for name, colour in colours("light", brand).items())
    return f":root{{{lines}}}"


def _folders() -> Iterable[tuple[str, str]]:
    """Beginnings of our own addresses, and the folders behind them."""
    media = default_storage
    if isinstance(getattr(media, "_wrapped", media), FileSystemStorage) and settings.MEDIA_URL:
        yield settings.MEDIA_URL, str(settings.MEDIA_ROOT)
    if getattr(settings, "WHITENOISE_USE_FINDERS", False):
        for finder in finders.get_finders():
            for storage in getattr(finder, "storages", {}).values():
                yield settings.STATIC_URL, str(storage.location)
    else:
        yield settings.STATIC_URL, str(settings.STATIC_ROOT)


def _too_large() -> Refused:
    return _refused(
        "pdf_too_large",
        _("This is too much for one PDF."),
        _("Choose fewer days or a smaller area, or take the Excel."),
    )


def _refused(code: str, text: str, way_on: str) -> Refused:
    return Refused(Refusal(code, text, way_on))
