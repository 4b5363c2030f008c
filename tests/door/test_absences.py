"""未到: who did not come is looked at, excused, entered late, and settled once."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import clock
from networks.models import Fact, JournalLine, inside
from networks.registers import listeners, listens_inside
from people.choices import Role
from people.models import Household
from people.registers.holdings import Owner, holdings
from programmes.door.choices import Excuse
from programmes.door.commands import settling
from programmes.door.listeners.after import settle
from programmes.door.messages import ABSENCE_LIFTED, ABSENT, SESSION_SETTLED
from programmes.door.models import Absence, CheckIn, Scan, Settlement
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Session
from tests.browsers import browser, staff
from tests.door.diaries import over
from tests.door.doors import opened, scanned
from tests.signup.signing import another, family, sign_up, story_hour, wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


@pytest.fixture
def facts():
    """What was told, in its order."""
    kinds = (ABSENT, ABSENCE_LIFTED, SESSION_SETTLED)
    for kind in kinds:
        listens_inside(kind, name=f"test.{kind}")(lambda _fact: None)
    yield lambda: list(Fact.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", "payload"))
    for kind in kinds:
        del listeners[f"test.{kind}"]


def evening(network, keeper, *, came=1, missing=2, hours=2, session=None):
    """A session that is over: so many families were let in, so many were not; each of a child and a grown-up."""
    session = session or story_hour(network)
    rows = [sign_up(network, session, *family(network), adults=1) for _one in range(came + missing)]
    session = opened(network, session)
    for row in rows[:came]:
        scanned(network, session, row, keeper)
    return over(network, session, hours=hours), rows[:came], rows[came:]


def told(network, *names):
    with inside(network):
        return list(Absence.objects.order_by("pk").values_list(*names or ("registration",), flat=len(names) < 2))


def settlement(network):
    with inside(network):
        return Settlement.objects.first()


def keep(person):
    return browser(person, bound=True)


def address(session, more=""):
    return f"/plan/sessions/{session.code}/absent/{more}"


# --- By itself ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "grace", "is_settled"),
    [(23, None, False), (25, None, True), (25, 48, False), (49, 48, True)],
)
def test_after_its_time_a_session_is_settled_by_itself(nanjing, facts, hours, grace, is_settled):
    if grace is not None:
        nanjing.rules = {**nanjing.rules, "absence_hours": grace}
        nanjing.save()
    keeper = staff(nanjing, "13800138003", Role.KEEPER, name="陈静")
    session, _came, missing = evening(nanjing, keeper, hours=hours)
    settle()
    settle()
    assert told(nanjing) == ([row.pk for row in missing] if is_settled else [])
    with inside(nanjing):
        absent = [(ABSENT, {"registration": row.pk}) for row in missing]
        whole = (SESSION_SETTLED, {"session": session.pk, "was_kept": True, "by": None})
        assert facts() == ([*absent, whole] if is_settled else [])
    if is_settled:
        row = settlement(nanjing)
        assert (row.expected, row.absent, row.empty_seats, row.by, row.was_kept) == (3, 2, 0, None, True)


def test_what_was_moved_in_the_last_moment_is_not_settled(nanjing, keeper):
    session, _came, _missing = evening(nanjing, keeper, hours=25)
    opened(nanjing, session)
    with inside(nanjing):
        assert settling.settle_by_itself(session_id=session.pk, at=clock.now()) is False


def test_where_nobody_was_checked_in_nothing_is_settled_by_itself(nanjing, keeper):
    session, _came, _missing = evening(nanjing, keeper, came=0, hours=30)
    with inside(nanjing):
        Session.objects.filter(pk=session.pk).update(place_kind=PlaceKind.PARTNER, place_name="玄武湖书店")
    settle()
    assert (told(nanjing), settlement(nanjing)) == ([], None)
    page = keep(keeper).get("/plan/today/")
    assert [line.count for line in page.context["waits"] if "names=unkept" in line.address] == [1]


def test_what_was_called_off_is_never_settled(nanjing, keeper):
    session, _came, _missing = evening(nanjing, keeper, hours=30)
    with inside(nanjing):
        Session.objects.filter(pk=session.pk).update(called_off_at=clock.now(), call_off_reason="停电")
    settle()
    assert settlement(nanjing) is None


def test_who_only_waited_and_who_cancelled_was_not_expected(nanjing, keeper):
    session = story_hour(nanjing, places=2)
    came = sign_up(nanjing, session, *family(nanjing, children=2), children=2)
    waited = wait(nanjing, session, *family(nanjing))
    session = opened(nanjing, session)
    scanned(nanjing, session, came, keeper)
    over(nanjing, session, hours=30)
    settle()
    row = settlement(nanjing)
    assert ((row.expected, row.absent), told(nanjing), waited.ended_at) == ((1, 0), [], None)


def test_seats_of_a_party_that_came_stay_empty_and_are_no_absence(nanjing, keeper):
    session = story_hour(nanjing)
    row = sign_up(nanjing, session, *family(nanjing, children=3), children=3, adults=1)
    session = opened(nanjing, session)
    scanned(nanjing, session, row, keeper)
    with inside(nanjing):
        CheckIn.objects.filter(seat__in=CheckIn.objects.values("seat")[:2]).update(
            undone_at=clock.now() + timedelta(hours=1)
        )
    over(nanjing, session, hours=30)
    settle()
    found = settlement(nanjing)
    assert (found.expected, found.absent, found.empty_seats, told(nanjing)) == (1, 0, 2, [])


# --- By staff --------------------------------------------------------------------------------


def test_families_are_excused_or_entered_with_one_tap_each(nanjing, keeper, facts):
    session, _came, (ill, late, absent) = evening(nanjing, keeper, missing=3)
    client = keep(keeper)
    page = client.get(address(session))
    assert [line.party.code for line in page.context["roll"].missing] == [ill.code, late.code, absent.code]
    assert client.post(address(session, f"{ill.code}/excuse/"), {"excuse": "ill", "note": "发烧"}).status_code == 302
    assert client.post(address(session, f"{late.code}/late/")).status_code == 302
    assert client.post(address(session, "settle/")).status_code == 302
    rows = told(nanjing, "registration", "excuse", "note", "excused_by")
    assert rows == [(ill.pk, Excuse.ILL, "发烧", keeper.pk), (absent.pk, "", "", None)]
    with inside(nanjing):
        assert [kind for kind, _payload in facts()] == [ABSENT, SESSION_SETTLED]
        scan = Scan.objects.get(way="late")
        assert (scan.registration, scan.at, scan.outcome, scan.by) == (late, session.starts_at, "admitted", keeper)
        assert CheckIn.objects.filter(scan=scan, at=session.starts_at).count() == 2
        found = Settlement.objects.get()
        assert (found.expected, found.absent, found.by) == (4, 2, keeper)
    assert client.post(address(session, "settle/")).status_code == 422


def test_all_of_a_door_that_was_not_kept_came(nanjing, keeper):
    session, _came, missing = evening(nanjing, keeper, came=0, missing=3)
    client = keep(keeper)
    assert client.post(address(session, "settle/")).status_code == 422
    listed = [row.code for row in missing[:2]]
    assert client.post(address(session, "all-came/"), {"registrations": listed}).status_code == 302
    with inside(nanjing):
        assert CheckIn.objects.filter(session=session, undone_at=None).count() == 4
    page = client.get(address(session))
    assert [line.party.code for line in page.context["roll"].missing] == [missing[2].code]
    assert client.post(address(session, "not-kept/")).status_code == 422


def test_of_a_door_that_was_not_kept_nobody_is_counted_absent(nanjing, keeper, facts):
    session, _came, missing = evening(nanjing, keeper, came=0, hours=30)
    client = keep(keeper)
    assert client.post(address(session, "not-kept/")).status_code == 302
    settle()
    found = settlement(nanjing)
    assert (found.was_kept, found.expected, found.absent, told(nanjing)) == (False, len(missing), 0, [])
    with inside(nanjing):
        assert facts() == [(SESSION_SETTLED, {"session": session.pk, "was_kept": False, "by": keeper.pk})]
    assert "无人值守签到，不计未到" in client.get(address(session)).content.decode()


def test_after_settling_it_is_corrected_with_a_reason_and_told_once(nanjing, keeper, facts):
    session, _came, (late, excused) = evening(nanjing, keeper, hours=30)
    settle()
    client = keep(keeper)
    assert client.post(address(session, f"{late.code}/late/")).status_code == 422
    for _again in range(2):
        client.post(address(session, f"{late.code}/late/"), {"reason": "签到台断网"})
        client.post(address(session, f"{excused.code}/excuse/"), {"excuse": "told"})
    with inside(nanjing):
        lifted = [payload for kind, payload in facts() if kind == ABSENCE_LIFTED]
        assert lifted == [{"registration": late.pk, "why": "came"}, {"registration": excused.pk, "why": "excused"}]
        row = Absence.objects.get(registration=late)
        assert (row.correction, row.corrected_by, row.counts) == ("签到台断网", keeper, False)
        assert JournalLine.objects.filter(verb="door.absence_corrected", reason="签到台断网").count() == 1
    assert client.post(address(session, f"{late.code}/excuse/"), {"excuse": "ill"}).status_code == 422


def test_a_device_that_tells_late_lifts_an_absence(nanjing, keeper, facts):
    session, _came, (late, _other) = evening(nanjing, keeper, hours=30)
    settle()
    scanned(nanjing, session, late, keeper, at=session.starts_at)
    settle()
    settle()
    with inside(nanjing):
        assert [payload for kind, payload in facts() if kind == ABSENCE_LIFTED] == [
            {"registration": late.pk, "why": "came"}
        ]
        assert [row.counts for row in Absence.objects.order_by("pk")] == [False, True]


def test_an_excuse_of_a_family_that_came_after_all_is_needed_no_more(nanjing, keeper):
    session, _came, (late, _other) = evening(nanjing, keeper, hours=2)
    client = keep(keeper)
    client.post(address(session, f"{late.code}/excuse/"), {"excuse": "ill"})
    client.post(address(session, f"{late.code}/late/"))
    assert told(nanjing) == []


ACTS = st.lists(st.sampled_from(["excuse", "late", "settle", "by itself", "scan"]), max_size=7)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_in_whatever_order_and_how_often_a_family_is_absent_once_or_not(nanjing, keeper, acts):
    _in_any_order(nanjing, keeper, acts)


def _in_any_order(network, keeper, acts):
    session, _came, (row, _other) = evening(network, keeper, hours=30, session=_fresh(network))
    heard = []
    for kind in (ABSENT, ABSENCE_LIFTED):
        listens_inside(kind, name=f"test.{kind}")(lambda _fact: None)
    try:
        for act in acts:
            _act(network, session, row, keeper, act)
        settle()
        with inside(network):
            mine = Fact.objects.filter(kind__in=(ABSENT, ABSENCE_LIFTED), payload__registration=row.pk).order_by("pk")
            heard = list(mine.values_list("kind", flat=True))
            absence = Absence.objects.filter(registration=row).first()
            came = CheckIn.objects.filter(seat__registration=row, undone_at=None).exists()
    finally:
        for kind in (ABSENT, ABSENCE_LIFTED):
            del listeners[f"test.{kind}"]
    # Told at most once each, and the last word is what the row says.
    assert heard in ([], [ABSENT], [ABSENT, ABSENCE_LIFTED])
    assert (heard == [ABSENT]) == bool(absence and absence.counts)
    assert not (came and absence and absence.counts)


def _fresh(network):
    with inside(network):
        before = Session.objects.order_by("pk").first()
    if before is None:
        return story_hour(network)
    return another(network, before.activity, later=timedelta(days=3 + Session._base_manager.count()))


def _act(network, session, row, keeper, act):
    at = clock.now()
    with inside(network):
        try:
            if act == "excuse":
                settling.excuse(registration=row, why=Excuse.ILL, words="", by=keeper, at=at)
            elif act == "late":
                settling.enter(session=session, rows=[row], reason="补", by=keeper, device=None, at=at)
            elif act == "settle":
                settling.settle(session=session, by=keeper, at=at)
        except settling.Refused:
            return
    if act == "by itself":
        settle()
    elif act == "scan":
        scanned(network, session, row, keeper, at=session.starts_at)


# --- What others see -----------------------------------------------------------------------------


def test_a_family_sees_a_plain_word_on_its_ticket(nanjing, keeper):
    _session, _came, (absent, excused) = evening(nanjing, keeper, hours=30)
    client, tickets = Client(HTTP_HOST="nanjing.test"), (absent.ticket, excused.ticket)
    assert ["未签到" in client.get(f"/t/{code}/").content.decode() for code in tickets] == [False, False]
    settle()
    with inside(nanjing):
        settling.excuse(registration=excused, why=Excuse.TOLD, words="", by=keeper, at=clock.now())
    pages = [client.get(f"/t/{code}/").content.decode() for code in tickets]
    assert [("未签到" in page, "已请假" in page, "失信" in page) for page in pages] == [
        (True, False, False),
        (False, True, False),
    ]


@pytest.mark.parametrize(("role", "status"), [(Role.KEEPER, 200), (Role.PLANNER, 200), (Role.DISTRICT_LIBRARIAN, 404)])
def test_who_may_look(nanjing, keeper, role, status):
    session, _came, missing = evening(nanjing, keeper)
    client = keep(staff(nanjing, "13800138020", role, name="何平"))
    assert client.get(address(session)).status_code == status
    posted = client.post(address(session, f"{missing[0].code}/late/")).status_code
    assert posted == (302 if status == 200 else 404)


def test_names_that_are_read_leave_a_line_and_the_page_asks_the_same_for_one_and_for_four(nanjing, keeper):
    session, _came, _missing = evening(nanjing, keeper, missing=1)
    client = keep(keeper)
    client.get(address(session))
    with CaptureQueriesContext(connection) as one:
        client.get(address(session))
    with inside(nanjing):
        more = another(nanjing, session.activity, later=timedelta(days=4))
    session, _came, _missing = evening(nanjing, keeper, missing=4, session=more)
    client.get(address(session))
    with CaptureQueriesContext(connection) as four:
        page = client.get(address(session))
    assert (len(four), len(page.context["roll"].missing)) == (len(one), 4)


# --- Kept ------------------------------------------------------------------------------------------


def test_a_family_takes_its_absences_home_and_they_go_with_it(nanjing, keeper):
    _session, _came, (absent, _other) = evening(nanjing, keeper, hours=30)
    settle()
    with inside(nanjing), transaction.atomic():
        owner = Owner(households=(Household.objects.get(pk=absent.household_id),))
        (section,) = holdings["door.absences"].export(owner)
        assert len(section.rows) == 1
        assert holdings["door.absences"].erase(owner, clock.now()) == 1
        assert (Absence.objects.count(), Settlement.objects.get().absent) == (1, 2)


def test_after_their_time_absences_go_and_their_number_stays(nanjing, keeper):
    session, _came, _missing = evening(nanjing, keeper)
    with inside(nanjing):
        settling.settle(session=session, by=keeper, at=clock.now())
        kept, later = holdings["door.absences"].retention, clock.now()
        with transaction.atomic():
            assert (kept.due(session.ends_at).count(), kept.purge(later, 10, later)) == (0, 2)
        found = Settlement.objects.get()
        assert (Absence.objects.count(), found.absent, found.by) == (0, 2, None)
