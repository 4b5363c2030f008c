"""Who is let in, who is not, what is counted, and what a door keeps of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock, sealed
from kit.refusals import Refused
from networks.models import JournalLine, Network, inside
from people.models import Child, ReaderNumber
from people.models.child import READER_NUMBER
from people.queries.reader_numbers import index_of_number
from programmes.door.choices import Outcome, Way
from programmes.door.commands.checking_in import add, tick, untick
from programmes.door.models import CheckIn, Scan
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.commands.changing import cancel
from programmes.signup.models import Places, Registration, Seat, Terms
from tests.door.doors import asking, here, opened, party_at_the_door, scanned, seats
from tests.people import homes
from tests.signup.signing import another, family, sign_up, story_hour, wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing_cast):
    return nanjing_cast["keeper"]


def test_the_whole_party_is_let_in_by_one_scan(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=2, adults=1)
    answer = scanned(nanjing, session, f"https://nanjing.test/t/{row.ticket}/", keeper)
    assert (answer.outcome, answer.first, here(nanjing, session)) == (Outcome.ADMITTED, None, 3)


@pytest.mark.parametrize(
    "spell", [str.lower, lambda code: f"{code[:4]} {code[4:8]}-{code[8:]}", lambda code: code[-6:]]
)
def test_a_ticket_is_found_however_it_is_typed(nanjing, keeper, spell):
    session, row, _by = party_at_the_door(nanjing)
    answer = scanned(nanjing, session, spell(row.ticket), keeper)
    assert (answer.outcome, answer.registration) == (Outcome.ADMITTED, row)


def test_the_last_six_are_asked_for_within_the_session_alone(nanjing, keeper):
    session, _row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        beside = another(nanjing, session.activity)
    _other, elsewhere, _they = party_at_the_door(nanjing, session=beside)
    answer = scanned(nanjing, session, elsewhere.ticket[-6:], keeper)
    assert (answer.outcome, answer.registration) == (Outcome.UNKNOWN, None)


def test_who_comes_again_hears_when_and_by_whom_it_was_let_in(nanjing, nanjing_cast, keeper):
    session, row, _by = party_at_the_door(nanjing)
    at = clock.now()
    scanned(nanjing, session, row.ticket, keeper, at=at)
    again = scanned(nanjing, session, row.ticket, nanjing_cast["planner"], at=at + timedelta(minutes=2))
    assert (again.outcome, again.first.at, again.first.scan.by) == (Outcome.ALREADY_HERE, at, keeper)
    with inside(nanjing):
        assert list(Scan.objects.order_by("at").values_list("outcome", flat=True)) == ["admitted", "already_here"]
    assert here(nanjing, session) == 2


def test_the_same_request_is_the_same_answer(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    key = uuid4()
    told = [scanned(nanjing, session, row.ticket, keeper, key=key).outcome for _one in range(3)]
    with inside(nanjing):
        assert (told, Scan.objects.count(), here(nanjing, session)) == ([Outcome.ADMITTED] * 3, 1, 2)


@pytest.mark.parametrize(
    ("starts_in", "told"),
    [(timedelta(minutes=61), Outcome.TOO_EARLY), (-timedelta(hours=6), Outcome.OVER)],
)
def test_doors_open_an_hour_before_and_close_half_an_hour_after(nanjing, keeper, starts_in, told):
    session, row, _by = party_at_the_door(nanjing)
    answer = scanned(nanjing, opened(nanjing, session, starts_in=starts_in), row.ticket, keeper)
    assert (answer.outcome, here(nanjing, session)) == (told, 0)


def test_a_library_may_open_its_doors_later(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    Network.objects.filter(pk=nanjing.pk).update(rules={"door_opens_minutes": 5})
    assert scanned(Network.objects.get(pk=nanjing.pk), session, row.ticket, keeper).outcome == Outcome.TOO_EARLY


def test_families_of_other_sessions_are_not_let_in(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        later, beside = (another(nanjing, session.activity, later=timedelta(days=days)) for days in (5, 4))
    other_day = sign_up(nanjing, later, *family(nanjing))
    assert scanned(nanjing, session, other_day.ticket, keeper).outcome == Outcome.ANOTHER_DAY
    beside = opened(nanjing, beside, starts_in=timedelta(minutes=10, seconds=1))
    assert scanned(nanjing, beside, row.ticket, keeper).outcome == Outcome.ANOTHER_SESSION
    assert (here(nanjing, session), here(nanjing, beside)) == (0, 0)


def test_who_waits_asks_or_has_cancelled_is_not_let_in(nanjing, keeper):
    session = story_hour(nanjing, places=1, terms={"waits": True})
    row = sign_up(nanjing, session, *family(nanjing))
    waits = wait(nanjing, session, *family(nanjing))
    door = opened(nanjing, session)
    assert scanned(nanjing, door, waits.ticket, keeper).outcome == Outcome.WAITING_LIST
    with inside(nanjing):
        Registration.objects.filter(pk=row.pk).update(state=State.ASKED)
    assert scanned(nanjing, door, row.ticket, keeper).outcome == Outcome.UNAPPROVED
    with inside(nanjing):
        Registration.objects.filter(pk=row.pk).update(ended_at=clock.now(), ending="by_family", state=State.HOLDS)
    assert scanned(nanjing, door, row.ticket, keeper).outcome == Outcome.CANCELLED
    assert here(nanjing, session) == 0


def test_a_session_that_was_called_off_lets_nobody_in(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        Session.objects.filter(pk=session.pk).update(called_off_at=clock.now(), call_off_reason="停电")
    assert scanned(nanjing, session, row.ticket, keeper).outcome == Outcome.CALLED_OFF


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("https://qr.alipay.com/fkx01234abcdefghij", Outcome.UNKNOWN),
        ("'; DROP TABLE door_scan; --", Outcome.UNKNOWN),
        ("", Outcome.UNKNOWN),
        ("苏A12345", Outcome.UNKNOWN),
        ("0000 0000 0000 0000", Outcome.UNKNOWN),
        ("https://shenzhen.test/t/0000000000000000/", Outcome.FOREIGN),
        ("x" * 300, Outcome.UNKNOWN),
    ],
)
def test_of_a_code_that_nobody_here_made_nothing_is_kept_but_that_it_was_shown(nanjing, keeper, read, told):
    session, _row, _by = party_at_the_door(nanjing)
    assert scanned(nanjing, session, read, keeper).outcome == told
    with inside(nanjing):
        (kept,) = Scan.objects.values_list("outcome", "registration", "way")
    assert kept == (told, None, Way.CAMERA)


def test_a_ticket_of_another_city_is_not_of_this_library(nanjing, shenzhen, keeper):
    session, _row, _by = party_at_the_door(nanjing)
    _there, theirs, _they = party_at_the_door(shenzhen)
    assert scanned(nanjing, session, f"https://shenzhen.test/t/{theirs.ticket}/", keeper).outcome == Outcome.FOREIGN
    assert scanned(nanjing, session, theirs.ticket, keeper).outcome == Outcome.UNKNOWN


def test_a_reader_number_finds_the_registration_of_its_family(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        child = Child.objects.get(seats__registration=row)
        ReaderNumber.objects.create(
            child=child,
            number_sealed=sealed.seal("NJ0012345", network_code=nanjing.code, purpose=READER_NUMBER),
            number_index=index_of_number("NJ0012345", network=nanjing),
        )
    answer = scanned(nanjing, session, "nj 0012345", keeper, way=Way.SCANNER)
    assert (answer.outcome, answer.registration, answer.scan.way) == (Outcome.ADMITTED, row, Way.READER_NUMBER)


# --- Ticks ---------------------------------------------------------------------------------


def test_who_has_not_come_is_unticked_and_comes_later(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=2, adults=1)
    scanned(nanjing, session, row.ticket, keeper)
    seat = seats(nanjing, row)[0]
    with inside(nanjing):
        assert [untick(seat=seat, by=keeper, at=clock.now()) for _twice in range(2)] == [True, False]
        assert here(nanjing, session) == 2
        key = uuid4()
        for _twice in range(2):
            assert tick(seat=seat, asking=asking(keeper, way=Way.LIST, key=key)).outcome == Outcome.ADMITTED
        assert CheckIn.objects.filter(seat=seat).count() == 2
        lines = JournalLine.objects.filter(verb__startswith="door.").order_by("pk")
        assert list(lines.values_list("verb", "actor_id")) == [
            ("door.unticked", keeper.pk),
            ("door.ticked", keeper.pk),
        ]
    assert here(nanjing, session) == 3


def test_a_party_of_whom_nobody_had_come_after_all_is_let_in_anew(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    scanned(nanjing, session, row.ticket, keeper)
    with inside(nanjing):
        for seat in seats(nanjing, row):
            untick(seat=seat, by=keeper, at=clock.now())
    assert here(nanjing, session) == 0
    assert (scanned(nanjing, session, row.ticket, keeper).outcome, here(nanjing, session)) == (Outcome.ADMITTED, 2)


# --- Somebody more -------------------------------------------------------------------------


def brother(network, *, places=3, adults=0):
    """A family of two children of whom one is signed up; the other stands beside it."""
    session = story_hour(network, places=places)
    household, by = family(network, children=2)
    row = sign_up(network, session, household, by, adults=adults)
    return opened(network, session), row, homes.children_of(household)[1]


def test_a_brother_takes_a_free_place_and_is_here(nanjing, keeper):
    session, row, child = brother(nanjing)
    scanned(nanjing, session, row.ticket, keeper)
    key = uuid4()
    with inside(nanjing):
        for _twice in range(2):
            add(registration=row, child=child, asking=asking(keeper, way=Way.LIST, key=key))
        assert Places.objects.get(session=session).taken == Registration.objects.get(pk=row.pk).counted == 2
        assert Seat.objects.filter(registration=row, ended_at=None).count() == 2
    assert here(nanjing, session) == 2


def test_where_no_place_is_free_nobody_is_added(nanjing, keeper):
    session, row, child = brother(nanjing, places=1)
    scanned(nanjing, session, row.ticket, keeper)
    with inside(nanjing), pytest.raises(Refused) as told:
        add(registration=row, child=child, asking=asking(keeper))
    assert (told.value.codes, here(nanjing, session)) == (("full",), 1)


def test_a_child_who_is_in_it_is_not_added_twice(nanjing, keeper):
    session, row, child = brother(nanjing)
    with inside(nanjing):
        add(registration=row, child=child, asking=asking(keeper))
        with pytest.raises(Refused) as told:
            add(registration=row, child=child, asking=asking(keeper))
    assert (told.value.codes, here(nanjing, session)) == (("registered_already",), 1)


def test_one_more_grown_up_is_counted_and_takes_no_place_of_a_child(nanjing, keeper):
    session, row, _child = brother(nanjing, places=1, adults=1)
    scanned(nanjing, session, row.ticket, keeper)
    with inside(nanjing):
        add(registration=row, child=None, asking=asking(keeper))
        assert (Registration.objects.get(pk=row.pk).adults, Places.objects.get(session=session).taken) == (2, 1)
    assert here(nanjing, session) == 3


def test_nobody_is_added_to_a_party_that_has_cancelled(nanjing, keeper):
    _session, row, child = brother(nanjing)
    with inside(nanjing):
        Terms.objects.update(cancel_hours=0)
        cancel(registration=row, by=row.by, at=clock.now())
        with pytest.raises(Refused) as told:
            add(registration=row, child=child, asking=asking(keeper))
    assert told.value.codes == ("not_let_in",)


# --- What the database holds ---------------------------------------------------------------


def test_letting_a_party_in_takes_at_most_six_statements_in_its_transaction(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing, children=2)
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            scanned(nanjing, session, row, keeper)
        counts.append(
            len(
                [
                    one
                    for one in asked.captured_queries
                    if "SAVEPOINT" not in one["sql"] and "set_config" not in one["sql"]
                ]
            )
        )
    assert counts == [2, 3]
