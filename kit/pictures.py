"""Pictures as they are kept: turned upright, of a sensible size, written anew so that nothing of the camera remains."""

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from kit.refusals import Refusal, Refused

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_SIDE = 1600
MOST_PIXELS = 60_000_000
LEAST_SIDE = 320
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80


def cleaned(content: bytes) -> bytes:
    """WebP without a trace of where, when and by which camera. Refused in words when it is no picture we take."""
    if len(content) > LARGEST_FILE:
        raise _refused("picture_too_big", _("This picture is larger than 10 MB."), _("Send a smaller one."))
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as found:
            _check(found)
            upright = ImageOps.exif_transpose(found)
            upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            bare = Image.new("RGB", upright.size, "white")
            bare.paste(upright.convert("RGBA"), mask=upright.convert("RGBA").getchannel("A"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        # Pillow looks before we do, and opens none that is far too large.
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError) as error:
        raise _refused(
            "no_picture", _("This is no JPEG, PNG or WebP picture, or it is broken."), _("Save it anew and send that.")
        ) from error
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=QUALITY, method=4)
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


def _too_large() -> Refused:
    return _refused("picture_too_large", _("This picture has more than 60 million dots."), _("Send a smaller one."))


def _refused(code: str, text: str, way_on: str) -> Refused:
    return Refused(Refusal(code, text, way_on, field="image"))
