"""Who is expected at a door, and who of them is here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.models import Child
from people.queries.families import live_children
from people.rules.names import masked
from programmes.door.choices import ADDED, Way
from programmes.door.models import CheckIn
from programmes.door.queries.coming_in import Came, came_to
from programmes.door.rules.calling import TO_STAFF, Manner
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration, Seat
from programmes.signup.queries.coming import Party, Sight, coming_to, party_of
from programmes.signup.queries.questions import AnswerLine, guarded_lines


@dataclass(frozen=True)
class Tick:
    seat: int
    name: str
    is_here: bool
    is_grown_up: bool = False


@dataclass(frozen=True)
class AtDoor:
    """A party with its ticks. Names are called by the given name alone; `needs` are for who attends."""

    party: Party
    ticks: tuple[Tick, ...]
    manner: Manner = TO_STAFF

    @property
    def code(self) -> str:
        return self.party.registration.code

    @property
    def title(self) -> str:
        if self.party.is_group:
            return self.party.title
        names = "、".join(self.manner.called(guest.name) for guest in self.party.guests)
        return names or (masked(self.party.name) if self.manner.names_families else _("A family"))

    @property
    def with_whom(self) -> str:
        """The grown-up who signed them up, since two children may be called alike."""
        is_told = self.manner.names_families and self.party.guests and self.party.name
        return masked(self.party.name) if is_told else ""

    @property
    def here(self) -> int:
        return sum(tick.is_here for tick in self.ticks)

    @property
    def needs(self) -> list[str]:
        return [f"{self.manner.called(guest.name)}：{guest.needs}" for guest in self.party.needs]

    @property
    def names(self) -> str:
        """All that a search by name looks at."""
        told = (self.party.name,) if self.manner.names_families else ()
        guests = (guest.name for guest in self.party.guests)
        return " ".join((self.party.title if self.party.is_group else "", *told, *guests)).lower()


@dataclass(frozen=True)
class OnCard:
    """What the card says of a party of this door. `siblings`: of its family, and not signed up. `to_take_back`: seat and word of
    those without a name who were added at the door, one of each sort."""

    at_door: AtDoor
    knowing: tuple[str, ...]
    siblings: tuple[Child, ...]
    to_take_back: tuple[tuple[int, str], ...] = ()

    @property
    def children(self) -> list[Child]:
        """Whose names somebody reads."""
        seated = [guest.child for guest in self.at_door.party.guests if guest.child is not None]
        return [*seated, *self.siblings]

    @property
    def to_add(self) -> list[tuple[str, str]]:
        """Of each brother or sister code and name, as one is called at a door."""
        return [(child.code, self.at_door.manner.called(child.name)) for child in self.siblings]


def parties_at(session: Session, *, sight: Sight, manner: Manner = TO_STAFF) -> list[AtDoor]:
    """Those who hold a place for certain. Six statements, however many they are."""
    coming = coming_to(session, sight=sight)
    came = came_to(CheckIn.objects.filter(session=session))
    holding = [party for party in coming.live if party.registration.state == State.HOLDS]
    return [AtDoor(party, ticks_of(party.registration, came, manner), manner) for party in holding]


def on_card(row: Registration, *, sight: Sight, manner: Manner = TO_STAFF) -> OnCard:
    """The registration comes as `families.registrations` gives it."""
    came = came_to(CheckIn.objects.filter(seat__registration=row))
    party = party_of(row, sight=sight)
    lines = guarded_lines(sight, [row]).get(row.pk, [])
    at_door = AtDoor(party, ticks_of(row, came, manner), manner)
    return OnCard(
        at_door,
        knowing_of(at_door, lines),
        tuple(_siblings(row)) if manner.names_families else (),
        tuple(_added(row, came)),
    )


def knowing_of(at_door: AtDoor, lines: Iterable[AnswerLine]) -> tuple[str, ...]:
    """What one has to know when they come: needs, answers that are for those who need to know, what staff noted."""
    row, manner = at_door.party.registration, at_door.manner
    note = [row.note] if row.note else []
    knowing = (*at_door.needs, *(_said(line, manner) for line in lines), *note)
    if manner.tells_needs or not knowing:
        return knowing
    return (_("Please call a member of staff."),)


def with_words(parties: Iterable[AtDoor], words: str) -> list[AtDoor]:
    """By any name in the party, whole or in part."""
    return [one for one in parties if words.lower() in one.names]


def with_digits(parties: Iterable[AtDoor], digits: str) -> list[AtDoor]:
    """By the end of the number of whoever signed up; none where numbers are not to be seen."""
    return [one for one in parties if one.party.telephone and one.party.telephone.replace(" ", "").endswith(digits)]


def _said(line: AnswerLine, manner: Manner) -> str:
    return f"{manner.called(line.name)}：{line.label} {line.value}" if line.name else f"{line.label} {line.value}"


def _added(row: Registration, came: Came) -> Iterable[tuple[int, str]]:
    """The last child without a name, and the last grown-up, if they were added at the door."""
    for seats, word in zip(_nameless(row, came), (pgettext("at the door", "Child"), _("Grown-up")), strict=True):
        if seats and seats[-1].pk in came.added:
            yield seats[-1].pk, word


def _siblings(row: Registration) -> list[Child]:
    if row.household_id is None:
        return []
    seated = {seat.child_id for seat in row.seats.all() if seat.ended_at is None}
    children = live_children().filter(household=row.household_id).order_by("birth_month", "pk")
    return [child for child in children if child.pk not in seated]


def ticks_of(row: Registration, came: Came, manner: Manner) -> tuple[Tick, ...]:
    """Children, then those without a name, then grown-ups, who took their seats last."""
    live, grown = _live(row), {seat.pk for seat in _nameless(row, came)[1]}
    in_order = sorted(live, key=lambda seat: (seat.pk in grown, not _name(seat, manner), seat.pk))
    return tuple(
        Tick(
            seat.pk,
            _name(seat, manner) or (_("Grown-up") if seat.pk in grown else pgettext("at the door", "Child")),
            seat.pk in came.here,
            seat.pk in grown,
        )
        for seat in in_order
    )


def _nameless(row: Registration, came: Came) -> tuple[list[Seat], list[Seat]]:
    """Children and grown-ups without a name. Of those who were signed up, the grown-ups took their seats last; of those who
    were added at the door it is known.
    """
    rows = [seat for seat in _live(row) if seat.child_id is None and not seat.guest]
    more = {way: [seat for seat in rows if came.added.get(seat.pk) == way] for way in ADDED}
    rest = [seat for seat in rows if seat.pk not in came.added]
    children = max(0, len(rest) - max(0, row.adults - len(more[Way.ADDED_ADULT])))
    return [*rest[:children], *more[Way.ADDED_CHILD]], [*rest[children:], *more[Way.ADDED_ADULT]]


def grown_ups_of(rows: Collection[Registration]) -> set[int]:
    """Seats of those who came along, as the ticks have it; the registrations come with their seats. One statement, where there are any."""
    came = came_to(CheckIn.objects.filter(seat__registration__in=rows)) if rows else Came(frozenset(), {})
    return {seat for row in rows for seat in grown_ups(row, came)}


def grown_ups(row: Registration, came: Came) -> set[int]:
    """The same of one, whose check-ins are at hand."""
    return {seat.pk for seat in _nameless(row, came)[1]}


def _live(row: Registration) -> list[Seat]:
    return sorted((seat for seat in row.seats.all() if seat.ended_at is None), key=lambda seat: seat.pk)


def _name(seat: Seat, manner: Manner) -> str:
    return manner.called(seat.child.name if seat.child is not None else seat.guest)
