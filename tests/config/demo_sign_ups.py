"""What the demo's families promise, asked of their registrations."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

from django.db.models import Count, F, Min, Q, Sum
from django.utils import timezone

from kit import clock
from people.choices import ConsentAnswer
from people.models import Consent, Household, Member
from people.queries.persons import person_with_phone
from people.registers import CHILD_DATA
from people.rules import phones
from programmes.planning.models import Activity, Session
from programmes.signup.choices import HOLDING, Ending, State, Way
from programmes.signup.models import Places, Registration, Seat, Terms
from programmes.signup.rules.party import against_party, counted
from programmes.signup.rules.windows import cancels_until, closes_at, opens_at


def families_sign_up(city):
    with timezone.override(city.zone):
        _every_activity_says_how()
        _some_are_full_and_some_are_empty()
        every_registration_could_be()
        _nobody_is_in_two_places()
        _the_named_family_has_something_before_it(city)


def _every_activity_says_how():
    assert not Activity.objects.filter(signup_terms=None).exists()
    assert set(Terms.objects.values_list("way", flat=True)) == set(Way.values)
    assert not Terms.objects.filter(activity__slot_minutes__isnull=False).exclude(way=Way.PHONE).exists()
    assert not Terms.objects.filter(activity__statistic_class="exhibition").exclude(way=Way.FREE).exists()
    ways = Terms.objects.filter(way=Way.SIGN_UP)
    assert set(ways.values_list("opens_days", "cancel_hours")) >= {(7, 24), (7, 2), (None, 2)}


def _some_are_full_and_some_are_empty():
    at = clock.now()
    for rows, least in (
        (Places.objects.filter(session__starts_at__lt=at), 20),
        (Places.objects.filter(session__starts_at__gt=at), 5),
    ):
        left = rows.filter(capacity__isnull=False)
        assert left.filter(taken=F("capacity")).count() >= least
        assert left.filter(taken__lt=F("capacity"), taken__gte=F("capacity") - 3).count() >= least
        assert left.filter(taken=0).count() >= least
    assert Registration.objects.count() >= 2_000
    assert Registration.objects.filter(ended_at__isnull=False).count() >= 30
    assert Places.objects.filter(waiting__gt=0).count() >= 4
    invited = Registration.objects.filter(state=State.INVITED, session__starts_at__gt=at)
    assert invited.filter(invited_until__lt=F("session__starts_at")).count() == invited.count() >= 2


def every_registration_could_be():
    """Counts are those of the rows; each party, its ages and its moment are such as the service takes."""
    at = clock.now()
    live = Q(session__registrations__ended_at=None)
    holding = live & Q(session__registrations__state__in=HOLDING)
    waiting = live & Q(session__registrations__state=State.WAITS)
    counts = Places.objects.annotate(
        rows=Sum("session__registrations__counted", filter=holding, default=0),
        in_line=Count("session__registrations", filter=waiting),
        smallest=Min("session__registrations__counted", filter=waiting),
    )
    assert not counts.exclude(taken=F("rows"), waiting=F("in_line")).exists()
    assert not counts.filter(Q(capacity=None) | Q(smallest__lte=F("capacity") - F("taken")), waiting__gt=0).exists()
    assert not Places.objects.filter(taken__gt=F("capacity")).exists()
    assert not Seat.objects.exclude(session=F("registration__session")).exists()
    assert not Seat.objects.filter(ended_at=None, registration__ended_at__isnull=False).exists()
    assert not Seat.objects.filter(ended_at__isnull=False, registration__ended_at=None).exists()
    assert not Seat.objects.exclude(child=None).exclude(child__household=F("registration__household")).exists()
    members = set(Member.objects.values_list("household_id", "person_id"))
    families = Registration.objects.filter(group=None)
    assert not set(families.values_list("household_id", "by_id")) - members
    rows = families.select_related("session__activity__signup_terms", "household")
    for row in rows.prefetch_related("seats__child"):
        _could_be(row, at)
    _every_child_was_agreed_to()


def _every_child_was_agreed_to():
    """When the family signed up; what a carer declares runs out later."""
    given = Consent.objects.filter(purpose=CHILD_DATA.key, answer=ConsentAnswer.GIVEN, ended_at=None)
    spans = {child: (since, until) for child, since, until in given.values_list("child", "given_at", "expires_at")}
    seats = Seat.objects.filter(child__isnull=False).values_list("child", "registration__made_at")
    assert not [
        child for child, at in seats if at < spans[child][0] or (spans[child][1] is not None and at >= spans[child][1])
    ]


def _could_be(row, at):
    session, terms = row.session, row.session.activity.signup_terms
    children = [seat.child for seat in row.seats.all() if seat.child is not None]
    assert terms.way == Way.SIGN_UP
    assert list(against_party(session, terms, children=children, adults=row.adults)) == []
    assert row.accepted_id == session.safety_notice_id
    assert row.seats.count() == len(children) + row.adults
    assert row.counted == counted(session, children=len(children), adults=row.adults)
    opened = opens_at(terms, session) or session.published_at
    assert max(opened, session.published_at, row.household.made_at) <= row.made_at
    assert row.made_at <= min(at, closes_at(terms, session))
    if row.ended_at is not None:
        by_then = cancels_until(terms, session) if row.ending == Ending.BY_FAMILY else session.starts_at
        assert row.ended_at <= min(at, by_then)


def _nobody_is_in_two_places():
    mine = defaultdict(list)
    live = Registration.objects.filter(ended_at=None, group=None)
    for household, start, end in live.values_list("household_id", "session__starts_at", "session__ends_at"):
        mine[household].append((start, end))
    late = [key for key, spans in mine.items() for one, two in pairwise(sorted(spans)) if two[0] < one[1]]
    assert late == []


def _the_named_family_has_something_before_it(city):
    at = clock.now()
    mother, grandmother = (person_with_phone(phones.normal(f"1380000001{last}"), network=city) for last in (0, 1))
    household = Household.objects.get(members__person=mother)
    mine = Registration.objects.filter(household=household, ended_at=None)
    coming = mine.filter(session__starts_at__gt=at, together=None, session__activity__signup_terms__is_closed=False)
    ahead = Counter(coming.values_list("state", flat=True))
    assert (1 <= ahead.pop(State.HOLDS) <= 2, ahead) == (True, {State.ASKED: 1, State.INVITED: 1, State.WAITS: 1})
    assert mine.filter(session__ends_at__lt=at).count() == 3
    assert set(mine.values_list("by", flat=True)) == {mother.pk, grandmother.pk}


def newly_opened_sessions_fill():
    """At a start twenty days later: what opened since then."""
    at = clock.now()
    coming = Places.objects.filter(session__starts_at__gt=at)
    assert coming.filter(taken__gt=0).count() >= 50
    opened = Session.objects.filter(
        starts_at__range=(at + timedelta(hours=1), at + timedelta(days=6)),
        published_at__isnull=False,
        called_off_at=None,
        activity__signup_terms__way=Way.SIGN_UP,
        activity__slot_minutes=None,
    )
    assert not opened.filter(signup_places=None).exists()
    twice = Seat.objects.filter(ended_at=None, child__isnull=False).values("session", "child")
    assert not twice.annotate(n=Count("pk")).filter(n__gt=1).exists()
