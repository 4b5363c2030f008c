"""A code that we draw is read by a reader that others wrote."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from kit import qr

TEXTS = ["https://nanjing.example/t/7K2M9QX4V8RT3HWN", "入场码 3HWN8R", "x" * 300]


def drawn(svg: str) -> Image.Image:
    """The very path of the SVG, filled in."""
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    picture = Image.new("L", (size * 8, size * 8), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        pen.rectangle([int(x) * 8, int(y) * 8, (int(x) + int(width)) * 8 - 1, int(y) * 8 + 7], fill=0)
    return picture


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_drawn_is_read_back(text):
    found = zxingcpp.read_barcodes(drawn(qr.svg(text, label="入场码")))
    assert [(code.text, code.format) for code in found] == [(text, zxingcpp.BarcodeFormat.QRCode)]


def test_it_has_a_quiet_zone_a_name_and_a_size_of_the_pages_choice():
    svg = qr.svg(TEXTS[0], label='小雨的 "入场码" <1>')
    assert svg.startswith('<svg viewBox="0 0 37 37" role="img" aria-label="小雨的 &quot;入场码&quot; &lt;1&gt;"')
    assert " width=" not in svg
    rows = qr.matrix(TEXTS[0])
    assert not any(any(row) for row in [*rows[: qr.QUIET], *rows[-qr.QUIET :]])
