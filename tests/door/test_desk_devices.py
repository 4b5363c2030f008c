"""Devices that let families in and are nobody's account: how they join, what they see, and how they end."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kit import clock
from kit.refusals import Refused
from networks.models import Area, JournalLine, inside
from people.choices import Role
from people.messages import CHILD_READ
from people.models import Child, Person
from people.registers.holdings import Owner, holdings
from programmes.door.choices import DeskDeviceState, Stay
from programmes.door.commands import desk_devices as commands
from programmes.door.models import CheckIn, DeskDevice, Scan
from programmes.door.queries.desk_devices import state_of
from programmes.door.rules import desk_devices as rules
from tests.architecture.url_table import ROWS
from tests.browsers import browser, staff
from tests.door.desk_devices import browser_with, joined, made
from tests.door.doors import here, opened, party_at_the_door, scanned, seats
from tests.signup.signing import another, family, sign_up, story_hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(nanjing):
    return staff(nanjing, "13800138001", Role.PLANNER, name="林晓梅")


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


def text(answer):
    return answer.content.decode()


def ask(client, session, *, card=True, key=None, **sent):
    headers = {"X-Card": "1"} if card else {}
    return client.post(f"/desk/{session.code}/ask/", {"client_id": key or uuid4(), **sent}, headers=headers)


# --- Made and joined -----------------------------------------------------------------------


def test_a_device_is_made_shown_as_a_code_and_joins_by_it(nanjing, keeper):
    hers = browser(keeper, bound=True)
    with inside(nanjing):
        area = Area.objects.get(parent=None).pk
    answer = hers.post("/desk/devices/add/", {"name": "门口平板", "area": area, "stay": "tonight"})
    shown = hers.get(answer.url)
    address = shown.context["address"]
    assert ("等待加入" in text(shown), "<svg" in text(shown), shown.context["words"] in text(shown)) == (True,) * 3
    tablet = browser_with(nanjing)
    way = address.split("/", 3)[-1]
    told = tablet.get(f"/{way}")
    assert (told.status_code, "门口平板" in text(told), "看到电话" in text(told)) == (200, True, True)
    assert hers.get(answer.url).context["state"] == DeskDeviceState.WAITS
    answered = tablet.post(f"/{way}")
    cookie = answered.cookies[settings.DESK_DEVICE_COOKIE_NAME]
    assert (answered.url, cookie["httponly"], cookie["samesite"], cookie["path"]) == ("/desk/", True, "Lax", "/")
    assert tablet.get("/desk/").status_code == 200
    assert "已加入" in text(hers.get(answer.url))
    with inside(nanjing):
        row = DeskDevice.objects.get()
        assert (row.code_hash, row.code_sealed, cookie.value in str(bytes(row.secret_hash))) == (None, "", False)
        verbs = JournalLine.objects.filter(verb__startswith="door.device").order_by("pk")
        assert list(verbs.values_list("verb", "actor_id")) == [
            ("door.device_made", keeper.pk),
            ("door.device_joined", None),
        ]
        assert "门口平板" not in str(list(verbs.values()))


def test_typed_with_blanks_and_in_small_letters_the_code_leads_to_the_same_page(nanjing, keeper):
    _row, code = made(nanjing, keeper)
    answer = browser_with(nanjing).post("/desk/join/", {"code": f" {code[:4].lower()} {code[4:]}"})
    assert (answer.status_code, answer.url) == (302, f"/desk/join/{code}/")


@pytest.mark.parametrize("typed", ["", "ABCD2345", "¥", "' OR 1=1 --"])
def test_a_code_that_nobody_made_is_refused_in_words(nanjing, keeper, typed):
    made(nanjing, keeper)
    answer = browser_with(nanjing).post("/desk/join/", {"code": typed})
    assert (answer.status_code, settings.DESK_DEVICE_COOKIE_NAME in answer.cookies) == (422, False)


def test_who_guesses_waits_and_keeps_nobody_else_from_joining(nanjing, keeper):
    _row, code = made(nanjing, keeper)
    guesser = browser_with(nanjing)
    assert {guesser.get(f"/desk/join/AAAAAA{number:02}/").status_code for number in range(60)} == {404}
    assert [guesser.get(f"/desk/join/{typed}/").status_code for typed in ("AAAAAA99", code)] == [429, 429]
    assert [
        browser_with(nanjing).get(f"/desk/join/{code}/", REMOTE_ADDR=f"192.0.2.{n}").status_code for n in (7, 8)
    ] == [200] * 2


def test_a_code_is_good_once(nanjing, keeper):
    _row, code = made(nanjing, keeper)
    answers = [browser_with(nanjing).post(f"/desk/join/{code}/") for _twice in range(2)]
    assert [(one.status_code, settings.DESK_DEVICE_COOKIE_NAME in one.cookies) for one in answers] == [
        (302, True),
        (422, False),
    ]
    assert "这个代码不能用" in text(answers[1])


def test_after_ten_minutes_a_code_is_not_good_and_another_is_made(nanjing, keeper):
    row, code = made(nanjing, keeper, at=clock.now() - rules.CODE_LIFE)
    assert browser_with(nanjing).get(f"/desk/join/{code}/").status_code == 404
    hers = browser(keeper, bound=True)
    hers.post(f"/desk/devices/{row.pk}/code/")
    assert browser_with(nanjing).post(f"/desk/join/{code}/").status_code == 422
    way = hers.get(f"/desk/devices/{row.pk}/").context["address"]
    assert browser_with(nanjing).post("/" + way.split("/", 3)[-1]).status_code == 302
    toasted = hers.post(f"/desk/devices/{row.pk}/code/", follow=True)
    assert "这台设备已经加入" in text(toasted)


def test_a_code_of_one_library_is_not_good_in_another(nanjing, shenzhen, keeper):
    _row, code = made(nanjing, keeper)
    assert browser_with(shenzhen).post(f"/desk/join/{code}/").status_code == 422
    _device, client = joined(nanjing, keeper)
    there = browser_with(shenzhen, client.cookies[settings.DESK_DEVICE_COOKIE_NAME].value)
    assert there.get("/desk/").url.startswith("/sign-in/")


@pytest.mark.parametrize(
    ("stay", "ends"),
    [(Stay.TONIGHT, (12, 23, 59)), (Stay.THREE_DAYS, (14, 23, 59)), (Stay.MONTH, (41 - 30, 23, 59))],
)
def test_it_ends_with_the_last_minute_of_its_last_day(stay, ends):
    zone = ZoneInfo("Asia/Shanghai")
    midnight = datetime(2027, 4, 12, tzinfo=zone)
    last = rules.ends_at(stay, midnight=midnight, at=midnight + timedelta(hours=9))
    assert (last.day, last.hour, last.minute) == ends


def test_one_that_is_made_in_the_last_minute_of_a_day_is_good_as_long_as_its_code(nanjing, keeper):
    at = datetime(2027, 4, 12, 23, 59, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    row, _code = made(nanjing, keeper, at=at)
    assert (row.expires_at, state_of(row, at=at)) == (at + rules.CODE_LIFE, DeskDeviceState.WAITS)


@pytest.mark.parametrize(
    ("joined_at", "revoked_at", "minutes", "state"),
    [
        (None, None, 0, DeskDeviceState.WAITS),
        (None, None, 10, DeskDeviceState.CODE_EXPIRED),
        (0, None, 10, DeskDeviceState.JOINED),
        (0, 5, 10, DeskDeviceState.REVOKED),
        (0, None, 60, DeskDeviceState.EXPIRED),
        (None, None, 60, DeskDeviceState.EXPIRED),
        (0, 5, 60, DeskDeviceState.REVOKED),
    ],
)
def test_states(joined_at, revoked_at, minutes, state):
    start = datetime(2027, 4, 12, 9, tzinfo=ZoneInfo("Asia/Shanghai"))

    def after(count):
        return None if count is None else start + timedelta(minutes=count)

    found = rules.state_of(
        joined_at=after(joined_at),
        code_until=after(10),
        expires_at=after(60),
        revoked_at=after(revoked_at),
        at=after(minutes),
    )
    assert found == state


# --- What it does and sees -----------------------------------------------------------------


def test_it_lets_a_family_in_under_its_own_name_and_nobody_elses(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    device, tablet = joined(nanjing, keeper)
    assert 'data-kind="good"' in text(ask(tablet, session, code=row.ticket, way="camera"))
    again = text(ask(tablet, session, code=row.ticket, way="camera"))
    assert ('data-kind="again"' in again, "由门口平板核对" in again) == (True, True)
    with inside(nanjing):
        told = Scan.objects.order_by("pk").values_list("outcome", "by", "device", "desk_device")
        assert list(told) == [
            ("admitted", None, None, device.pk),
            ("already_here", None, None, device.pk),
        ]


def test_it_ticks_and_unticks_and_the_journal_says_which_device_it_was(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    scanned(nanjing, session, row, keeper)
    device, tablet = joined(nanjing, keeper)
    seat = seats(nanjing, row)[0]
    for part in ("untick", "tick"):
        tablet.post(f"/desk/{session.code}/seats/{seat.pk}/{part}/", {"client_id": uuid4()})
    assert here(nanjing, session) == 2
    with inside(nanjing):
        lines = JournalLine.objects.filter(verb__in=["door.ticked", "door.unticked"]).order_by("pk")
        assert list(lines.values_list("verb", "actor_id", "values")) == [
            ("door.unticked", None, {"desk_device": device.pk}),
            ("door.ticked", None, {"desk_device": device.pk}),
        ]


def test_names_are_cut_short_and_of_needs_it_says_only_that_there_are_some(nanjing, keeper):
    session, row, by = party_at_the_door(nanjing, children=1, adults=1)
    with inside(nanjing):
        Child.objects.update(name="王小雨", needs="对花生过敏")
        Person.objects.filter(pk=by.pk).update(name="李芳")
    _device, tablet = joined(nanjing, keeper)
    page = text(tablet.get(f"/desk/{session.code}/"))
    card = text(ask(tablet, session, code=row.ticket))
    for shown in (page, card):
        assert [word in shown for word in ("*雨", "小雨", "王", "花生", "李", "/plan/")] == [True] + [False] * 5
    assert ("door-flag" in page, "请叫工作人员" in card) == (True, True)
    with inside(nanjing):
        assert JournalLine.objects.filter(verb=CHILD_READ).count() == 0


@pytest.mark.parametrize(("asked", "found"), [("小雨", 1), ("李芳", 0), ("8010", 0), ("", 1)])
def test_it_finds_children_by_name_and_nobody_by_telephone(nanjing, keeper, asked, found):
    session, _row, by = party_at_the_door(nanjing)
    with inside(nanjing):
        Child.objects.update(name="王小雨")
        Person.objects.filter(pk=by.pk).update(name="李芳")
    _device, tablet = joined(nanjing, keeper)
    assert len(tablet.get(f"/desk/{session.code}/", {"q": asked}).context["parties"]) == found


def test_it_adds_a_grown_up_and_no_brother_by_his_name(nanjing, keeper):
    session = story_hour(nanjing)
    household, by = family(nanjing, children=2)
    row = sign_up(nanjing, session, household, by)
    session = opened(nanjing, session)
    _device, tablet = joined(nanjing, keeper)
    card = ask(tablet, session, code=row.ticket)
    with inside(nanjing):
        brother = Child.objects.order_by("pk").last()
    assert (brother.code in text(card), card.context["card"].party.to_add) == (False, [])
    address = f"/desk/{session.code}/sign-ups/{row.code}/add/"
    assert tablet.post(address, {"client_id": uuid4(), "child": brother.code}).status_code == 404
    assert tablet.post(address, {"client_id": uuid4(), "child": ""}).status_code == 200
    assert here(nanjing, session) == 2


def test_it_opens_the_doors_of_its_place_today_and_no_others(nanjing, keeper):
    session, _row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        tomorrow = another(nanjing, session.activity, later=timedelta(days=4))
    tomorrow = opened(nanjing, tomorrow, starts_in=timedelta(days=1, minutes=10))
    _device, tablet = joined(nanjing, keeper)
    lines = tablet.get("/desk/").context["lines"]
    assert [line.session.pk for line in lines] == [session.pk]
    assert [tablet.get(f"/desk/{one.code}/").status_code for one in (session, tomorrow)] == [200, 404]
    _device, elsewhere = joined(nanjing, keeper, area="玄武区")
    assert (elsewhere.get(f"/desk/{session.code}/").status_code, elsewhere.get("/desk/").context["lines"]) == (404, [])


def test_it_reaches_nothing_but_the_desk(nanjing, keeper):
    _device, tablet = joined(nanjing, keeper)
    for address in ("/desk/devices/", "/desk/devices/add/", "/plan/", "/plan/today/", "/me/", "/cms/"):
        answer = tablet.get(address)
        assert (address, answer.status_code, "sign-in" in answer.get("Location", "")) == (address, 302, True)
    guarded = [
        row for row in ROWS.values() if row.nobody == "sign-in" and "{" not in row.address and row.method == "get"
    ]
    told = {row.address: tablet.get(row.address).status_code for row in guarded if row.address != "/desk/"}
    assert {address for address, status in told.items() if status not in {302, 404}} == set()
    assert len(told) > 50


def test_somebody_signed_in_who_may_is_that_person_on_a_joined_device_too(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    _device, tablet = joined(nanjing, keeper)
    hers = browser(keeper, bound=True)
    hers.cookies.update(tablet.cookies)
    ask(hers, session, code=row.ticket)
    with inside(nanjing):
        assert list(Scan.objects.values_list("by", "desk_device")) == [(keeper.pk, None)]


def test_a_reader_whose_phone_joined_is_the_device(nanjing, keeper):
    session, row, by = party_at_the_door(nanjing)
    device, tablet = joined(nanjing, keeper)
    hers = browser(by, second_factor=False)
    assert hers.get("/desk/").status_code == 403
    hers.cookies.update(tablet.cookies)
    assert hers.get("/desk/").status_code == 200
    ask(hers, session, code=row.ticket)
    with inside(nanjing):
        assert list(Scan.objects.values_list("by", "desk_device")) == [(None, device.pk)]


# --- Its end -------------------------------------------------------------------------------


def test_revoked_it_is_told_so_in_words_and_by_a_red_card(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    device, tablet = joined(nanjing, keeper)
    browser(keeper, bound=True).post(f"/desk/devices/{device.pk}/revoke/")
    page, card = tablet.get("/desk/"), ask(tablet, session, code=row.ticket)
    assert (page.status_code, "这台设备已停用" in text(page)) == (403, True)
    assert (card.status_code, 'data-kind="bad"' in text(card), "设备已停用" in text(card)) == (410, True, True)
    assert ask(tablet, session, card=False, code=row.ticket).status_code == 403
    assert here(nanjing, session) == 0
    with inside(nanjing):
        row = DeskDevice.objects.get()
        assert (row.revoked_by, JournalLine.objects.filter(verb="door.device_revoked").count()) == (keeper, 1)


def test_when_its_time_is_over_it_is_told_so(nanjing, keeper):
    device, tablet = joined(nanjing, keeper)
    with inside(nanjing):
        DeskDevice.objects.filter(pk=device.pk).update(
            made_at=clock.now() - timedelta(days=1), expires_at=clock.now() - timedelta(minutes=1)
        )
    page = tablet.get("/desk/")
    assert (page.status_code, "使用期限已到" in text(page)) == (403, True)


def test_a_revoked_device_joins_anew_and_is_another(nanjing, keeper):
    device, tablet = joined(nanjing, keeper)
    with inside(nanjing):
        commands.revoke(desk_device=device, by=keeper, at=clock.now())
    _row, code = made(nanjing, keeper, name="新平板")
    tablet.post(f"/desk/join/{code}/")
    assert "新平板" in text(tablet.get("/desk/"))


def test_a_code_that_was_revoked_lets_nobody_join(nanjing, keeper):
    row, code = made(nanjing, keeper)
    browser(keeper, bound=True).post(f"/desk/devices/{row.pk}/revoke/")
    assert browser_with(nanjing).post(f"/desk/join/{code}/").status_code == 422


def test_that_it_lives_is_written_once_a_minute(nanjing, keeper):
    device, tablet = joined(nanjing, keeper)
    with inside(nanjing):
        long_ago = clock.now() - timedelta(minutes=5)
        DeskDevice.objects.filter(pk=device.pk).update(last_seen_at=long_ago)
    counts = []
    for _twice in range(2):
        with CaptureQueriesContext(connection) as asked:
            tablet.get("/desk/")
        counts.append(sum("UPDATE" in one["sql"] for one in asked))
    with inside(nanjing):
        assert (counts, DeskDevice.objects.get().last_seen_at > long_ago) == ([1, 0], True)


# --- Who looks after them ------------------------------------------------------------------


def test_a_keeper_makes_them_for_her_own_place_alone_and_sees_no_others(nanjing, keeper, planner):
    district = staff(nanjing, "13800138009", Role.KEEPER, area="玄武区", name="周敏")
    row, _code = made(nanjing, planner)
    hers = browser(district, bound=True)
    assert hers.get("/desk/devices/").context["table"].lines == []
    assert [
        hers.get(f"/desk/devices/{row.pk}/").status_code,
        hers.post(f"/desk/devices/{row.pk}/revoke/").status_code,
    ] == [
        404,
        404,
    ]
    answer = hers.post("/desk/devices/add/", {"name": "平板", "area": row.area_id, "stay": "tonight"})
    assert answer.status_code == 422
    assert browser(staff(nanjing, "13800138021", Role.EDITOR, name="何平")).get("/desk/devices/").status_code == 403


def test_the_list_asks_the_same_for_one_and_for_four(nanjing, planner):
    client = browser(planner)
    joined(nanjing, planner)
    client.get("/desk/devices/")
    counts = []
    for more in (0, 3):
        for _each in range(more):
            joined(nanjing, planner)
        with CaptureQueriesContext(connection) as asked:
            client.get("/desk/devices/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- Kept ----------------------------------------------------------------------------------


def test_the_database_holds_one_device_to_one_asker_and_to_a_month(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    device, tablet = joined(nanjing, keeper)
    ask(tablet, session, code=row.ticket)
    with inside(nanjing):
        for rows, harm in (
            (Scan.objects.all(), {"by": keeper}),
            (DeskDevice.objects.all(), {"expires_at": device.made_at + timedelta(days=32)}),
            (DeskDevice.objects.all(), {"secret_hash": None}),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**harm)


def test_it_goes_once_no_check_in_names_it(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    device, tablet = joined(nanjing, keeper)
    ask(tablet, session, code=row.ticket)
    later = device.expires_at + timedelta(days=1)
    devices, scans = holdings["door.desk_devices"].retention, holdings["door.check_ins"].retention
    with inside(nanjing), transaction.atomic():
        assert devices.due(later).count() == 0
        assert scans.purge(later, 10, later) == 1
        assert (devices.due(later).count(), devices.purge(later, 10, later)) == (1, 1)
        assert (DeskDevice.objects.count(), CheckIn.objects.count()) == (0, 2)


def test_of_a_member_of_staff_who_goes_the_device_stays_without_a_name(nanjing, keeper):
    joined(nanjing, keeper)
    with inside(nanjing), transaction.atomic():
        (section,) = holdings["door.desk_devices"].export(Owner(person=keeper))
        assert [line[0] for line in section.rows] == ["门口平板"]
        assert holdings["door.desk_devices"].erase(Owner(person=keeper), clock.now()) == 1
        row = DeskDevice.objects.get()
        assert (row.made_by, state_of(row, at=clock.now())) == (None, DeskDeviceState.JOINED)


def test_a_join_code_that_is_gone_is_refused_by_the_command_too(nanjing, keeper):
    row, code = made(nanjing, keeper)
    with inside(nanjing):
        commands.join(code=code, at=clock.now())
        with pytest.raises(Refused) as no:
            commands.join(code=code, at=clock.now())
        assert no.value.codes == ("join_code_gone",)
        with pytest.raises(Refused) as no:
            commands.new_code(desk_device=row, by=keeper, at=clock.now())
        assert no.value.codes == ("joins_no_more",)
