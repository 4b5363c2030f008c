"""Whatever hue a library chooses, what stands on its pages can be read."""

import re

import pytest

from kit import palette
from kit.colour import contrast, is_shown_true, oklch
from kit.look import name, sheet
from kit.palette import BRAND_LIGHTNESS, MODES, Brand, colours, pairs

WHITE, BLACK, MIDDLE = oklch(1, 0, 0), oklch(0, 0, 0), oklch(0.5, 0, 0)


def test_contrast_is_counted_as_the_standard_counts():
    assert round(contrast(WHITE, BLACK), 2) == 21
    assert round(contrast(WHITE, WHITE), 2) == 1
    # #636363, the grey of this lightness, against white.
    assert round(contrast(WHITE, MIDDLE), 1) == 6.0


def test_every_text_on_every_ground_can_be_read():
    assert [pair for pair in pairs(Brand()) if not pair.is_enough] == []


@pytest.mark.parametrize("chroma", [0, 0.05, 0.11, 0.17, 0.2])
def test_every_hue_a_library_may_choose_can_be_read(chroma):
    unread = [(hue, pair) for hue in range(360) for pair in pairs(Brand(hue, chroma)) if not pair.is_enough]
    assert unread == []


def test_a_pair_that_cannot_be_read_is_found():
    known = colours("light", Brand())
    assert contrast(known["line"], known["paper"]) < palette.SHAPE


def test_no_colour_is_bent_by_an_ordinary_screen():
    for mode in MODES:
        assert [token for token, colour in colours(mode, Brand()).items() if not is_shown_true(colour)] == []


def test_a_brand_is_never_stronger_than_a_screen_can_show():
    for hue in range(360):
        for mode in MODES:
            brand = Brand(hue, 0.2)
            assert is_shown_true(oklch(BRAND_LIGHTNESS[mode], brand.strength(mode), hue))


def test_every_token_named_in_the_pairs_is_in_the_sheet():
    named = {*palette.TEXT_ON, *palette.SHAPE_ON} | {
        ground for table in (palette.TEXT_ON, palette.SHAPE_ON) for grounds in table.values() for ground in grounds
    }
    assert named - set(colours("light", Brand())) == set()


def test_older_phones_get_the_light_colours():
    css = palette.SHEET.read_text(encoding="utf-8")
    modern, older = css.split("@supports not", 1)
    pairs_in_sheet = dict(re.findall(r"--([a-z-]+): light-dark\((oklch\([^)]*\)), oklch\([^)]*\)\)", modern))
    assert dict(re.findall(r"--([a-z-]+): (oklch\([^)]*\));", older)) == pairs_in_sheet


def test_a_look_is_named_by_its_content():
    assert name(Brand(15, 0.17)) != name(Brand(16, 0.17))
    assert name(Brand(15, 0.17)).startswith("15-17-")
    assert "oklch(50% 0.17 15)" in sheet(Brand(15, 0.17))
