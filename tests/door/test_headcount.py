"""Heads are counted by several hands at once, from paper afterwards, and put right with a word why."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import clock
from kit.refusals import Refused
from networks.models import JournalLine, Network, inside
from people.choices import Role
from programmes.door.choices import Method, TallyKind
from programmes.door.commands.counting import Said, Tap, correct, count, enter_list
from programmes.door.commands.desk_devices import revoke
from programmes.door.models import Headcount, Tally
from programmes.door.queries.attendance import Attendance, Heads, attendance_of
from programmes.door.rules.counting import day_of, days_of
from programmes.planning.models import Session
from programmes.signup.choices import Way
from tests.browsers import browser, staff
from tests.door.desk_devices import joined
from tests.door.doors import opened, party_at_the_door, scanned
from tests.signup.signing import another, story_hour

pytestmark = pytest.mark.django_db

BESIDE = re.compile(r'id="door-counted"><span>另点</span> <b class="numbers">([0-9]+)</b>')


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


@pytest.fixture
def show(nanjing):
    """An exhibition that nobody signs up for, open now."""
    return opened(nanjing, story_hour(nanjing, terms={"way": Way.FREE}))


def tap(adults=0, children=0, *, key=None, at=None):
    return Tap(key or uuid4(), adults, children, at or clock.now())


def counted(network, session, *taps, by=None, at=None):
    with inside(network):
        return count(session=session, taps=taps, by=by, at=at or clock.now())


def sums(network, session):
    with inside(network):
        rows = Headcount.objects.filter(session=session).order_by("day")
        return [(row.adults, row.children) for row in rows]


def said(session, adults, children, *, note="", method=Method.COUNTED, key=None):
    return Said(key or uuid4(), days_of(session)[0], adults, children, method, note)


def post(client, session, part, **sent):
    headers = {"X-Count": "1"} if sent.pop("by_script", False) else {}
    return client.post(f"/desk/{session.code}/count/{part}/", sent, headers=headers)


def text(answer):
    return answer.content.decode()


# --- Taps ----------------------------------------------------------------------------------


def test_the_taps_of_two_hands_are_added(nanjing, nanjing_cast, show, keeper):
    for by in (keeper, nanjing_cast["planner"]):
        assert counted(nanjing, show, tap(1), tap(0, 1), tap(0, 1), by=by) == 0
    assert sums(nanjing, show) == [(2, 4)]
    with inside(nanjing):
        assert set(Tally.objects.values_list("kind", "method")) == {("tap", "counted")}
        assert Tally.objects.filter(by=keeper).count() == 3


def test_sent_twice_alone_or_among_others_a_tap_counts_once(nanjing, show):
    first, second = tap(1), tap(0, 1)
    counted(nanjing, show, first)
    counted(nanjing, show, second, first)
    counted(nanjing, show, first, second)
    assert sums(nanjing, show) == [(1, 1)]


def test_nobody_is_counted_below_zero_and_the_other_taps_count(nanjing, show):
    assert counted(nanjing, show, tap(-1)) == 1
    at = clock.now()
    late = at + timedelta(seconds=1)
    assert counted(nanjing, show, tap(0, 1, at=at), tap(-1, at=at), tap(0, 1, at=late), at=late) == 1
    assert sums(nanjing, show) == [(0, 2)]


def test_the_database_holds_no_sum_below_zero(nanjing, show):
    counted(nanjing, show, tap(1))
    with inside(nanjing), pytest.raises(IntegrityError, match="nobody_is_counted_below_zero"), transaction.atomic():
        Headcount.objects.update(adults=-1)


def test_a_device_without_a_person_counts_too(nanjing, show):
    counted(nanjing, show, tap(1), by=None)
    with inside(nanjing):
        assert list(Tally.objects.values_list("by", flat=True)) == [None]


@pytest.mark.parametrize(
    ("starts_in", "code"),
    [(timedelta(minutes=61), "too_early"), (-timedelta(days=8), "too_late")],
)
def test_before_the_door_opens_and_long_after_nobody_is_counted(nanjing, show, starts_in, code):
    with pytest.raises(Refused) as told:
        counted(nanjing, opened(nanjing, show, starts_in=starts_in), tap(1))
    assert (told.value.codes, sums(nanjing, show)) == ((code,), [])


def test_a_library_may_take_numbers_for_longer(nanjing, show):
    Network.objects.filter(pk=nanjing.pk).update(rules={"count_days_after": 30})
    longer = Network.objects.get(pk=nanjing.pk)
    counted(longer, opened(nanjing, show, starts_in=-timedelta(days=8)), tap(1))
    assert sums(nanjing, show) == [(1, 0)]


def test_what_is_called_off_is_not_counted(nanjing, show):
    with inside(nanjing):
        Session.objects.update(called_off_at=clock.now(), call_off_reason="停电")
        off = Session.objects.select_related("activity", "area").get(pk=show.pk)
    with pytest.raises(Refused) as told:
        counted(nanjing, off, tap(1))
    assert told.value.codes == ("called_off",)


def test_an_exhibition_is_counted_day_by_day(nanjing, show):
    with inside(nanjing):
        row = opened(nanjing, show, starts_in=-timedelta(days=2))
        ends_at = row.starts_at + timedelta(days=5)
        Session.objects.filter(pk=row.pk).update(ends_at=ends_at, occupies=(row.starts_at, ends_at))
        row = Session.objects.get(pk=row.pk)
    at = clock.now()
    counted(nanjing, row, tap(1, at=at - timedelta(days=1)), tap(0, 1, at=at), at=at)
    assert (sums(nanjing, row), len(days_of(row))) == ([(1, 0), (0, 1)], 6)
    assert day_of(row, at + timedelta(days=9)) == days_of(row)[-1]
    with inside(nanjing):
        assert attendance_of([row])[row.pk].counted == Heads(1, 1)


lines = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)])),
    max_size=12,
    unique_by=lambda t: t[0],
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(lines, max_size=6))
def test_in_whatever_order_and_number_taps_arrive_the_sum_is_that_of_its_lines(nanjing, show, batches):
    with inside(nanjing):
        Tally.objects.all().delete()
        Headcount.objects.all().delete()
    at, steps = clock.now(), {}
    for batch in batches:
        for number, step in batch:
            steps.setdefault(number, step)
        taps = [tap(*steps[number], key=UUID(int=number), at=at) for number, _step in batch]
        if taps:
            counted(nanjing, show, *taps, at=at)
        with inside(nanjing):
            rows = list(Tally.objects.values_list("client_id", "adults", "children"))
        assert len({key for key, *_step in rows}) == len(rows)
        total = (sum(row[1] for row in rows), sum(row[2] for row in rows))
        assert (sums(nanjing, show) or [(0, 0)]) == [total]
        assert min(total) >= 0
    sent = {number for batch in batches for number, _step in batch}
    ups = {UUID(int=number) for number in sent if sum(steps[number]) > 0}
    with inside(nanjing):
        assert ups <= set(Tally.objects.values_list("client_id", flat=True))


# --- From paper, and put right -------------------------------------------------------------


def test_a_paper_list_is_added_once_and_journaled(nanjing, show, keeper):
    after = opened(nanjing, show, starts_in=-timedelta(days=2))
    paper = said(after, 37, 52, note="纸质签到表", method=Method.ESTIMATED)
    with inside(nanjing):
        told = [enter_list(session=after, said=paper, by=keeper, at=clock.now()) for _twice in range(2)]
        line = JournalLine.objects.get(verb="door.list_entered")
        assert (told, line.actor_id, line.reason) == ([True, False], keeper.pk, "纸质签到表")
        assert (line.values["adults"], line.values["children"], line.values["method"]) == (37, 52, "estimated")
    assert sums(nanjing, show) == [(37, 52)]


def test_a_correction_keeps_the_old_number_and_says_why(nanjing, show, keeper):
    counted(nanjing, show, tap(1), tap(0, 1))
    with inside(nanjing):
        right = said(show, 4, 0, note="重复点了")
        for _twice in range(2):
            correct(session=show, was=(1, 1), said=right, by=keeper, at=clock.now())
        line = JournalLine.objects.get(verb="door.count_corrected")
        assert (line.values["adults"], line.values["children"], line.reason) == ([1, 4], [1, 0], "重复点了")
        assert Tally.objects.get(kind=TallyKind.CORRECTION).children == -1
    assert sums(nanjing, show) == [(4, 0)]


def test_a_correction_overwrites_nobody_who_counted_meanwhile(nanjing, show, keeper):
    counted(nanjing, show, tap(1))
    with inside(nanjing), pytest.raises(Refused) as told:
        correct(session=show, was=(0, 0), said=said(show, 5, 5, note="x"), by=keeper, at=clock.now())
    assert (told.value.codes, sums(nanjing, show)) == (("counted_meanwhile",), [(1, 0)])
    with inside(nanjing), pytest.raises(Refused) as told:
        correct(session=show, was=(1, 0), said=said(show, 1, 0, note="x"), by=keeper, at=clock.now())
    assert told.value.codes == ("nothing_changed",)


# --- How many truly came -------------------------------------------------------------------


def test_who_is_checked_in_and_who_is_counted_are_told_apart(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=2, adults=1)
    scanned(nanjing, session, row, keeper)
    counted(nanjing, session, tap(1), tap(0, 1), tap(0, 1))
    with inside(nanjing):
        enter_list(session=session, said=said(session, 0, 3, method=Method.GATE), by=keeper, at=clock.now())
        came = attendance_of([session])[session.pk]
    assert came == Attendance(Heads(1, 2), Heads(1, 5), (Method.COUNTED, Method.GATE))
    assert (came.heads, came.heads.all, came.is_exact) == (Heads(2, 7), 9, True)


def test_a_session_to_which_nobody_came_has_nobody(nanjing, show):
    with inside(nanjing):
        assert attendance_of([show]) == {show.pk: Attendance()}


def test_the_numbers_of_many_sessions_take_four_statements(nanjing, show):
    with inside(nanjing):
        more = [another(nanjing, show.activity, later=timedelta(days=4 + number)) for number in range(3)]
        for sessions in ([show], [show, *more]):
            with CaptureQueriesContext(connection) as asked:
                attendance_of(sessions)
            assert len([one for one in asked.captured_queries if "set_config" not in one["sql"]]) == 4


# --- The page ------------------------------------------------------------------------------


def test_each_press_without_scripts_is_a_form(nanjing, show, keeper):
    client, key = browser(keeper, bound=True), uuid4()
    for _twice in range(2):
        answer = post(client, show, "tap", client_id=key, tap="children 1")
        assert (answer.status_code, answer["Location"]) == (302, f"/desk/{show.code}/count/")
    assert sums(nanjing, show) == [(0, 1)]
    post(client, show, "tap", client_id=uuid4(), tap="adults -1")
    assert "没有可减的人数" in text(client.get(f"/desk/{show.code}/count/"))


def test_gathered_taps_are_answered_with_the_sums_of_all_hands(nanjing, nanjing_cast, show, keeper):
    counted(nanjing, show, tap(1), by=nanjing_cast["planner"])
    gathered = [f"{uuid4()} children 1 3", f"{uuid4()} adults 1 0", f"{uuid4()} children 1 0"]
    answer = post(browser(keeper, bound=True), show, "tap", by_script=True, tap=gathered)
    page = text(answer)
    assert (answer.status_code, 'data-adults="2"' in page, 'data-children="2"' in page) == (200, True, True)
    assert ("<!doctype" in page, "陈*" in page) == (False, True)
    with inside(nanjing):
        oldest = Tally.objects.order_by("at")[0]
        assert timedelta(seconds=2) < oldest.received_at - oldest.at < timedelta(seconds=4)


def test_a_device_brings_its_taps_on_the_next_day_as_well_and_a_revoked_one_never(nanjing, show, keeper):
    device, tablet = joined(nanjing, keeper)
    with time_machine.travel(show.ends_at + timedelta(hours=24), tick=False):
        assert post(tablet, show, "tap", tap=f"{uuid4()} children 1 {25 * 60 * 60}").status_code == 302
        with inside(nanjing):
            revoke(desk_device=device, by=keeper, at=clock.now())
        assert post(tablet, show, "tap", tap=f"{uuid4()} children 1 {25 * 60 * 60}").status_code == 403
    assert sums(nanjing, show) == [(0, 1)]


@pytest.mark.parametrize(
    "sent", [{}, {"tap": "adults 1"}, {"tap": "x adults 1 0"}, {"tap": f"{uuid4()} adults 2 0"}, {"tap": "dogs 1"}]
)
def test_what_no_page_sends_is_a_bad_request(nanjing, show, keeper, sent):
    answer = post(browser(keeper, bound=True), show, "tap", **sent)
    assert (answer.status_code, sums(nanjing, show)) == (400, [])


def test_too_early_is_said_in_place(nanjing, show, keeper):
    early = opened(nanjing, show, starts_in=timedelta(hours=3))
    client = browser(keeper, bound=True)
    bare = post(client, early, "tap", client_id=uuid4(), tap="adults 1")
    scripted = post(client, early, "tap", by_script=True, tap=f"{uuid4()} adults 1 0")
    assert (bare.status_code, scripted.status_code) == (422, 422)
    assert ["签到开始后才能点数" in text(page) for page in (bare, scripted)] == [True, True]
    assert "heads-more" not in text(client.get(f"/desk/{early.code}/count/"))


def test_paper_and_corrections_are_entered_on_the_page(nanjing, show, keeper):
    client, day = browser(keeper, bound=True), days_of(show)[0]
    numbers = {"day": day, "adults": 37, "children": 52, "method": "gate"}
    answer = post(client, show, "list", client_id=uuid4(), note="闸机读数", **numbers)
    assert (answer.status_code, sums(nanjing, show)) == (302, [(37, 52)])
    right = {**numbers, "adults": 36, "was_adults": 37, "was_children": 52}
    no_reason = post(client, show, "correct", client_id=uuid4(), **right)
    assert (no_reason.status_code, sums(nanjing, show)) == (422, [(37, 52)])
    stale = post(client, show, "correct", client_id=uuid4(), reason="多点了", **{**right, "was_adults": 1})
    assert ("期间又有人点数" in text(stale), 'name="was_adults" value="37"' in text(stale)) == (True, True)
    assert post(client, show, "correct", client_id=uuid4(), reason="多点了", **right).status_code == 302
    assert sums(nanjing, show) == [(36, 52)]
    page = text(client.get(f"/desk/{show.code}/count/"))
    assert ("闸机读数" in page, "多点了" in page, "闸机" in page) == (True, True, True)
    nothing = post(client, show, "list", client_id=uuid4(), day=day, adults=0, children=0, method="counted")
    assert nothing.status_code == 422


def test_the_desk_leads_straight_to_the_count_where_nobody_signs_up(nanjing, show, keeper):
    client = browser(keeper, bound=True)
    counted(nanjing, show, tap(1), tap(0, 1))
    page = text(client.get("/desk/"))
    assert (f'href="/desk/{show.code}/count/"' in page, "点数 2" in page) == (True, True)
    today = text(client.get("/plan/today/"))
    assert (f'href="/desk/{show.code}/count/"' in today, f'href="/desk/{show.code}/"' in today) == (True, False)
    assert "儿童 1，大人 1" in today


def test_a_sessions_page_for_staff_says_who_came(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=1, adults=1)
    scanned(nanjing, session, row, keeper)
    counted(nanjing, session, tap(0, 1))
    page = text(browser(keeper, bound=True).get(f"/plan/sessions/{session.code}/"))
    assert ("儿童 2 人，大人 1 人" in page, f"/desk/{session.code}/count/" in page) == (True, True)


def test_the_page_asks_the_same_for_one_tally_and_for_many(nanjing, show, keeper):
    client, address = browser(keeper, bound=True), f"/desk/{show.code}/count/"
    numbers = []
    for more in (1, 5):
        with inside(nanjing):
            for _one in range(more):
                enter_list(session=show, said=said(show, 1, 1), by=keeper, at=clock.now())
        counted(nanjing, show, *(tap(1) for _one in range(more)), by=keeper)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


# --- Beside the check-ins ------------------------------------------------------------------


def test_the_door_says_how_many_were_counted_beside_those_who_are_checked_in(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    scanned(nanjing, session, row, keeper)
    client = browser(keeper, bound=True)
    door, roster = f"/desk/{session.code}/", f"/desk/{session.code}/roster/"
    assert (BESIDE.search(text(client.get(door))), client.get(roster).json()["counted"]) == (None, 0)
    counted(nanjing, session, tap(2, 5), tap(-1), by=keeper)
    found = BESIDE.search(text(client.get(door)))
    assert (found and found[1], client.get(roster).json()["counted"]) == ("6", 6)


def lasts(network, session, *, until):
    """Since two days ago."""
    begins, ends = clock.now() - timedelta(days=2), clock.now() + until
    with inside(network):
        Session.objects.filter(pk=session.pk).update(starts_at=begins, ends_at=ends, occupies=(begins, ends))


def test_what_runs_for_days_is_on_the_desk_on_each_of_them(nanjing, keeper, show):
    client, address = browser(keeper, bound=True), f"/desk/{show.code}/count/"
    seen = []
    for until in (timedelta(days=2), -timedelta(days=1)):
        lasts(nanjing, show, until=until)
        seen.append(address in text(client.get("/desk/")))
    assert seen == [True, False]
