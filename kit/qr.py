"""QR codes as SVG, dark on white in every mode, sized by the style sheet; and as dots for pictures."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white around, as the standard asks


def matrix(text: str) -> list[list[bool]]:
    """Rows of modules, the quiet zone included."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return code.get_matrix()


def svg(text: str, *, label: str) -> SafeString:
    """`label` says what the code opens, for those who cannot scan it."""
    rows = matrix(text)
    path = "".join(f"M{start} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for start, length in _runs(row))
    return format_html(
        '<svg viewBox="0 0 {size} {size}" role="img" aria-label="{label}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#14161c" d="{path}"/></svg>',
        size=len(rows),
        label=label,
        path=mark_safe(path),  # noqa: S308 - digits and letters made above
    )


def dots(text: str, *, most: int) -> Image.Image:
    """Black and white, as large as whole dots allow within `most` a side."""
    rows = matrix(text)
    code = Image.new("1", (len(rows), len(rows)), 1)
    code.putdata([not dark for row in rows for dark in row])
    size = most // len(rows) * len(rows)
    return code.resize((size, size), Image.Resampling.NEAREST)


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where the dark stretches of a row start, and how long they are."""
    runs, start = [], None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            runs.append((start, x - start))
            start = None
    return runs
