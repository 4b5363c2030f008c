"""Who signed up in the demo: for the sessions of the last weeks, and for those that can be signed up for now.

A session is dealt out once, when its sign-up has opened; from then on it has a count. What was there before stays.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db.models import QuerySet
from django.utils import timezone

from config.demo.named_families import NAMED
from config.demo.sessions import PLANS
from config.demo.sign_up_courses import CHOSEN, days_by_course, deal_courses, fitting_on, room_on, whole_courses
from config.demo.sign_up_dealing import Dealing, day_of, has_opened, in_order, lot_of
from config.demo.sign_up_lots import Families, Home, Inside
from config.demo.sign_up_terms import enter_terms
from kit.command import command
from networks.models import Network
from people.models import Child, Consent, Household, Member
from people.queries.families import live_children, live_members
from people.queries.persons import person_with_phone
from people.registers import CHILD_DATA
from people.rules import phones
from programmes.planning.models import Session
from programmes.signup.choices import Course, State, Way
from programmes.signup.models import CircleMember, Registration, Terms
from programmes.signup.queries.families import agreed_to

# What is further ahead has only just been announced.
BACK, AHEAD = timedelta(days=21), timedelta(days=28)
# So long what families did is kept in mind: a month for which sessions are counted, and a course.
IN_MIND = timedelta(days=60)
# What the named family does: so many to come, so many behind them.
COMING, GONE = 2, 3
# They show all that there is, also where most of it falls into one week.
IN_A_WEEK = 7
A_WEEK = timedelta(days=7)
AS_MANY_AS_COME = 99


@command
def sign_families_up(network: Network, *, at: datetime) -> list[Session]:
    """Those that were dealt out now."""
    plan = PLANS.get(network.code)
    if plan is None:
        return []
    enter_terms(plan)
    with timezone.override(network.zone):
        last = timezone.localdate(at) + AHEAD
        single = [row for row in _sessions(at) if has_opened(row, at) and day_of(row) <= last]
        sessions = [*single, *whole_courses(back=BACK, last=last, at=at)]
        if not sessions:
            return []
        dealing = Dealing(sessions, _families(at), at=at)
        dealing.named = _named_home(network, dealing)
        deal_courses(sessions, dealing)
        for session in sorted(single, key=in_order):
            dealing.fill(session)
        if dealing.named is not None:
            plain = [one for one in single if _is_for_all(one)]
            # What there is least of comes first.
            _stand(dealing.named, plain, dealing, state=State.WAITS)
            _stand(dealing.named, plain, dealing, state=State.INVITED)
            _belong(dealing.named, single, dealing)
            _come(dealing.named, plain, dealing)
        dealing.write()
    return sessions


def _named_home(network: Network, dealing: Dealing) -> Home | None:
    """None where somebody tried out what it is to leave."""
    mother = person_with_phone(phones.normal(NAMED[network.code].mother), network=network)
    homes = (one for one in dealing.families.homes if mother in [member.person for member in one.members])
    return next(homes, None)


def _come(home: Home, plain: Sequence[Session], dealing: Dealing) -> None:
    """What the mother and the grandmother signed up for, in turn, near where they live."""
    ahead = [one for one in plain if one.starts_at > dealing.at and _has_room(one, dealing)]
    behind = [one for one in plain if one.ends_at < dealing.at and _has_room(one, dealing)]
    terms = "session__activity__signup_terms"
    there = _ahead_of(home, dealing).filter(state=State.HOLDS, together=None, **{f"{terms}__is_closed": False})
    coming = COMING - there.exclude(**{f"{terms}__approval": True}).count()
    for found, count in ((ahead, coming), (behind[::-1], GONE)):
        _go(home, sorted(found, key=lambda one: not _is_near(one, home)), count, dealing)


def _belong(home: Home, sessions: Sequence[Session], dealing: Dealing) -> None:
    """A course, what the library has to say yes to, and what is for their circle alone: in later weeks."""
    later = [one for one in sessions if one.starts_at > dealing.at + A_WEEK and _has_room(one, dealing)]
    mine = _ahead_of(home, dealing)
    if not mine.filter(together__isnull=False).exists():
        _take_a_course(home, later, dealing)
    if not mine.filter(session__activity__signup_terms__approval=True).exists():
        _go(home, [one for one in later if one.activity.signup_terms.approval], 1, dealing)
    if not mine.filter(session__activity__signup_terms__is_closed=True).exists():
        _go(home, [one for one in later if one.activity.signup_terms.is_closed], 1, dealing)


def _ahead_of(home: Home, dealing: Dealing) -> "QuerySet[Registration]":
    rows: QuerySet[Registration] = Registration.objects.filter(
        household=home.household, ended_at=None, session__starts_at__gt=dealing.at
    )
    return rows


def _has_room(session: Session, dealing: Dealing) -> bool:
    """And nobody waits for it."""
    return not dealing.places[session.pk].waiting and not dealing.is_full(session)


def _is_for_all(session: Session) -> bool:
    """Each by itself, and nobody has to be asked."""
    terms: Terms = session.activity.signup_terms
    return not terms.is_closed and not terms.approval and terms.course == Course.EACH


def _take_a_course(home: Home, ahead: Sequence[Session], dealing: Dealing) -> None:
    for days in sorted(days_by_course(ahead), key=lambda found: not _is_near(found[0], home)):
        found = dealing.families.who_could_come(days[0], day_of(days[0]))
        children = next((children for one, children in found if one is home), [])
        picked = [day for day in days if _is_free(home, day, dealing)][:CHOSEN]
        fitting = fitting_on(picked, home, children, dealing) if len(picked) > 1 else ()
        if fitting:
            room = room_on(picked, dealing)
            if dealing.register(picked, home, fitting, lot_of(days[0]), room=room, by=home.members[0]):
                return


def _stand(home: Home, plain: Sequence[Session], dealing: Dealing, *, state: State) -> None:
    """The named family waits for one session, and has been asked for another."""
    if _ahead_of(home, dealing).filter(state=state).exists():
        return
    is_possible = dealing.is_full if state == State.WAITS else partial(_has_room, dealing=dealing)
    ahead = [one for one in plain if dealing.answer_until(one) is not None and is_possible(one)]
    _go(home, sorted(ahead, key=lambda one: not _is_near(one, home)), 1, dealing, state=state)


def _is_free(home: Home, session: Session, dealing: Dealing) -> bool:
    return dealing.families.is_free(home, session, day_of(session), in_a_week=IN_A_WEEK)


def _is_near(session: Session, home: Home) -> bool:
    return f"/{home.household.district_id}/" in session.area.path


def _go(home: Home, sessions: Sequence[Session], count: int, dealing: Dealing, *, state: State = State.HOLDS) -> None:
    done = 0
    for session in sessions:
        day = day_of(session)
        found = dealing.families.who_could_come(session, day)
        fitting = next((children for one, children in found if one is home), None)
        if done >= count or fitting is None or not _is_free(home, session, dealing):
            continue
        by = home.members[done % len(home.members)]
        left = dealing.places[session.pk].left
        room = AS_MANY_AS_COME if left is None or state == State.WAITS else left
        done += dealing.register([session], home, fitting, lot_of(session), room=room, by=by, state=state)


def _sessions(at: datetime) -> Iterator[Session]:
    """Those that nobody was counted for yet."""
    rows = Session.objects.filter(
        starts_at__gt=at - BACK,
        published_at__isnull=False,
        called_off_at=None,
        signup_places=None,
        activity__signup_terms__way=Way.SIGN_UP,
        activity__slot_minutes=None,
    ).exclude(activity__signup_terms__course=Course.WHOLE)
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
    homes = [Home(one, tuple(members[one.pk]), tuple(theirs[one.pk])) for one in households]
    families = Families(homes, _inside())
    live = Registration.objects.filter(
        ended_at=None, household__isnull=False, session__ends_at__gt=at - IN_MIND
    ).select_related("session__activity__signup_terms")
    for row in live:
        families.goes(row.household_id, row.session, day_of(row.session))
    return families


def _inside() -> dict[int, Inside]:
    """By activity, who is in the circles for which it is alone."""
    found: dict[int, dict[int, list[int] | None]] = {
        activity: {} for activity in Terms.objects.filter(is_closed=True).values_list("activity", flat=True)
    }
    rows = CircleMember.objects.filter(left_at=None, circle__closed_at=None, circle__terms_lines__isnull=False)
    for activity, household, child in rows.order_by("pk").values_list(
        "circle__terms_lines__terms__activity", "household", "child"
    ):
        mine = found[activity].setdefault(household, [])
        if child is None:
            found[activity][household] = None
        elif mine is not None:
            mine.append(child)
    return dict(found)
