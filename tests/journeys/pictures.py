"""What a camera sees, as a file that Chromium takes for one: a code held before it, not quite straight."""

from pathlib import Path

import zxingcpp
from PIL import Image

from kit import qr

SIZE = (1280, 720)
WALL = (188, 184, 176)


def of_ticket(folder: Path, text: str) -> Path:
    return _film(folder, qr.dots(text, most=360).convert("RGB"), turned=6)


def of_card(folder: Path, number: str) -> Path:
    """The bars of a reader card."""
    bars = zxingcpp.create_barcode(number, zxingcpp.BarcodeFormat.Code128)
    drawn = Image.fromarray(bars.to_image(scale=3, add_quiet_zones=True)).convert("RGB")
    return _film(folder, drawn.resize((drawn.width, 160)), turned=2)


def of_a_wall(folder: Path) -> Path:
    return _film(folder, Image.new("RGB", (300, 300), WALL), turned=0)


def _film(folder: Path, code: Image.Image, *, turned: int) -> Path:
    """Two pictures, shown again and again."""
    scene = Image.new("RGB", SIZE, WALL)
    held = code.rotate(turned, expand=True, fillcolor=WALL, resample=Image.Resampling.BICUBIC)
    scene.paste(held, ((SIZE[0] - held.width) // 2, (SIZE[1] - held.height) // 2))
    film = folder / "camera.mjpeg"
    with film.open("wb") as file:
        for _frame in range(2):
            scene.save(file, "JPEG", quality=80)
    return film
