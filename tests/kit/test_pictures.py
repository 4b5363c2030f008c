"""Pictures as phones send them, and files that only say that they are pictures."""

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, storages
from django.db import models
from django.db.models.fields.files import FieldFile
from PIL import Image

from kit.pictures import LARGEST_FILE, Record, answer_with, cleaned, keep_in, record_of
from kit.refusals import Refused

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F
RED, BLUE = (200, 30, 30), (30, 30, 200)


def two_halves(width: int = 1200, height: int = 800) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture


def written(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def photo(*, orientation: int = 1, kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "Somebody's phone"
    exif.get_ifd(GPS).update({1: "N", 2: (32.0, 3.0, 30.0), 3: "E", 4: (118.0, 47.0, 10.0)})
    return written(two_halves(), kind, exif=exif.tobytes())


def read(content: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(content), formats=["WEBP"])
    found.load()
    return found


def looks(picture: Image.Image, place: tuple[int, int]) -> str:
    found = picture.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return "red" if found[0] > found[2] else "blue"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_of_where_and_by_what_it_was_taken_nothing_remains(kind):
    sent = photo(kind=kind)
    assert dict(Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS)) != {}
    kept = record_of(sent)
    for content in (kept.content, kept.small, cleaned(sent)):
        found = read(content)
        assert (dict(found.getexif()), set(found.info) & {"exif", "xmp", "icc_profile"}) == ({}, set())
        assert b"Somebody" not in content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("orientation", "first", "last"), [(1, "red", "blue"), (3, "blue", "red")])
def test_it_stands_upright(kind, orientation, first, last):
    found = read(record_of(photo(orientation=orientation, kind=kind)).content)
    assert (looks(found, (10, 10)), looks(found, (found.width - 10, 10))) == (first, last)


@pytest.mark.parametrize(("orientation", "top", "bottom"), [(6, "red", "blue"), (8, "blue", "red")])
def test_one_that_was_taken_upright_is_upright(orientation, top, bottom):
    kept = record_of(photo(orientation=orientation))
    found = read(kept.content)
    assert (kept.width, kept.height) == found.size == (800, 1200)
    assert (looks(found, (10, 10)), looks(found, (10, found.height - 10))) == (top, bottom)


def test_it_is_made_as_large_as_is_of_use():
    kept = record_of(written(two_halves(4000, 3000)))
    assert (read(kept.content).size, read(kept.small).size) == ((2560, 1920), (480, 360))
    assert read(cleaned(written(two_halves(4000, 3000)))).size == (1600, 1200)
    assert read(record_of(written(two_halves(600, 400))).content).size == (600, 400)


@pytest.mark.parametrize(
    ("mode", "kind"), [("L", "JPEG"), ("CMYK", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP")]
)
def test_whatever_its_colours_are_made_of(mode, kind):
    assert read(record_of(written(two_halves().convert(mode), kind)).content).size == (1200, 800)


def test_what_one_sees_through_is_white():
    clear = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    assert read(record_of(written(clear, "PNG")).content).getpixel((200, 200)) == (255, 255, 255)


# --- What only says that it is a picture ----------------------------------------------------


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as no:
        record_of(content)
    with pytest.raises(Refused) as again:
        cleaned(content)
    assert no.value.codes == again.value.codes
    return no.value.codes[0]


def bomb() -> bytes:
    """A small file that says it is 30,000 dots wide and high; what it holds is never read."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 90_001))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no_picture"),
        (b"<!doctype html><script>alert(1)</script>", "no_picture"),
        (b"\xff\xd8\xff\xe0" + b"not really" * 40, "no_picture"),
        (photo()[:4000], "no_picture"),
        (written(two_halves(), "GIF"), "no_picture"),
        (written(two_halves(), "BMP"), "no_picture"),
        (b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 400, "picture_of_iphone"),
        (bomb(), "picture_too_large"),
        (written(two_halves(9000, 7000), quality=1), "picture_too_large"),
        (written(two_halves(319, 800)), "picture_too_small"),
        (b"\xff\xd8" + b"\0" * LARGEST_FILE, "picture_too_big"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(content, code):
    assert code_of(content) == code


def test_what_hangs_on_a_picture_does_not_come_along():
    """A JPEG that is an archive and a page as well."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as into:
        into.writestr("run.html", "<script>alert(1)</script>")
    both = written(two_halves(), comment=b"<script>alert(2)</script>") + archive.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(both))
    kept = record_of(both)
    for content in (kept.content, kept.small, cleaned(both)):
        assert (b"script" in content, zipfile.is_zipfile(io.BytesIO(content))) == (False, False)


# --- Kept and shown --------------------------------------------------------------------------


class Holder(models.Model):
    image = models.FileField(upload_to="pictures/")

    class Meta:
        app_label = "kit_tests"
        managed = False

    def __str__(self) -> str:
        return str(self.image.name)


def kept_file(kept: Record, folder: Path) -> FieldFile:
    file: FieldFile = Holder().image
    file.storage = FileSystemStorage(folder)
    keep_in(file, kept.content)
    return file


def test_it_lies_under_a_name_that_nobody_guesses_and_is_shown_to_one_browser_alone(tmp_path):
    kept = record_of(photo())
    one, other = kept_file(kept, tmp_path), kept_file(kept, tmp_path)
    assert (one.name != other.name, len(str(one.name))) == (True, len("pictures/.webp") + 20)
    answer = answer_with(one)
    assert answer.content == kept.content
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Disposition")} == {
        "Content-Type": "image/webp",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline",
    }
    assert sorted(answer["Cache-Control"].split(", ")) == ["max-age=300", "private"]


def test_what_lies_privately_lies_where_nothing_is_served(settings):
    private = Path(storages["private"].path("x")).parent
    served = (Path(settings.MEDIA_ROOT), Path(settings.STATIC_ROOT))
    assert [folder for folder in served if private.is_relative_to(folder) or folder.is_relative_to(private)] == []
