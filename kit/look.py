"""A network's own colour as a small style sheet, at an address that names its content."""

import hashlib
from functools import lru_cache

from kit.palette import MODES, Brand


@lru_cache(maxsize=256)
def sheet(brand: Brand) -> str:
    light, dark = (f"oklch({brand.shade(mode).lightness:.0%} {brand.strength(mode):g} {brand.hue})" for mode in MODES)
    return (
        "@layer tokens{"
        f":root{{--brand:light-dark({light},{dark})}}"
        f"@supports not (color:light-dark(#000,#fff)){{:root{{--brand:{light}}}}}"
        "}\n"
    )


def name(brand: Brand) -> str:
    """ "15-17-3f2a9c10": hue, strength in hundredths, and what the sheet said when the address was made."""
    digest = hashlib.sha256(sheet(brand).encode()).hexdigest()[:8]
    return f"{brand.hue}-{round(brand.chroma * 100)}-{digest}"
