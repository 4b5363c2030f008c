"""Sessions for a class, a club, invited families: joined by a link, looked after by staff, and nobody learns who is in."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kit import clock
from kit.refusals import Refused
from networks.models import Area, JournalLine, inside
from people.commands.erasing import erase_family
from people.commands.retention import turn_clock
from people.queries.ownership import owner_of
from people.registers import holdings
from people.steps.merging import merge_child
from programmes.planning.commands.activities import copy_activity
from programmes.signup.commands import circles as commands
from programmes.signup.commands.registering import register
from programmes.signup.commands.terms import set_terms
from programmes.signup.models import Circle, CircleMember, Terms
from tests.browsers import browser, person
from tests.people import homes
from tests.signup.signing import family, party, sign_up, story_hour, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast["planner"]


@pytest.fixture
def circle(nanjing, planner):
    """A class of the city, with a link for a month."""
    with inside(nanjing):
        area = Area.objects.get(parent=None)
        made = commands.make_circle(
            area=area, name="三（2）班", kind="class", way_in="请向王老师索取链接。", by=planner, at=clock.now()
        )
        return commands.open_link(circle=made, days=30, by=planner, at=clock.now())


@pytest.fixture
def session(nanjing, circle, planner):
    """For that class alone."""
    session = story_hour(nanjing)
    with inside(nanjing):
        set_terms(activity=session.activity, values={"circles": [circle]}, by=planner)
    return session


def joins(network, circle, household, by, *, children=1, as_family=False):
    codes = [child.code for child in homes.children_of(household)[:children]]
    with inside(network):
        commands.join_circle(
            circle=circle,
            secret=circle.secret,
            household=household,
            codes=codes,
            as_family=as_family,
            by=by,
            at=clock.now(),
        )


def no(network, session, home, **values):
    with pytest.raises(Refused) as found:
        sign_up(network, session, *home, **values)
    (refusal,) = found.value.refusals
    return refusal


def words(response):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", response.content.decode()))


def test_whoever_is_not_in_it_is_told_how_one_gets_in(nanjing, session, circle):
    home = family(nanjing, children=2)
    refusal = no(nanjing, session, home)
    assert (refusal.code, str(refusal)) == (
        "not_in_circle",
        "这项活动仅限“三（2）班”报名。请向王老师索取链接。",
    )
    joins(nanjing, circle, *home)
    _elder, younger = homes.children_of(home[0])
    assert str(no(nanjing, session, home, children=2).text) == f"{younger.name}不在“三（2）班”里。"
    sign_up(nanjing, session, *home)
    assert taken(nanjing, session) == (1, 1)


def test_a_family_that_is_in_it_as_a_whole_brings_all_and_may_leave(nanjing, session, circle):
    _household, mother = home = family(nanjing, children=2)
    joins(nanjing, circle, *home, as_family=True)
    joins(nanjing, circle, *home, as_family=True)
    with inside(nanjing):
        (row,) = CircleMember.objects.filter(left_at=None)
    sign_up(nanjing, session, *home, children=2)
    with inside(nanjing):
        commands.take_out(member=row, by=mother, at=clock.now())
        commands.close_circle(circle=circle, by=mother, at=clock.now())
    assert str(no(nanjing, session, family(nanjing)).text) == "这项活动目前没有开放报名。"


def test_a_link_has_its_end_and_another_takes_its_place(nanjing, circle, planner):
    mother = person(nanjing, "13800138010")
    household, visit, before = homes.home(nanjing, mother), browser(mother), circle.secret
    with inside(nanjing):
        again = commands.open_link(circle=circle, days=7, by=planner, at=clock.now())
    assert visit.get(f"/circles/{before}/").status_code == 404
    with pytest.raises(Refused) as found:
        joins(nanjing, Circle(pk=circle.pk, secret=before), household, mother)
    assert found.value.codes == ("no_such_link",)
    assert visit.get(f"/circles/{again.secret}/").status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert visit.get(f"/circles/{again.secret}/").status_code == 410


def test_a_family_joins_by_the_link_and_learns_of_nobody(nanjing, session, circle, client):
    other, father = family(nanjing, name="李强")
    with inside(nanjing):
        homes.children_of(other)[0].__class__.objects.filter(household=other).update(name="诸葛小明")
    joins(nanjing, circle, other, father)
    mother = person(nanjing, "13800138010")
    household, visit = homes.home(nanjing, mother, children=2), browser(mother)
    address = f"/circles/{circle.secret}/"
    client.defaults["HTTP_HOST"] = "nanjing.test"
    landing = client.get(address)
    assert ("三（2）班" in words(landing), f'value="{address}"' in landing.content.decode()) == (True, True)
    sheet = words(visit.get(f"/events/{session.code}/sign-up/"))
    assert ("仅限“三（2）班”" in sheet, "确认报名" in sheet) == (True, False)
    empty = visit.post(address, {"household": household.code})
    assert (empty.status_code, "请选择谁属于这个圈子" in words(empty)) == (422, True)
    first = homes.children_of(household)[0]
    assert visit.post(address, {"household": household.code, "children": [first.code]}).status_code == 302
    shown = visit.get("/me/circles/")
    told = words(visit.get(address)) + words(shown)
    assert ("诸葛小明" in told, first.name in words(shown)) == (False, True)
    page = visit.get(f"/events/{session.code}/sign-up/").content.decode()
    assert ("不在圈子里" in page, page.count("data-off"), "确认报名" in page) == (True, 1, True)
    assert "仅限 三（2）班" in words(client.get(f"/events/{session.code}/"))
    leave = re.search(r"/me/circles/\d+/leave/", shown.content.decode())[0]
    assert browser(person(nanjing, "13800138013")).post(leave).status_code == 404
    assert visit.post(leave).status_code == 302
    assert "您目前没有加入任何圈子" in words(visit.get("/me/circles/"))


def test_staff_make_one_fill_it_and_take_somebody_out(nanjing, nanjing_cast):
    mother = person(nanjing, "13800138010", name="王芳")
    household = homes.home(nanjing, mother, children=2)
    keeper = nanjing_cast.client("keeper")
    form = keeper.get("/plan/circles/add/").content.decode()
    area = re.search(r'name="area" value="(\d+)"', form)[1]
    typed = {"name": "晨读小组", "kind": "club", "way_in": "", "area": area}
    made = keeper.post("/plan/circles/add/", typed)
    assert made.status_code == 302
    again = keeper.post("/plan/circles/add/", typed)
    assert (again.status_code, "已有同名的圈子" in words(again)) == (422, True)
    page = made["Location"]
    assert keeper.post(f"{page}link/", {"do": "make", "days": "7"}).status_code == 302
    with inside(nanjing):
        circle = Circle.objects.get()
    assert f"/circles/{circle.secret}/" in keeper.get(page).content.decode()
    for phone, name, told in (("13900139000", "", "使用这个号码的家庭"), ("13800138010", "小明", "有这个姓名孩子")):
        answer = keeper.post(f"{page}families/", {"phone": phone, "name": name})
        assert (answer.status_code, told in words(answer)) == (422, True)
    child = homes.children_of(household)[0]
    for _time in range(2):
        assert keeper.post(f"{page}families/", {"phone": "138 0013 8010", "name": child.name}).status_code == 302
    shown = keeper.get(page).content.decode()
    (out,) = re.findall(r"/plan/circles/\d+/members/\d+/take-out/", shown)
    with inside(nanjing):
        assert JournalLine.objects.filter(verb="people.child_read", subject_id=child.pk).count() == 1
    assert nanjing_cast.client("neighbour").get(page).status_code in {403, 404}
    assert keeper.post(out).status_code == 302
    assert keeper.post(f"{page}close/").status_code == 302
    with inside(nanjing):
        circle.refresh_from_db()
        assert (circle.secret, circle.closed_at is not None) == (None, True)
    assert keeper.post(f"{page}link/", {"do": "make", "days": "7"}).status_code == 422
    assert "已关闭" in words(keeper.get("/plan/circles/"))


def test_the_terms_name_circles_and_a_copy_takes_them_along(nanjing, nanjing_cast, session, circle, planner):
    visit = nanjing_cast.client("planner")
    address = f"/plan/activities/{session.activity_id}/sign-up/"
    form = visit.get(address).content.decode()
    assert f'name="circles" value="{circle.pk}"' in form
    assert "仅限三（2）班" in words(visit.get(f"/plan/activities/{session.activity_id}/"))
    with inside(nanjing):
        copy = copy_activity(
            activity=session.activity, programme=session.activity.programme, title="另一个", by=planner
        )
        assert [one.name for one in Circle.objects.filter(terms_lines__terms__activity=copy)] == ["三（2）班"]
        set_terms(activity=session.activity, values={"circles": []}, by=planner)
        assert Terms.objects.get(activity=session.activity).is_closed is False
    sign_up(nanjing, session, *family(nanjing))


def test_one_statement_more_and_none_for_sessions_of_all(nanjing, session, circle):
    first, second = family(nanjing), family(nanjing)
    for home in (first, second):
        joins(nanjing, circle, *home)
    sign_up(nanjing, session, *first)
    chosen = party(second[0])
    with inside(nanjing), CaptureQueriesContext(connection) as asked:
        register(household=second[0], session=session, party=chosen, by=second[1], request_key=uuid4(), at=clock.now())
    said = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(said) <= 13, "\n".join(said)


def test_what_is_kept_is_taken_home_forgotten_and_erased(nanjing, circle):
    household, mother = home = family(nanjing, children=2)
    joins(nanjing, circle, *home, children=2)
    other, father = family(nanjing)
    joins(nanjing, circle, other, father)
    with inside(nanjing):
        (section,) = holdings["signup.circles"].export(owner_of(mother))
        assert [row[:2] for row in section.rows] == [("三（2）班", "小雨"), ("三（2）班", "小宇")]
        kept, gone = homes.children_of(household)
        with transaction.atomic():
            merge_child(kept=kept, gone=gone, by=mother, reason="同一个孩子", at=clock.now())
        assert CircleMember.objects.filter(child=kept, left_at=None).count() == 1
        erase_family(household, by=mother, at=clock.now())
        (left,) = CircleMember.objects.all()
        commands.take_out(member=left, by=father, at=clock.now())
        turn_clock(nanjing, at=clock.now() + timedelta(days=91))
        assert not CircleMember.objects.exists()
