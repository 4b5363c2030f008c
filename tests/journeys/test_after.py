"""After the session, on a keeper's phone: photos, a line, numbers; a network that goes away; who did not come; without scripts."""

import pytest

from networks.models import NetworkHost, inside
from people.choices import Role
from programmes.door.models import Absence, Diary, DiaryPhoto
from tests.browsers import browser, staff
from tests.door.diaries import over, party_that_came, photo_file
from tests.door.test_absences import evening
from tests.journeys.soundness import serious, sideways

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.urls")]
HOST = "nanjing.localhost"


@pytest.fixture
def keeper(nanjing):
    NetworkHost.objects.create(network=nanjing, host=HOST)
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


@pytest.fixture
def phone(visit, keeper):
    def open_page(address, **options):
        visitor = visit(HOST, **options)
        cookies = browser(keeper, bound=True).cookies.items()
        visitor.page.context.add_cookies(
            [{"name": name, "value": morsel.value, "domain": HOST, "path": "/"} for name, morsel in cookies]
        )
        return visitor.open(address)

    return open_page


def sound(page):
    assert (serious(page), sideways(page)) == ([], 0)


def files(count):
    kinds = ((90, 140, 90), (40, 90, 140), (190, 110, 60))
    return [
        {
            "name": f"{number}.jpg",
            "mimeType": "image/jpeg",
            "buffer": photo_file(colour=kinds[number], size=(3000, 2000)).read(),
        }
        for number in range(count)
    ]


def diary(network):
    with inside(network):
        return Diary.objects.get()


def test_a_diary_is_written_before_the_door_is_locked(nanjing, keeper, phone):
    session, _row, _by = party_that_came(nanjing, keeper, children=2)
    session = over(nanjing, session, hours=0)
    page = phone(f"/plan/sessions/{session.code}/diary/")
    sound(page)
    page.locator("#id_photos").set_input_files(files(3))
    page.locator(".diary-photo").nth(2).wait_for()
    assert page.locator("[data-count]").inner_text() == "3/9"
    page.get_by_role("textbox", name="今天怎么样").fill("孩子们抢着翻页")
    page.locator("[data-state]", has_text="已保存").wait_for()
    assert diary(nanjing).line == "孩子们抢着翻页"

    # The network goes away; the words stay on the phone, over a new start as well.
    page.context.set_offline(True)
    page.get_by_role("textbox", name="问题与建议").fill("地垫不够")
    page.locator("[data-state]", has_text="没有网络").wait_for()
    page.context.set_offline(False)
    page.locator("[data-state]", has_text="已保存").wait_for()
    assert diary(nanjing).problems == "地垫不够"

    page.locator(".diary-words input[type=checkbox]").first.check()
    page.locator(".diary-words > input").first.fill("翻到下一页")
    page.get_by_label("人数核对过了").check()
    sound(page)
    page.get_by_role("button", name="交小结").click()
    page.get_by_text("小结已交").wait_for()
    row = diary(nanjing)
    assert (row.is_handed_in, row.children, row.adults) == (True, 2, 1)
    with inside(nanjing):
        shown = [(one.caption, one.width, bool(one.cleared_at)) for one in DiaryPhoto.objects.order_by("place")]
    assert shown == [("翻到下一页", 2560, True), ("", 2560, False), ("", 2560, False)]
    page.goto(page.url.replace(f"/{session.code}/", f"/{session.code}/diary/"))
    sound(page)


def test_words_that_were_not_saved_are_back(nanjing, keeper, phone):
    session, _row, _by = party_that_came(nanjing, keeper)
    address = f"/plan/sessions/{over(nanjing, session, hours=0).code}/diary/"
    page = phone(address)
    page.context.set_offline(True)
    page.get_by_role("textbox", name="今天怎么样").fill("停电前写的")
    page.locator("[data-state]", has_text="没有网络").wait_for()
    context, at = page.context, page.url
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(at)
    page.locator("[data-state]", has_text="已保存").wait_for()
    assert (page.get_by_role("textbox", name="今天怎么样").input_value(), diary(nanjing).line) == (
        "停电前写的",
        "停电前写的",
    )


def test_a_diary_without_scripts(nanjing, keeper, phone):
    session, _row, _by = party_that_came(nanjing, keeper)
    page = phone(f"/plan/sessions/{session.code}/diary/", java_script_enabled=False)
    page.get_by_role("textbox", name="今天怎么样").fill("很好")
    page.locator("#id_photos").set_input_files(files(2))
    page.get_by_role("button", name="添加", exact=True).click()
    assert (page.locator(".diary-photo").count(), page.get_by_role("textbox", name="今天怎么样").input_value()) == (
        2,
        "很好",
    )
    page.locator(".diary-gone summary").first.click()
    page.get_by_role("button", name="移除这张照片").first.click()
    assert page.locator(".diary-photo").count() == 1
    page.locator(".diary-few summary").click()
    page.get_by_label("照片少的原因").fill("家长不愿拍照")
    page.get_by_label("人数核对过了").check()
    page.get_by_role("button", name="交小结").click()
    assert diary(nanjing).is_handed_in


def test_who_did_not_come_is_excused_and_entered(nanjing, keeper, phone):
    session, _came, (ill, _late, _absent) = evening(nanjing, keeper, missing=3)
    page = phone(f"/plan/sessions/{session.code}/absent/")
    sound(page)
    line = page.locator(".absent-line").first
    line.get_by_text("请假", exact=True).click()
    sound(page)
    line.get_by_role("button", name="生病").click()
    page.get_by_text("已登记请假").wait_for()
    page.locator(".absent-line").nth(1).get_by_role("button", name="补签").click()
    page.get_by_text("已补签 2 人").wait_for()
    page.get_by_role("button", name="现在核定").click()
    page.get_by_text("已核定：2 家未到").wait_for()
    sound(page)
    with inside(nanjing):
        assert list(Absence.objects.filter(registration=ill).values_list("excuse", flat=True)) == ["ill"]
