"""A device without a network: what it takes along, what it brings back, and what is shown of it afterwards."""

import gzip
import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import clock, sealed
from networks.models import JournalLine, inside
from people.choices import Role
from people.messages import CHILD_READ
from people.models import Child, Grant, Household
from programmes.door.choices import SAID_BY_A_DESK, Way
from programmes.door.models import CheckIn, Scan
from programmes.door.queries.disputes import disputed
from programmes.door.queries.roster import tail_hash
from programmes.planning.models import Session
from programmes.planning.steps.sessions import publish_sessions
from programmes.signup.commands.changing import cancel
from programmes.signup.models import Registration, Seat
from programmes.signup.models.registration import TICKET
from programmes.signup.rules.tickets import new_ticket, ticket_hash
from tests.browsers import browser, person, staff
from tests.door.doors import here, opened, party_at_the_door, scanned, seats
from tests.door.uploads import bring, line
from tests.people import homes
from tests.planning import plans
from tests.signup.signing import another, family, sign_up, story_hour
from venues.models import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


@pytest.fixture
def desk(keeper):
    return browser(keeper, bound=True)


def roster(desk, session):
    return desk.get(f"/desk/{session.code}/roster/").json()


def beside(nanjing, session):
    """A family at another door of the same place and day."""
    with inside(nanjing):
        other = another(nanjing, session.activity)
    return party_at_the_door(nanjing, session=other)


def text(answer):
    return answer.content.decode()


def disputes(desk, session):
    """As the door tells them; what waits for staff goes by the same."""
    page = desk.get(f"/desk/{session.code}/")
    with inside(session.network):
        is_disputed = disputed(Session.objects.filter(pk=session.pk)).exists()
    assert is_disputed == bool(page.context["disputes"])
    return [(one.word, one.who, len(one.scans)) for one in page.context["disputes"]]


# --- What it takes along ---------------------------------------------------------------------


def test_the_roster_holds_no_ticket_no_telephone_and_no_whole_name(nanjing, desk):
    mother, session = person(nanjing, "13800138010", name="王芳"), story_hour(nanjing)
    row = sign_up(nanjing, session, homes.home(nanjing, mother, children=2), mother, children=2, adults=1)
    session = opened(nanjing, session)
    told = desk.get(f"/desk/{session.code}/roster/")
    (party,) = told.json()["parties"]
    with inside(nanjing):
        names = [seat.child.name for seat in row.seats.all() if seat.child is not None]
        secrets = [row.ticket, row.ticket[-6:], "38010", "王芳", *names]
    assert [secret for secret in secrets if secret in told.content.decode()] == []
    assert told.json()["hosts"] == ["nanjing.test"]
    assert party["t"] == tail_hash(row.ticket[-6:], told.json()["salt"])
    assert [name for _seat, name, _here in party["k"]] == [*(f"*{name[1:]}" for name in names), "大人"]
    assert told["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_whoever_takes_it_along_leaves_a_line_for_each_child(nanjing, keeper, desk):
    session, _row, _by = party_at_the_door(nanjing, children=2)
    for _time in range(2):
        roster(desk, session)
    with inside(nanjing):
        assert JournalLine.objects.filter(actor_id=keeper.pk, verb=CHILD_READ).count() == 2


def test_it_says_who_left_and_who_is_here_since_when_and_by_whom(nanjing, keeper, desk):
    session, here_row, _by = party_at_the_door(nanjing)
    gone_home = family(nanjing)
    gone = sign_up(nanjing, opened(nanjing, session, starts_in=timedelta(days=3)), *gone_home)
    with inside(nanjing):
        cancel(registration=gone, by=gone_home[1], at=clock.now())
    session = opened(nanjing, session)
    scanned(nanjing, session, here_row.ticket, keeper)
    told = roster(desk, session)
    assert [
        (party.get("s", "holds"), party.get("n", "")[:1], party.get("a", [0, ""])[1]) for party in told["parties"]
    ] == [
        ("holds", "*", "陈*"),
        ("ended", "", ""),
    ]


def test_who_stands_at_the_wrong_door_of_a_house_hears_where_to_go(nanjing, desk):
    session, wrong = in_two_rooms(nanjing)
    told = roster(desk, session)
    assert told["beside"] == [[tail_hash(wrong.ticket[-6:], told["salt"]), 0]]
    assert [one.split("\n")[1:] for one in told["sessions"]] == [["小种子", "清凉门阅读空间 · 二号厅"]]


def in_two_rooms(nanjing):
    """A session in one room, and a family that is signed up for the one in the other."""
    activity = story_hour(nanjing).activity
    with inside(nanjing):
        room = plans.room()
        hall = Room.objects.create(venue=room.venue, name="二号厅", capacity=20)
        soon = clock.now() + timedelta(days=3)
        made = [plans.session(soon, activity=activity, room=one) for one in (room, hall)]
        with transaction.atomic():
            publish_sessions(made, by=None, at=clock.now())
    wrong = sign_up(nanjing, made[1], *family(nanjing))
    opened(nanjing, made[1])
    return opened(nanjing, made[0]), wrong


@pytest.mark.parametrize(
    ("starts_in", "status"),
    [(timedelta(hours=24), 200), (timedelta(hours=26), 404), (timedelta(hours=-12), 200), (timedelta(hours=-15), 404)],
)
def test_a_roster_is_given_from_a_day_before_until_half_a_day_after(nanjing, desk, starts_in, status):
    session, _row, _by = party_at_the_door(nanjing)
    session = opened(nanjing, session, starts_in=starts_in)
    assert desk.get(f"/desk/{session.code}/roster/").status_code == status


def test_a_roster_of_five_hundred_is_light_and_takes_as_many_statements_as_one_of_five(nanjing, desk):
    session, row, _by = party_at_the_door(nanjing, places=None)
    crowd(nanjing, session, row, 4)
    few = counted(desk, session)
    crowd(nanjing, session, row, 495)
    many = counted(desk, session)
    assert (len(few[0]["parties"]), len(many[0]["parties"]), few[1]) == (5, 500, many[1])
    assert len(gzip.compress(json.dumps(many[0]).encode())) < 60 * 1024


def crowd(nanjing, session, row, many):
    """Families of one child each, by rows: their sign-up is told elsewhere."""
    with inside(nanjing), transaction.atomic():
        households = Household.objects.bulk_create([Household() for _one in range(many)])
        tickets = [new_ticket(nanjing.code) for _one in households]
        rows = Registration.objects.bulk_create(
            Registration(
                session=session,
                household=home,
                request_key=uuid4(),
                counted=1,
                adults=1,
                ticket_hash=ticket_hash(ticket, nanjing.code),
                ticket_sealed=sealed.seal(ticket, network_code=nanjing.code, purpose=TICKET),
            )
            for home, ticket in zip(households, tickets, strict=True)
        )
        names = ["王小雨", "李思源", "欧阳子墨", "陈一诺", "周可心"]
        children = Child.objects.bulk_create(
            Child(household=home, name=f"{names[place % 5]}{chr(0x4E00 + place)}", birth_month=date(2020, 5, 1))
            for place, home in enumerate(households)
        )
        Seat.objects.bulk_create(
            Seat(registration=one, session=session, child=child) for one, child in zip(rows, children, strict=True)
        )
        Seat.objects.bulk_create(Seat(registration=one, session=session) for one in rows)


def counted(desk, session):
    roster(desk, session)
    with CaptureQueriesContext(connection) as asked:
        told = roster(desk, session)
    return told, len(asked)


# --- What it brings back ---------------------------------------------------------------------


def test_what_it_let_in_counts_as_it_happened_and_once(nanjing, keeper, desk):
    session, row, _by = party_at_the_door(nanjing, children=2)
    asker = roster(desk, session)["asker"]
    colleague = browser(staff(nanjing, "13800138033", Role.KEEPER, name="李娜"), bound=True)
    one = line(row, asker=asker)
    for _time in range(3):
        answer = bring(colleague, session, one)
    assert answer.json() == {"taken": [one["client_id"]]}
    with inside(nanjing):
        (scan,) = Scan.objects.select_related("by")
        told = (scan.by, scan.is_offline, scan.outcome, abs(scan.skew_seconds) <= 1, scan.device.person)
    assert (told, here(nanjing, session)) == ((keeper, True, "admitted", True, keeper), 3)
    assert disputes(desk, session) == []


def test_a_clock_that_is_a_day_wrong_is_set_right_and_the_skew_kept(nanjing, desk):
    session, row, _by = party_at_the_door(nanjing)
    asker, day = roster(desk, session)["asker"], 24 * 60 * 60 * 1000
    now = int(clock.now().timestamp() * 1000)
    bring(desk, session, line(row, asker=asker, at=now - day), sent=now - day)
    with inside(nanjing):
        (scan,) = Scan.objects.all()
    assert abs(scan.at - clock.now()) < timedelta(seconds=5)
    assert abs(scan.skew_seconds - 86400) <= 1


def test_nothing_happened_before_any_roster_was_given(nanjing, keeper, desk):
    """A made-up line from long ago would be the first scan of all, and take every check-in over."""
    session, row, _by = party_at_the_door(nanjing)
    scanned(nanjing, session, row.ticket, keeper, at=clock.now() - timedelta(minutes=3))
    bring(desk, session, line(row, minutes=60 * 24 * 300), line(row, minutes=60 * 24 * 2))
    with inside(nanjing):
        assert set(CheckIn.objects.values_list("scan__is_offline", flat=True)) == {False}
        told = Scan.objects.filter(is_offline=True)
        assert all(clock.now() - scan.at < timedelta(minutes=1) for scan in told)


def test_those_who_were_unticked_before_it_came_back_are_not_here(nanjing, keeper, desk):
    session, row, _by = party_at_the_door(nanjing, children=2)
    first, second, _grown_up = seats(nanjing, row)
    bring(desk, session, line(row, seats=[first.pk]))
    assert here(nanjing, session) == 1
    bring(desk, session, line(None, kind="tick", seat=second.pk), line(None, kind="untick", seat=first.pk))
    with inside(nanjing):
        assert list(CheckIn.objects.filter(undone_at=None).values_list("seat", flat=True)) == [second.pk]
        ticks = JournalLine.objects.filter(verb__in=["door.ticked", "door.unticked"]).order_by("pk")
        told = list(ticks.values_list("verb", "subject_id", "actor_id"))
    assert told == [("door.ticked", second.pk, keeper.pk), ("door.unticked", first.pk, keeper.pk)]


def test_a_seat_that_was_unticked_later_stays_so_when_the_scan_arrives(nanjing, keeper, desk):
    session, row, _by = party_at_the_door(nanjing)
    scanned(nanjing, session, row.ticket, keeper, at=clock.now() - timedelta(minutes=3))
    with inside(nanjing):
        (seat, grown_up) = CheckIn.objects.order_by("seat").values_list("seat", flat=True)
    desk.post(f"/desk/{session.code}/seats/{grown_up}/untick/", {"client_id": str(uuid4())})
    bring(desk, session, line(row, minutes=2))
    with inside(nanjing):
        assert list(CheckIn.objects.filter(undone_at=None).values_list("seat", flat=True)) == [seat]


def test_who_was_let_in_on_trust_and_is_signed_up_was_let_in_rightly(nanjing, desk):
    session, row, _by = party_at_the_door(nanjing)
    bring(desk, session, line(None, outcome="on_trust", code=row.ticket))
    with inside(nanjing):
        assert list(Scan.objects.values_list("outcome", "registration")) == [("admitted", row.pk)]
    assert (here(nanjing, session), disputes(desk, session)) == (2, [])


# --- What is shown of it afterwards -----------------------------------------------------------


@pytest.mark.parametrize(("how_many", "stands_open"), [(2, True), (3, False)])
def test_many_of_them_are_folded_away_while_families_come(nanjing, desk, how_many, stands_open):
    session, _row, _by = party_at_the_door(nanjing)
    bring(desk, session, *(line(None, outcome="on_trust", code=f"ZZZZ0{number}") for number in range(how_many)))
    page = desk.get(f"/desk/{session.code}/").content.decode()
    assert (f"离线期间有 {how_many} 条放行" in page, 'class="door-disputes" open' in page) == (True, stands_open)


def test_two_devices_that_let_in_one_party_are_shown_until_somebody_has_looked(nanjing, keeper, desk):
    session, row, _by = party_at_the_door(nanjing)
    bring(desk, session, line(row, minutes=1))
    assert disputes(desk, session) == []
    bring(desk, session, line(row, minutes=4))
    with inside(nanjing):
        name = row.seats.exclude(child=None).get().child.name
        assert CheckIn.objects.values("scan").distinct().count() == 1
        assert CheckIn.objects.first().at < clock.now() - timedelta(minutes=3)
    assert disputes(desk, session) == [("两台设备都放行了", f"*{name[1:]}", 2)]
    page = desk.get(f"/desk/{session.code}/")
    scans = [scan.pk for one in page.context["disputes"] for scan in one.scans]
    assert desk.post(f"/desk/{session.code}/seen/", {"scan": scans})["Location"] == f"/desk/{session.code}/"
    assert disputes(desk, session) == []
    with inside(nanjing):
        assert set(Scan.objects.values_list("seen_by", flat=True)) == {keeper.pk}


def test_who_cancelled_waits_or_is_known_to_nobody_is_shown(nanjing, desk):
    session, row, by = party_at_the_door(nanjing)
    session = opened(nanjing, session, starts_in=timedelta(days=3))
    waiting = sign_up(nanjing, session, *family(nanjing))
    with inside(nanjing):
        cancel(registration=row, by=by, at=clock.now())
    session = opened(nanjing, session)
    with inside(nanjing):
        Registration.objects.filter(pk=waiting.pk).update(state="waits", waits_from=waiting.made_at)
    bring(desk, session, line(row), line(waiting), line(None, outcome="on_trust", code="ABC123"), line(None))
    assert sorted((word, scans) for word, _who, scans in disputes(desk, session)) == sorted(
        [
            ("取消之后放行了", 1),
            ("没有名额，放行了", 1),
            ("先放行了，但没有报名这一场", 1),
            ("先放行了，但没有报名这一场", 1),
        ]
    )


def test_what_nobody_has_looked_at_waits_once_the_session_is_over(nanjing, desk):
    """Whoever brings it back the next morning does not stand at that door any more."""
    session, row, _by = party_at_the_door(nanjing)
    bring(desk, session, line(row))
    opened(nanjing, session, starts_in=timedelta(hours=-12))

    def waits():
        page = desk.get("/plan/today/")
        return [told.count for told in page.context["waits"] if "alone=unseen" in told.address]

    notice, link = "离线期间的放行需要核实", f'href="/desk/{session.code}/"'
    assert (waits(), notice in text(desk.get(f"/plan/sessions/{session.code}/"))) == ([], False)
    bring(desk, session, line(row, minutes=1))
    assert (waits(), notice in text(desk.get(f"/plan/sessions/{session.code}/"))) == ([1], True)
    found = desk.get("/plan/diaries/?alone=unseen")
    assert (found.context["table"].count, link in text(found)) == (1, True)
    with inside(nanjing):
        scans = list(Scan.objects.values_list("pk", flat=True))
    desk.post(f"/desk/{session.code}/seen/", {"scan": scans})
    assert (waits(), desk.get("/plan/diaries/?alone=unseen").context["table"].count) == ([], 0)


def test_whom_a_device_let_in_to_what_had_been_called_off_is_shown(nanjing, desk):
    session, row, _by = party_at_the_door(nanjing)
    bring(desk, session, line(row, minutes=5))
    with inside(nanjing):
        off = {"called_off_at": clock.now() - timedelta(minutes=3), "call_off_reason": "停电"}
        Session.objects.filter(pk=session.pk).update(**off)
        assert not disputed(Session.objects.filter(pk=session.pk)).exists()
        Scan.objects.all().delete()
    bring(desk, session, line(row, minutes=1))
    assert [word for word, _who, _scans in disputes(desk, session)] == ["活动取消之后放行了"]


def test_ticks_of_whoever_has_no_place_are_shown_as_well(nanjing, desk):
    session, row, _by = party_at_the_door(nanjing)
    first, second = seats(nanjing, row)
    bring(desk, session, line(row), line(None, kind="tick", seat=first.pk))
    assert disputes(desk, session) == []
    with inside(nanjing):
        Registration.objects.filter(pk=row.pk).update(state="waits", waits_from=row.made_at)
        Scan.objects.all().delete()
    bring(desk, session, line(None, kind="tick", seat=second.pk))
    assert [word for word, _who, _scans in disputes(desk, session)] == ["没有名额，放行了"]


# --- Bad input --------------------------------------------------------------------------------

BAD = [
    b"",
    b"[]",
    b"{}",
    b'{"sent": "x", "lines": []}',
    b'{"sent": 1, "lines": {}}',
    b'{"sent": 1, "lines": [1]}',
    b'{"sent": 1e400, "lines": []}',
    b'{"sent": 1, "lines": ' + b"[" * 3000 + b"]" * 3000 + b"}",
    b"\xff\xfe",
    json.dumps({"sent": 1, "lines": [{}] * 51}).encode(),
]


@pytest.mark.parametrize("body", BAD)
def test_what_has_another_shape_is_not_taken(nanjing, desk, body):
    session, _row, _by = party_at_the_door(nanjing)
    answer = desk.post(f"/desk/{session.code}/upload/", body, content_type="application/json")
    assert (answer.status_code, here(nanjing, session)) == (400, 0)


def test_lines_that_no_device_of_ours_can_have_said_change_nothing(nanjing, desk):
    session, row, _by = party_at_the_door(nanjing)
    elsewhere, other, _they = beside(nanjing, session)
    (seat, _grown_up) = seats(nanjing, other)
    bad = [
        line(row, client_id="x"),
        line(row, at=-1),
        line(row, at=10**18),
        line(row, outcome="'; DROP TABLE door_scan; --"),
        line(row, kind="open"),
        line(row, seats="all"),
        line(row, seats=[True]),
        line(row, seats=list(range(1, 300))),
        line(None, kind="tick"),
        line(None, kind="tick", seat=seat.pk),
        line(None, kind="untick", seat=2**60),
    ]
    assert bring(desk, session, *bad).json() == {"taken": [one["client_id"] for one in bad]}
    with inside(nanjing):
        assert Scan.objects.count() == 0
    bring(desk, session, line(other))
    assert (here(nanjing, session), here(nanjing, elsewhere)) == (0, 0)


@pytest.mark.parametrize("way", [way for way in Way if way not in SAID_BY_A_DESK])
def test_no_device_says_that_it_was_asked_in_a_way_that_would_hide_what_it_did(nanjing, desk, way):
    """Ticks and late entries are no disputes; somebody added at the door can be taken back."""
    session, row, _by = party_at_the_door(nanjing)
    scan = {"client_id": str(uuid4()), "code": row.ticket, "way": way.value}
    for address in ("ask", "scan"):
        assert desk.post(f"/desk/{session.code}/{address}/", scan).status_code == 400
    bring(desk, session, line(row, way=way.value), line(None, outcome="on_trust", code="ABC123", way=way.value))
    with inside(nanjing):
        assert (Scan.objects.count(), here(nanjing, session)) == (0, 0)


def test_an_asker_of_another_session_or_not_of_our_making_says_nothing(nanjing, keeper, desk):
    session, row, _by = party_at_the_door(nanjing)
    elsewhere, _other, _they = beside(nanjing, session)
    forged = signing.dumps([session.pk, keeper.pk, 0, 0], salt="another")
    colleague = staff(nanjing, "13800138033", Role.KEEPER, name="李娜")
    askers = [roster(desk, elsewhere)["asker"], forged, "x" * 300]
    desk = browser(colleague, bound=True)
    for asker in askers:
        bring(desk, session, line(row, asker=asker))
    with inside(nanjing):
        assert set(Scan.objects.values_list("by", flat=True)) == {colleague.pk}


def test_whoever_keeps_no_door_hears_so_and_nothing_else(nanjing, keeper, desk):
    """Nobody, a reader, and a keeper whose time is over."""
    assert desk.get("/desk/ping/").status_code == 200
    with inside(nanjing):
        Grant.objects.filter(person=keeper).update(ends_at=clock.now())
    reader = browser(person(nanjing, "13800138010", name="王芳"))
    for client in (Client(HTTP_HOST="nanjing.test"), reader, desk):
        answer = client.get("/desk/ping/")
        assert (answer.status_code, sorted(answer.json())) == (401, ["now"])


# --- Any order, any number --------------------------------------------------------------------


@st.composite
def uploads(draw):
    """The scans of two families by two devices, of some of their seats or all, sent several times in any order."""
    scans = draw(
        st.lists(
            st.tuples(st.integers(0, 1), st.integers(0, 40), st.none() | st.sets(st.integers(0, 2), min_size=1)),
            min_size=1,
            max_size=4,
        )
    )
    keyed = [(str(uuid4()), *scan) for scan in scans]
    return [draw(st.permutations(keyed)) + draw(st.lists(st.sampled_from(keyed), max_size=3)) for _time in range(2)]


@pytest.fixture
def two_families(nanjing):
    session, first, _by = party_at_the_door(nanjing, children=2)
    second = sign_up(
        nanjing, opened(nanjing, session, starts_in=timedelta(days=3)), *family(nanjing, children=2), children=2
    )
    return opened(nanjing, session), [first, second]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=uploads())
def test_the_same_scans_in_any_order_and_number_are_the_same_rows(nanjing, desk, two_families, orders):
    session, parties = two_families
    places = [[seat.pk for seat in seats(nanjing, row)] for row in parties]
    start, kept = int((clock.now() - timedelta(minutes=50)).timestamp() * 1000), []
    for order in orders:
        for key, party, minutes, some in order:
            told = None if some is None else [places[party][one] for one in some if one < len(places[party])]
            bring(desk, session, line(parties[party], client_id=key, at=start + minutes * 60_000, seats=told))
        with inside(nanjing):
            came = CheckIn.objects.order_by("seat").values_list("seat", "at", "scan__client_id", "undone_at")
            asked = Scan.objects.order_by("client_id").values_list("client_id", "registration", "at", "outcome")
            kept.append((list(came), list(asked), sorted(disputes(desk, session))))
            Scan.objects.all().delete()
    assert kept[0] == kept[1]
