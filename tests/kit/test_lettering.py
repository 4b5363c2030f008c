"""Chinese letters and seasons' marks for pictures, drawn by nothing but what a web process has anyway."""

import subprocess
import sys

import pytest

from kit import lettering
from kit.marks import mark, strokes
from kit.seasons import Season


def test_lines_end_where_they_are_full():
    font = lettering.plain(20)
    wide = round(font.getlength("绘本故事会"))
    assert lettering.lines("绘本故事会小种子", font, wide=wide, most=2) == ["绘本故事会", "小种子"]
    assert lettering.lines("绘本故事会小种子的旅行日记", font, wide=wide, most=2) == ["绘本故事会", "小种子的…"]
    assert lettering.lines("  ", font, wide=wide, most=2) == []


@pytest.mark.parametrize("text", ["㛃", "䶮", "𬭎"])
def test_rare_characters_are_drawn(text):
    for font in (lettering.plain(40), lettering.serif(40)):
        assert bytes(font.getmask(text)) != bytes(font.getmask("\ufffe"))


@pytest.mark.parametrize("season", Season)
def test_every_season_has_its_mark(season):
    drawn = mark(season, size=60)
    share = sum(drawn.histogram()[61:]) / 3600
    assert (drawn.size, 0.05 < share < 0.5) == ((60, 60), True)


def test_curves_end_where_the_path_says():
    (line,) = strokes("M0 0C0 10 10 10 10 0S20-10 20 0Q25 5 30 0h5L40 2Z")
    ends = [(0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (30.0, 0.0), (35.0, 0.0), (40.0, 2.0)]
    assert ([end for end in ends if end in line], line[-1]) == (ends, (0.0, 0.0))


def test_nothing_heavy_is_loaded_for_it():
    code = "from kit import lettering, marks; import sys; print(sorted({'numpy', 'weasyprint'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
