"""Pictures as they are kept: turned upright, of a sensible size, written anew so that nothing of the camera remains.

What is drawn again is only what a picture shows: where and when it was taken, by what, and whatever else hung on the file
does not come along.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from kit import ids
from kit.refusals import Refusal, Refused

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_SIDE = 1600
# What is kept as a record may be printed, and has to be read when it is a screen.
RECORD_SIDE, SMALL_SIDE = 2560, 480
MOST_PIXELS = 60_000_000
LEAST_SIDE = 320
FORMATS = ("JPEG", "PNG", "WEBP")
# As file choosers of browsers name them; an iPhone turns its own kind into the first.
ACCEPTED = "image/jpeg,image/png,image/webp"
QUALITY, SMALL_QUALITY = 80, 70
# The kinds in which iPhones keep pictures, as their files begin.
_OF_IPHONES = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1")
# One at a time in a process: a large picture takes 200 MB for a moment.
_turn = Lock()


@dataclass(frozen=True)
class Record:
    """A picture that is kept where the web server serves nothing, with a small one for lists. Both WebP."""

    content: bytes
    small: bytes
    width: int
    height: int


def cleaned(content: bytes, *, side: int = LARGEST_SIDE) -> bytes:
    """For a public page: WebP without a trace of where, when and by which camera. Refused in words when it is no picture
    we take.
    """
    with _opened(content, side) as upright:
        return _webp(upright, QUALITY)


def record_of(content: bytes) -> Record:
    """The same for a picture that those alone see who may; refused in the same words."""
    with _opened(content, RECORD_SIDE) as upright:
        whole = _webp(upright, QUALITY)
        small = upright.copy()
        small.thumbnail((SMALL_SIDE, SMALL_SIDE))
        return Record(whole, _webp(small, SMALL_QUALITY), upright.width, upright.height)


def on_paper(file: FieldFile, side: int) -> bytes:
    """One that was kept, as a JPEG no larger than that: for paper, and for programmes that know no WebP."""
    with _turn, file.open("rb") as found, Image.open(found, formats=["WEBP"]) as picture:
        picture.thumbnail((side, side))
        out = io.BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=QUALITY)
        return out.getvalue()


def keep_in(file: FieldFile, content: bytes) -> None:
    """Under a name that nobody can guess; the row is not saved."""
    file.save(f"{ids.random_code(20).lower()}.webp", ContentFile(content), save=False)


def answer_with(file: FieldFile) -> HttpResponse:
    """To whoever a view has found to have the right. The browser alone keeps it, and takes it for nothing but a picture."""
    with file.open("rb") as found:
        answer = HttpResponse(found.read(), content_type="image/webp")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = "inline"
    patch_cache_control(answer, private=True, max_age=300)
    return answer


@contextmanager
def _opened(content: bytes, side: int) -> Iterator[Image.Image]:
    """Upright, without transparency, no side longer than `side`."""
    if len(content) > LARGEST_FILE:
        raise _refused("picture_too_big", _("This picture is larger than 10 MB."), _("Send a smaller one."))
    with _turn:
        yield _drawn_anew(content, side)


def _drawn_anew(content: bytes, side: int) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as found:
            _check(found)
            return _upright(found, side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        # Pillow looks before we do, and opens none that is far too large.
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError) as error:
        raise _unreadable(content) from error


def _upright(found: Image.Image, side: int) -> Image.Image:
    """Made small while it is read, where its kind can do that, and turned afterwards."""
    if found.mode not in ("RGB", "L"):
        found = found.convert("RGBA")
    # A JPEG is read no larger than needed: of 48 million dots a quarter.
    found.thumbnail((side, side), reducing_gap=1.0)
    upright = ImageOps.exif_transpose(found)
    bare = Image.new("RGB", upright.size, "white")
    if upright.mode != "RGBA":
        bare.paste(upright)
        return bare
    bare.paste(upright, mask=upright.getchannel("A"))
    return bare


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def _check(found: Image.Image) -> None:
    width, height = found.size
    if width * height > MOST_PIXELS:
        raise _too_large()
    if min(width, height) < LEAST_SIDE:
        raise _refused(
            "picture_too_small",
            _("This picture is smaller than %(least)s dots on one side.") % {"least": LEAST_SIDE},
            _("Readers would only see blocks."),
        )


def _unreadable(content: bytes) -> Refused:
    if content[4:12] in _OF_IPHONES:
        return _refused(
            "picture_of_iphone",
            _("This picture is kept as iPhones keep them (HEIC), and cannot be read here."),
            _("Choose it from the album in the browser, or send it as JPEG."),
        )
    return _refused(
        "no_picture", _("This is no JPEG, PNG or WebP picture, or it is broken."), _("Save it anew and send that.")
    )


def _too_large() -> Refused:
    return _refused("picture_too_large", _("This picture has more than 60 million dots."), _("Send a smaller one."))


def _refused(code: str, text: str, way_on: str) -> Refused:
    return Refused(Refusal(code, text, way_on, field="image"))
