"""A plain sign-up is written by one statement. Whatever comes, it leads to what the whole way leads to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import clock
from kit.refusals import Refused
from networks.models import Fact, JournalLine, inside
from people.choices import MemberRole
from people.models import Child, Consent, Household, Member
from programmes.planning.choices import Counts
from programmes.planning.models import Activity, SafetyNotice, Session
from programmes.signup.choices import CapPeriod, Course, State, Way
from programmes.signup.commands import registering
from programmes.signup.models import Places, Registration, Seat, Terms
from programmes.signup.steps.parties import Party
from programmes.signup.steps.places import open_places
from tests.people import homes
from tests.signup.signing import another, family, story_hour

pytestmark = pytest.mark.django_db

TOO_YOUNG = date(2025, 5, 1)


@dataclass(frozen=True)
class Case:
    """One family that signs up, and how everything stands when it does."""

    children: frozenset[int]
    adults: int
    waits: bool
    accepts: bool | None
    terms: dict[str, object]
    activity: dict[str, object]
    session: dict[str, object]
    places: tuple[int | None, int, int]
    role: MemberRole | None
    unlike: frozenset[str]


Change = Callable[[Case], Case]
ODDITIES = (
    "capped",
    "too_young",
    "not_agreed",
    "merged",
    "in_it",
    "sent_before",
    "notice",
    "closed_family",
    "no_count",
    "stranger",
)
PLAIN = Case(frozenset({0}), 0, waits=False, accepts=None, terms={}, activity={}, session={}, places=(20, 0, 0),
             role=MemberRole.GUARDIAN, unlike=frozenset())  # fmt: skip


def _part(name: str, key: str, *values: object) -> list[Change]:
    return [lambda case, value=value: replace(case, **{name: getattr(case, name) | {key: value}}) for value in values]


def _all(name: str, *values: object) -> list[Change]:
    return [lambda case, value=value: replace(case, **{name: value}) for value in values]


# What makes a sign-up another than the plainest, one by one.
CHANGES = [
    *_all("children", *(frozenset(some) for some in ({0, 1}, {0, 1, 2}, {1}, ()))),
    *_all("adults", 1, 2, 3),
    *_all("waits", True),
    *_all("accepts", True, False),
    *_all("role", MemberRole.CARER),
    *_all("places", (20, 0, 1), (20, 18, 0), (20, 20, 0), (20, 20, 2), (None, 5, 0)),
    *[lambda case, one=one: replace(case, unlike=case.unlike | {one}) for one in ODDITIES],
    *_part("terms", "way", Way.FREE, Way.PHONE),
    *_part("terms", "opens_days", 1, 7),
    *_part("terms", "most_children", 1, 2),
    *_part("terms", "most_sessions", 1),
    *_part("terms", "approval", True),
    *_part("terms", "course", Course.CHOSEN, Course.WHOLE),
    *_part("terms", "is_closed", True),
    *_part("terms", "waits", False),
    *_part("activity", "counts", Counts.EVERYONE),
    *_part("activity", "adult_needed", True),
    *_part("activity", "children_per_adult", 1, 2),
    *_part("activity", "slot_minutes", 20),
    *_part("session", "from_months", 60, 72),
    *_part("session", "adult_needed", True, False),
    *_part("session", "called_off", True),
    *_part("session", "is_near", True),
]
CASES = st.lists(st.sampled_from(CHANGES), max_size=4).map(
    lambda some: reduce(lambda case, one: one(case), some, PLAIN)
)


@dataclass(frozen=True)
class World:
    network: object
    session: Session
    household: Household
    mother: object
    children: list[Child]


@pytest.fixture
def world(nanjing):
    session = story_hour(nanjing, places=20)
    household, mother = family(nanjing, children=3)
    with inside(nanjing), transaction.atomic():
        open_places(session.pk)
    return World(nanjing, session, household, mother, list(homes.children_of(household)))


def lay_out(world: World, case: Case, key: UUID) -> None:
    capacity, taken, waiting = case.places
    own = dict(case.session)
    if own.pop("called_off", False):
        own |= {"called_off_at": clock.now(), "call_off_reason": "停电"}
    if own.pop("is_near", False):
        starts, ends = clock.now() - timedelta(minutes=5), clock.now() + timedelta(minutes=55)
        own |= {"starts_at": starts, "ends_at": ends, "occupies": (starts, ends)}
    Terms.objects.filter(activity=world.session.activity_id).update(**case.terms)
    Activity.objects.filter(pk=world.session.activity_id).update(capacity=capacity, **case.activity)
    Session.objects.filter(pk=world.session.pk).update(capacity=None, **own)
    Places.objects.filter(pk=world.session.pk).update(capacity=capacity, taken=taken, waiting=waiting)
    Member.objects.filter(household=world.household).update(role=case.role)
    for oddity in sorted(case.unlike):
        MADE_ODD[oddity](world, key)


def _under_a_notice(world: World, _key: UUID) -> None:
    notice = SafetyNotice.objects.create(title="户外活动安全告知书", text="请穿运动鞋。")
    Session.objects.filter(pk=world.session.pk).update(safety_notice=notice)


def _without_a_count(world: World, _key: UUID) -> None:
    Places.objects.filter(pk=world.session.pk, taken=0, waiting=0).delete()


def _came_as_often_as_they_may(world: World, _key: UUID) -> None:
    Terms.objects.filter(activity=world.session.activity_id).update(most_sessions=1, cap_period=CapPeriod.YEAR)
    day_before = another(world.network, world.session.activity, later=timedelta(days=2, hours=3))
    _signed_up(replace(world, session=day_before), uuid4())


MADE_ODD = {
    "capped": _came_as_often_as_they_may,
    "too_young": lambda world, _key: _first(world).update(birth_month=TOO_YOUNG),
    "not_agreed": lambda world, _key: Consent.objects.filter(child=world.children[0]).delete(),
    "merged": lambda world, _key: _first(world).update(merged_into=world.children[1]),
    "notice": _under_a_notice,
    "closed_family": lambda world, _key: _family(world).update(closed_at=clock.now()),
    "no_count": _without_a_count,
    "stranger": lambda world, _key: Member.objects.filter(household=world.household).update(left_at=clock.now()),
    "in_it": lambda world, _key: _signed_up(world, uuid4()),
    "sent_before": lambda world, key: None if _is_in(world) else _signed_up(world, key),
}


def _first(world: World):
    return Child.objects.filter(pk=world.children[0].pk)


def _family(world: World):
    return Household.objects.filter(pk=world.household.pk)


def _is_in(world: World) -> bool:
    return Registration.objects.filter(household=world.household, session=world.session).exists()


def _signed_up(world: World, key: UUID) -> None:
    row = Registration(session=world.session, household=world.household, by=world.mother, request_key=key, counted=1)
    row.ticket_hash, row.ticket_sealed = uuid4().bytes * 2, "x"
    row.save()
    Seat.objects.create(registration=row, session=world.session, child=world.children[2])


def party(world: World, case: Case) -> Party:
    accepts = None
    if case.accepts is not None:
        notice = SafetyNotice.objects.order_by("-pk").first()
        accepts = notice.pk if case.accepts and notice else 0
    chosen = tuple(world.children[number].code for number in sorted(case.children))
    return Party(chosen, case.adults, accepts, waits=case.waits, answers={})


def outcome(world: World, case: Case, register) -> dict[str, object]:
    """What a family hears, and every row that there is then; ids stand for themselves by their order."""
    key, at = uuid4(), clock.now()
    with inside(world.network):
        before = transaction.savepoint()
        lay_out(world, case, key)
        lines, facts = set(_ids(JournalLine)), set(_ids(Fact))
        session, home = Session.objects.get(pk=world.session.pk), Household.objects.get(pk=world.household.pk)
        try:
            made = register(
                household=home, session=session, party=party(world, case), by=world.mother, request_key=key, at=at
            )
            told = ("made", made.state, made.counted, made.session_id, made.household_id)
        except Refused as no:
            told = ("refused", *[(one.code, str(one.text), str(one.way_on), one.field) for one in no.refusals])
        found = {"told": told, **_rows(world, key), **_said(lines, facts)}
        transaction.savepoint_rollback(before)
    return found


def _ids(model) -> list[int]:
    return list(model.objects.values_list("pk", flat=True))


def _rows(world: World, key: UUID) -> dict[str, object]:
    registrations, here = Registration.objects.order_by("pk"), world.session.pk
    left_out = {"id", "code", "session_id", "ticket_hash", "ticket_sealed", "made_at", "waits_from", "request_key"}
    return {
        "registrations": [
            {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in left_out}
            | {
                "is_this": row.request_key == key,
                "waits": row.waits_from is not None,
                "is_here": row.session_id == here,
            }
            for row in registrations
        ],
        "seats": sorted(
            Seat.objects.filter(session=here).values_list("child_id", "guest", "ended_at", "registration__household"),
            key=str,
        ),
        "places": list(Places.objects.filter(pk=here).values_list("capacity", "taken", "waiting")),
    }


def _said(lines: set[int], facts: set[int]) -> dict[str, object]:
    made = {row.pk: number for number, row in enumerate(Registration.objects.order_by("pk"))}
    return {
        "journal": [
            (row.verb, row.subject_kind, made.get(row.subject_id), row.actor_id, row.changed, row.values, row.reason)
            for row in JournalLine.objects.exclude(pk__in=lines).order_by("pk")
        ],
        "facts": sorted(
            (row.kind, row.listener, row.state, made.get(row.payload.get("registration")), row.lane, row.is_outside)
            for row in Fact.objects.exclude(pk__in=facts)
        ),
    }


def alike(world: World, case: Case) -> str:
    quick = outcome(world, case, registering.register)
    assert quick == outcome(world, case, registering.register_in_full)
    return quick["told"][0]


def test_each_thing_that_is_otherwise_is_looked_at(world):
    with time_machine.travel(clock.now(), tick=False):
        assert {alike(world, change(PLAIN)) for change in CHANGES} == {"made", "refused"}


def test_it_leads_to_what_the_whole_way_leads_to(world):
    @settings(max_examples=80)
    @given(case=CASES)
    def is_alike(case):
        alike(world, case)

    with time_machine.travel(clock.now(), tick=False):
        is_alike()


@pytest.mark.parametrize("children", [{0}, {0, 1, 2}])
def test_a_plain_one_is_two_statements(world, children, django_assert_num_queries):
    """What is read, and what is written; a test adds its savepoint."""
    chosen = party(world, replace(PLAIN, children=frozenset(children), adults=1))
    with inside(world.network):
        _warm(world)
        with django_assert_num_queries(4):
            made = registering.register(
                household=world.household,
                session=world.session,
                party=chosen,
                by=world.mother,
                request_key=uuid4(),
                at=clock.now(),
            )
        assert (made.state, made.counted) == (State.HOLDS, len(children))
        assert Registration.objects.get(pk=made.pk).ticket == made.ticket
        assert Seat.objects.filter(registration=made).count() == len(children) + 1


def _warm(world: World) -> None:
    """The connection has prepared both."""
    other, mother = family(world.network)
    registering.register(
        household=other,
        session=world.session,
        party=Party((homes.children_of(other)[0].code,), answers={}),
        by=mother,
        request_key=uuid4(),
        at=clock.now(),
    )


def test_rare_characters_and_the_hour_are_kept_to_the_letter(world):
    with inside(world.network):
        at = clock.now().replace(microsecond=123_456) - timedelta(seconds=1)
        made = registering.register(
            household=world.household,
            session=world.session,
            party=Party((world.children[0].code,), answers={}),
            by=world.mother,
            request_key=uuid4(),
            at=at,
        )
        assert Registration.objects.get(pk=made.pk).made_at == at
