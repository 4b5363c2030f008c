"""Places of the demo's sessions, given to families by lot: the same for a session at every start."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from random import Random
from uuid import UUID

from django.utils import timezone

from config.demo.plan_nanjing_home import TALES
from config.demo.sign_up_lots import Families, Home
from config.demo.sign_up_questions import answers_of
from people.models import Child, Member
from programmes.planning.choices import Counts
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of
from programmes.signup.choices import Ending, State
from programmes.signup.models import Answer, Places, Question, Registration, Seat
from programmes.signup.rules.party import counted, least_adults
from programmes.signup.rules.windows import cancels_until, closes_at, opens_at
from programmes.signup.steps.inviting import answer_time
from programmes.signup.steps.tickets import give_ticket

# Of a hundred sessions: full, nearly so, some families; nobody for the rest.
FULL, NEARLY, SOME = 9, 19, 74
CHANGED_THEIR_MINDS = 0.05
# Of those that are full: somebody has been asked from the waiting list just now.
ASKED = 0.3
# In a hall many come to one place.
HALL = 60

Fitting = Sequence[tuple[Child, datetime]]


def day_of(session: Session) -> date:
    return timezone.localtime(session.starts_at).date()


def first_moment(session: Session) -> datetime:
    """From when on somebody could sign up."""
    published: datetime = session.published_at or session.starts_at
    opened = opens_at(session.activity.signup_terms, session)
    return published if opened is None else max(published, opened)


def has_opened(session: Session, at: datetime) -> bool:
    return first_moment(session) < min(at, closes_at(session.activity.signup_terms, session))


def lot_of(session: Session) -> Random:
    place = session.venue.number if session.venue else session.area.name
    return Random(f"{session.activity.title} {place} {day_of(session)}")  # noqa: S311 - sample data


def in_order(session: Session) -> tuple[date, int, datetime, int]:
    """Day by day; those that fill up first, while families have time."""
    return day_of(session), lot_of(session).randrange(100) // 10, session.starts_at, session.pk


class Dealing:
    """What is given is kept here, and written in one statement for each kind of row."""

    def __init__(self, sessions: Sequence[Session], families: Families, *, at: datetime) -> None:
        self.families, self.at = families, at
        self.places = {row.pk: Places(session=row, capacity=value_of(row, "capacity")) for row in sessions}
        self.registrations: list[Registration] = []
        self.seats: list[Seat] = []
        self.answers: list[Answer] = []
        self._asked: dict[int, list[Question]] = defaultdict(list)
        for question in Question.objects.filter(retired_at=None).select_related("terms").order_by("place", "pk"):
            self._asked[question.terms.activity_id].append(question)
        # Theirs are not left to the lot.
        self.named: Home | None = None

    def fill(self, session: Session) -> None:
        lot, day, places = lot_of(session), day_of(session), self.places[session.pk]
        wanted = _wanted(session, places, lot)
        if places.taken >= wanted:
            return
        near = {int(part) for part in session.area.path.split("/") if part}
        homes = sorted(
            self.families.who_could_come(session, day),
            key=lambda found: lot.random() + (found[0].household.district_id not in near),
        )
        free = (
            (home, children)
            for home, children in homes
            if home is not self.named and self.families.is_free(home, session, day)
        )
        for home, children in free:
            self.register([session], home, some_of(session, children, lot), lot, room=wanted - places.taken)
            if places.taken >= wanted:
                break
        self._line_up(session, free, lot)

    def _line_up(self, session: Session, free: Iterator[tuple[Home, Fitting]], lot: Random) -> None:
        """Where it is full some wait, and now and then a family has been asked just now."""
        until = self.answer_until(session)
        if until is None or not self.is_full(session):
            return
        last = self.registrations[-1]
        if last.ended_at is None and lot.random() < ASKED:
            last.state, last.waits_from, last.invited_until = State.INVITED, last.made_at, until
        for home, children in islice(free, lot.randint(1, 4)):
            self.register([session], home, some_of(session, children, lot), lot, room=HALL, state=State.WAITS)

    def is_full(self, session: Session) -> bool:
        return self.places[session.pk].left == 0

    def answer_until(self, session: Session) -> datetime | None:
        """None: nobody is invited any more, or yet."""
        return answer_time(session, at=self.at) if session.starts_at > self.at else None

    def register(
        self,
        days: Sequence[Session],
        home: Home,
        chosen: Fitting,
        lot: Random,
        *,
        room: int,
        by: Member | None = None,
        state: State = State.HOLDS,
    ) -> bool:
        """One session, or several days of a course together. Not where the family no longer fits in, or came to the service
        too late. Those who are named keep their word.
        """
        children = [child for child, _since in chosen]
        adults = least_adults(days[0], len(children)) or _grown_ups(days[0], len(children), lot)
        takes = counted(days[0], children=len(children), adults=adults)
        who = by or lot.choice(home.members)
        made_at = self._moment(days, home, who, chosen, lot)
        if not 0 < takes <= room or made_at is None:
            return False
        common = {
            "household": home.household,
            "by": who.person,
            "request_key": UUID(int=lot.getrandbits(128), version=4),
            "together": UUID(int=lot.getrandbits(128), version=4) if len(days) > 1 else None,
            "adults": adults,
            "counted": takes,
            "made_at": made_at,
        }
        for session in days:
            row = Registration(session=session, accepted_id=session.safety_notice_id, **common)
            give_ticket(row)
            self._stand(row, state, lot)
            if by is None and state == State.HOLDS and lot.random() < CHANGED_THEIR_MINDS:
                self._end(row, lot)
            self._keep(row, home, [*children, *([None] * adults)], lot)
        return True

    def _keep(self, row: Registration, home: Home, seated: Sequence[Child | None], lot: Random) -> None:
        session = row.session
        seats = [Seat(registration=row, session=session, child=one, ended_at=row.ended_at) for one in seated]
        self.registrations.append(row)
        self.seats += seats
        if asked := self._asked.get(session.activity_id):
            self.answers += answers_of(row, seats, asked, lot)
        if row.ended_at is None:
            self.places[session.pk].taken += row.counted if row.holds_places else 0
            self.places[session.pk].waiting += row.is_waiting
            self.families.goes(home.household.pk, session, day_of(session))

    def _stand(self, row: Registration, state: State, lot: Random) -> None:
        row.state = state
        if state != State.HOLDS:
            row.waits_from = row.made_at
        elif row.session.activity.signup_terms.approval:
            self._ask(row, lot)
        if state == State.INVITED:
            row.invited_until = self.answer_until(row.session)

    def _ask(self, row: Registration, lot: Random) -> None:
        """Staff have said yes to those who were there; to those who are to come they answer by themselves."""
        if row.session.starts_at > self.at:
            row.state = State.ASKED
        else:
            row.approved_at = row.made_at + (row.session.starts_at - row.made_at) * lot.random()

    def write(self) -> None:
        Places.objects.bulk_create(self.places.values(), batch_size=2_000)
        Registration.objects.bulk_create(self.registrations, batch_size=2_000)
        Seat.objects.bulk_create(self.seats, batch_size=4_000)
        Answer.objects.bulk_create(self.answers, batch_size=4_000)

    def _moment(
        self, days: Sequence[Session], home: Home, who: Member, chosen: Fitting, lot: Random
    ) -> datetime | None:
        """Most sign up soon after it opens."""
        since = [home.household.made_at, who.joined_at, *(agreed for _child, agreed in chosen)]
        first = max(*since, *(first_moment(day) for day in days))
        last = min(self.at, *(closes_at(day.activity.signup_terms, day) for day in days))
        return None if first >= last else first + (last - first) * lot.random() ** 3

    def _end(self, row: Registration, lot: Random) -> None:
        until = min(self.at, cancels_until(row.session.activity.signup_terms, row.session))
        if row.made_at < until:
            row.ending, row.ended_at = Ending.BY_FAMILY, row.made_at + (until - row.made_at) * lot.random()
            if row.approved_at is not None and row.approved_at > row.ended_at:
                row.approved_at, row.state = None, State.ASKED


def _wanted(session: Session, places: Places, lot: Random) -> int:
    """How many are taken in the end, if there are families enough."""
    number, capacity, terms = lot.randrange(100), places.capacity, session.activity.signup_terms
    if capacity is None:
        return lot.randint(0, 12)
    if number < FULL and not terms.is_closed:
        return capacity
    if terms.is_closed or terms.approval or session.activity.title == TALES:
        # Those who belong together come, most of them; nobody looks closely at what hardly anybody wants; and on every day
        # there is a door to try.
        return int(capacity * lot.uniform(0.5, 0.9))
    if number < NEARLY:
        return max(0, capacity - lot.randint(1, 3))
    return lot.randint(1, max(1, capacity // (2 if capacity >= HALL else 3))) if number < SOME else 0


def some_of(session: Session, children: Fitting, lot: Random) -> Fitting:
    """Siblings mostly come together."""
    most = session.activity.signup_terms.most_children or len(children)
    return children[: 1 if lot.random() < 0.3 else most]


def _grown_ups(session: Session, children: int, lot: Random) -> int:
    if not children:
        return lot.randint(1, 2)
    return int(session.activity.counts == Counts.EVERYONE or lot.random() < 0.4)
