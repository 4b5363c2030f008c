"""Who signed up in the demo: for the sessions of the last weeks, and for those that can be signed up for now.

A session is dealt out once, when its sign-up has opened; from then on it has a count. What was there before stays.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from config.demo.named_families import NAMED
from config.demo.sessions import PLANS
from config.demo.sign_up_dealing import Dealing, day_of, has_opened, in_order, lot_of
from config.demo.sign_up_lots import Families, Home
from config.demo.sign_up_terms import enter_terms
from kit.command import command
from networks.models import Network
from people.models import Child, Consent, Household, Member
from people.queries.families import live_children, live_members
from people.queries.persons import person_with_phone
from people.registers import CHILD_DATA
from people.rules import phones
from programmes.planning.models import Session
from programmes.signup.choices import State, Way
from programmes.signup.models import Registration
from programmes.signup.queries.families import agreed_to

# What is further ahead has only just been announced.
BACK, AHEAD = timedelta(days=21), timedelta(days=28)
# What the named family does: so many to come, so many behind them.
COMING, GONE = 3, 3
AS_MANY_AS_COME = 99


@command
def sign_families_up(network: Network, *, at: datetime) -> None:
    plan = PLANS.get(network.code)
    if plan is None:
        return
    enter_terms(plan)
    with timezone.override(network.zone):
        last = timezone.localdate(at) + AHEAD
        sessions = [row for row in _sessions(at) if has_opened(row, at) and day_of(row) <= last]
        if not sessions:
            return
        dealing = Dealing(sessions, _families(at), at=at)
        _name(network, sessions, dealing)
        for session in sorted(sessions, key=in_order):
            dealing.fill(session)
        _wait(sessions, dealing)
        dealing.write()


def _name(network: Network, sessions: Sequence[Session], dealing: Dealing) -> None:
    """What the mother and the grandmother of the named family signed up for, in turn, near where they live."""
    mother = person_with_phone(phones.normal(NAMED[network.code].mother), network=network)
    homes = (one for one in dealing.families.homes if mother in [member.person for member in one.members])
    home = next(homes, None)
    if home is None:
        # Somebody tried out what it is to leave.
        return
    mine = Registration.objects.filter(household=home.household, ended_at=None)
    coming = COMING - mine.filter(session__starts_at__gt=dealing.at, state=State.HOLDS).count()
    ahead = [one for one in sessions if one.starts_at > dealing.at]
    behind = [one for one in sessions if one.ends_at < dealing.at]
    dealing.named = home
    for found, count in ((ahead, coming), (behind[::-1], GONE)):
        _go(home, sorted(found, key=lambda one: not _is_near(one, home)), count, dealing)


def _wait(sessions: Sequence[Session], dealing: Dealing) -> None:
    """The named family waits for one session, and has been asked for another."""
    home = dealing.named
    if home is None:
        return
    ahead = [one for one in sessions if dealing.answer_until(one) is not None]
    ahead.sort(key=lambda one: not _is_near(one, home))
    there = set(Registration.objects.filter(household=home.household, ended_at=None).values_list("state", flat=True))
    if State.INVITED not in there:
        with_room = [one for one in ahead if not dealing.places[one.pk].waiting and not dealing.is_full(one)]
        _go(home, with_room, 1, dealing, state=State.INVITED)
    if State.WAITS not in there:
        _go(home, [one for one in ahead if dealing.is_full(one)], 1, dealing, state=State.WAITS)


def _is_near(session: Session, home: Home) -> bool:
    return f"/{home.household.district_id}/" in session.area.path


def _go(home: Home, sessions: Sequence[Session], count: int, dealing: Dealing, *, state: State = State.HOLDS) -> None:
    done = 0
    for session in sessions:
        day = day_of(session)
        fitting = next((children for one, children in dealing.families.of_an_age(session, day) if one is home), None)
        if done >= count or fitting is None or not dealing.families.is_free(home, session, day):
            continue
        by = home.members[done % len(home.members)]
        left = dealing.places[session.pk].left
        room = AS_MANY_AS_COME if left is None or state == State.WAITS else left
        done += dealing.register(session, home, fitting, lot_of(session), room=room, by=by, state=state)


def _sessions(at: datetime) -> Iterator[Session]:
    """Those that nobody was counted for yet."""
    rows = Session.objects.filter(
        starts_at__gt=at - BACK,
        published_at__isnull=False,
        called_off_at=None,
        signup_places=None,
        activity__signup_terms__way=Way.SIGN_UP,
        activity__slot_minutes=None,
    )
    yield from rows.select_related("activity__signup_terms", "area", "venue").order_by("starts_at", "venue__number")


def _families(at: datetime) -> Families:
    children = list(live_children().order_by("birth_month", "pk"))
    agreed = agreed_to(children, at=at)
    given = Consent.objects.filter(purpose=CHILD_DATA.key, child__in=agreed, ended_at=None)
    since = dict(given.values_list("child_id", "given_at"))
    theirs: dict[int, list[tuple[Child, datetime]]] = defaultdict(list)
    for child in children:
        if child.pk in agreed:
            theirs[child.household_id].append((child, max(since[child.pk], child.added_at)))
    members: dict[int, list[Member]] = defaultdict(list)
    for member in live_members().select_related("person").order_by("pk"):
        members[member.household_id].append(member)
    households = Household.objects.filter(closed_at=None).order_by("pk")
    families = Families([Home(one, tuple(members[one.pk]), tuple(theirs[one.pk])) for one in households])
    live = Registration.objects.filter(
        ended_at=None, household__isnull=False, session__ends_at__gt=at - BACK
    ).select_related("session")
    for row in live:
        families.goes(row.household_id, row.session, day_of(row.session))
    return families
