"""The picture beside a shared link: whatever stands on it, its code is read, and nothing runs into it."""

import io

import pytest
import zxingcpp
from PIL import Image

from kit.seasons import Season
from kit.share_picture import HEIGHT, WIDTH, Card, share_picture
from kit.tear_off import Sheet

ADDRESS = "https://nanjing.reading.example/events/k3j9x2ab/"
LONG = "从明城墙到长江大桥的一百年阅读之旅，和您一起读懂这座城市的四季" * 3


def drawn(**values):
    plain = {"kicker": "周末故事会", "title": "小种子", "lines": ("清凉门阅读空间",), "hint": "扫码看详情",
             "library": "金陵图书馆", "address": ADDRESS, "season": Season.SPRING}  # fmt: skip
    return Image.open(io.BytesIO(share_picture(Card(**{**plain, **values})))).convert("RGB")


def codes(picture):
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("season", Season)
@pytest.mark.parametrize("sheet", [None, Sheet("周六", "15", "5月")])
def test_in_every_season_with_a_date_and_without(season, sheet):
    picture = drawn(season=season, sheet=sheet, hours="10:00–11:00" if sheet else "")
    assert (picture.size, codes(picture)) == ((WIDTH, HEIGHT), [ADDRESS])


@pytest.mark.parametrize("lines", [(LONG, LONG, LONG), tuple("一二三四五六七八九十"), ()])
def test_words_of_any_length_leave_the_code_and_the_foot_alone(lines):
    long = drawn(kicker=LONG, title=LONG, lines=lines, hint=LONG, sheet=Sheet("周六", "15", "12月"),
                 hours="10:00 至 12月20日 周四 18:00")  # fmt: skip
    assert codes(long) == [ADDRESS]
    # A band of paper between what is said and whose it is.
    band = long.crop((400, 494, 900, 502))
    assert len(band.getcolors(1000)) == 1


def test_what_is_the_same_is_the_same_picture_and_the_version_says_so():
    one, same, other = (Card("", title, (), "", "", ADDRESS, Season.WINTER) for title in ("小种子", "小种子", "大种子"))
    assert (one.version == same.version, share_picture(one) == share_picture(same)) == (True, True)
    assert (one.version == other.version, share_picture(one) == share_picture(other)) == (False, False)
