"""Who is expected at a door, and who of them is here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.models import Child
from people.queries.families import live_children
from people.rules.names import masked
from programmes.door.models import CheckIn
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
    """What the card says of a party of this door. `siblings`: of its family, and not signed up."""

    at_door: AtDoor
    knowing: tuple[str, ...]
    siblings: tuple[Child, ...]

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
    here = set(CheckIn.objects.filter(session=session, undone_at=None).values_list("seat_id", flat=True))
    holding = [party for party in coming.live if party.registration.state == State.HOLDS]
    return [AtDoor(party, ticks_of(party.registration, here, manner), manner) for party in holding]


def on_card(row: Registration, *, sight: Sight, manner: Manner = TO_STAFF) -> OnCard:
    """The registration comes as `families.registrations` gives it."""
    here = CheckIn.objects.filter(seat__registration=row, undone_at=None)
    party = party_of(row, sight=sight)
    lines = guarded_lines(sight, [row]).get(row.pk, [])
    at_door = AtDoor(party, ticks_of(row, set(here.values_list("seat_id", flat=True)), manner), manner)
    note = [row.note] if row.note else []
    knowing = (*at_door.needs, *(_said(line, manner) for line in lines), *note)
    if not manner.tells_needs:
        knowing = (_("Please call a member of staff."),) if knowing else ()
    return OnCard(at_door, knowing, tuple(_siblings(row)) if manner.names_families else ())


def with_words(parties: Iterable[AtDoor], words: str) -> list[AtDoor]:
    """By any name in the party, whole or in part."""
    return [one for one in parties if words.lower() in one.names]


def with_digits(parties: Iterable[AtDoor], digits: str) -> list[AtDoor]:
    """By the end of the number of whoever signed up; none where numbers are not to be seen."""
    return [one for one in parties if one.party.telephone and one.party.telephone.replace(" ", "").endswith(digits)]


def _said(line: AnswerLine, manner: Manner) -> str:
    return f"{manner.called(line.name)}：{line.label} {line.value}" if line.name else f"{line.label} {line.value}"


def _siblings(row: Registration) -> list[Child]:
    if row.household_id is None:
        return []
    seated = {seat.child_id for seat in row.seats.all() if seat.ended_at is None}
    children = live_children().filter(household=row.household_id).order_by("birth_month", "pk")
    return [child for child in children if child.pk not in seated]


def ticks_of(row: Registration, here: set[int], manner: Manner) -> tuple[Tick, ...]:
    """Children, then those without a name, then grown-ups, who took their seats last."""
    live = sorted((seat for seat in row.seats.all() if seat.ended_at is None), key=lambda seat: seat.pk)
    unnamed = [seat for seat in live if not _name(seat, manner)]
    grown = {seat.pk for seat in unnamed[len(unnamed) - row.adults :]} if row.adults else set()
    in_order = sorted(live, key=lambda seat: (seat.pk in grown, not _name(seat, manner), seat.pk))
    return tuple(
        Tick(
            seat.pk,
            _name(seat, manner) or (_("Grown-up") if seat.pk in grown else pgettext("at the door", "Child")),
            seat.pk in here,
        )
        for seat in in_order
    )


def _name(seat: Seat, manner: Manner) -> str:
    return manner.called(seat.child.name if seat.child is not None else seat.guest)
