"""The cards of a list of sessions: counted and cut into pages by the database, folded by rules/cards.py."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import overload

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from networks.models import Area
from programmes.planning.models import Session
from programmes.planning.queries.faces import SessionFace, face, for_faces
from programmes.planning.registers import list_chips
from programmes.planning.rules.cards import MOST_ALONE, DistrictOfCard, Fold, Line, folded, places_of, within
from programmes.planning.rules.told import Chip, state_chips

# What a card says but for the place; columns of the session alone, so that a year of them is counted without a join.
_ALIKE = ("starts_at", "ends_at", "activity_id", "title", "from_months", "to_months", "mode")
_SHARES = ExpressionWrapper(Q(called_off_at=None, moved_at=None, venue__isnull=False), output_field=BooleanField())
# No card says them, and an instant costs more to read than the rest of its row.
_UNSAID = ("occupies", "made_at", "approved_at", "changed_at")
# More links than these on one card, and it leads to its districts instead.
MOST_LISTED = 48

Card = list[Line]
# To the same sessions of one district: the title, the day, the district.
DistrictAddress = Callable[[str, date, Area], str]


class Cards(Sequence[Card]):
    """In the order of time, as a paginator takes them: one statement for the number, one for a page. `running`: what began
    before all of them, read along with the first page; none where there is nothing.
    """

    def __init__(self, rows: "QuerySet[Session]", *, running: "QuerySet[Session] | None" = None) -> None:
        self.rows, self._running = rows, running
        self.running: list[Card] = []

    @cached_property
    def starts(self) -> list[tuple[datetime, int]]:
        """With how many cards begin at each instant."""
        same = self.rows.order_by().values(*_ALIKE, shares=_SHARES)
        counted = same.annotate(number=Count("pk")).values_list("starts_at", "shares", "number")
        found: dict[datetime, int] = defaultdict(int)
        for starts_at, shares, number in counted:
            found[starts_at] += 1 if shares and number > MOST_ALONE else number
        return sorted(found.items())

    def __len__(self) -> int:
        return sum(cards for _start, cards in self.starts)

    @overload
    def __getitem__(self, wanted: int) -> Card: ...

    @overload
    def __getitem__(self, wanted: slice) -> list[Card]: ...

    def __getitem__(self, wanted: int | slice) -> Card | list[Card]:
        if isinstance(wanted, slice):
            first, last, _step = wanted.indices(len(self))
            return self._between(first, last)
        return self._between(wanted, wanted + 1)[0]

    def _between(self, first: int, last: int) -> list[Card]:
        found, beside = within(self.starts, first, last), self._running if first == 0 else None
        if found is None:
            self.running = folded(lines_of(beside.order_by("starts_at", "pk"))) if beside is not None else []
            return []
        begin, end, before = found
        rows = self.rows.filter(starts_at__range=(begin, end))
        both = rows if beside is None else rows.order_by() | beside.order_by()
        lines = lines_of(both.order_by("starts_at", "pk"))
        self.running = folded(line for line in lines if line.starts_at < begin)
        return folded(line for line in lines if line.starts_at >= begin)[first - before : last - before]


def lines_of(rows: "QuerySet[Session]") -> list[Line]:
    """In the order of `rows`; one statement."""
    columns = rows.values_list(
        *("pk", "code", "area__path", "venue_id", "venue__name", "room__name", "called_off_at", "moved_at"), *_ALIKE
    )
    return [
        Line(pk, code, alike[0], None if off or moved or venue is None else tuple(alike), path, venue, name, room or "")
        for pk, code, path, venue, name, room, off, moved, *alike in columns
    ]


def faces_of(
    cards: Iterable[Card],
    *,
    at: datetime,
    colours: Mapping[int, str],
    districts: list[Area],
    address: DistrictAddress | None,
) -> list[SessionFace]:
    """One statement, and one for what upper rooms say of places on cards of many. `address`: none where one district is
    looked at: a card then lists its places, however many.
    """
    heads = [(card[0].pk, card) for card in cards]
    named = for_faces(Session.objects.filter(pk__in=[pk for pk, _card in heads])).defer(*_UNSAID)
    rows = named.in_bulk() if heads else {}
    chips = _lacking([card for _pk, card in heads if len(card) > 1], at=at)
    faces = []
    for pk, card in heads:
        if pk not in rows:
            continue
        one = face(rows[pk], at=at, colours=colours, districts=districts)
        if len(card) > 1:
            shared = fold(one, card, districts, address, chips)
            one = replace(one, chips=state_chips(rows[pk], at=at), fold=shared, way=None)
        faces.append(one)
    return faces


def _lacking(cards: Iterable[Card], *, at: datetime) -> dict[int, Chip]:
    """By the session's id, of the places that cards of many name."""
    keys = [line.pk for card in cards for line in card if line.starts_at > at]
    return {pk: chip for each in list_chips for pk, chip in each.lacking(keys, at).items()} if keys else {}


def fold(
    of: SessionFace,
    card: Card,
    districts: list[Area],
    address: DistrictAddress | None,
    chips: Mapping[int, Chip],
) -> Fold:
    """In the library's order of districts; what is in none of them comes last."""
    places, found = places_of(card, chips=chips), []
    day = timezone.localtime(of.session.starts_at).date()
    is_long = address is not None and len(places) > MOST_LISTED
    for area in districts:
        here = [place for place in places if place.area.startswith(area.path)]
        if here:
            href = address(of.title, day, area) if is_long and address else ""
            found.append(DistrictOfCard(area, len(here), [] if href else here, href))
    known = tuple(area.path for area in districts)
    elsewhere = [place for place in places if not place.area.startswith(known)]
    if elsewhere:
        found.append(DistrictOfCard(None, len(elsewhere), elsewhere))
    return Fold(len(places), len({line.venue for line in card}), found)
