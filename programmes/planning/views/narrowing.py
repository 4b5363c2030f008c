"""What the list, the month and their feed are narrowed by: the same pills, whichever page they stand on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.finder import Pill
from kit.refusals import Text
from networks.models import Area
from programmes.planning.choices import Audience, Mode, StatisticClass
from programmes.planning.queries.cards import DistrictAddress
from programmes.planning.queries.finder import Aim, Findings
from programmes.planning.rules.finding import (
    MODES,
    SATURDAY,
    SUNDAY,
    TODAY,
    TOMORROW,
    WEEK,
    WEEKEND,
    WHOLE_CITY,
    Wish,
    asked,
    words_of,
)
from programmes.planning.rules.wording import full_day_words
from venues.queries.venues import tile_of

OLDEST_CHILD = 12
# For readers; librarians are told of their training elsewhere.
_AUDIENCES = [one for one in Audience if one != Audience.LIBRARIANS]
Group = tuple[Text, list[Pill]]
# A condition in words, and the page without it.
Taken = tuple[Text, str]


@dataclass(frozen=True)
class Narrowing:
    """`kept`: what the page's own address carries besides the wish."""

    url_name: str
    aim: Aim
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def wish(self) -> Wish:
        return self.aim.wish

    @property
    def page(self) -> str:
        return reverse(self.url_name)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """For the form that asks for words."""
        return [*self.kept, *(pair for pair in self.wish.fields() if pair[0] != "q")]

    @property
    def carried_to_a_day(self) -> list[tuple[str, str]]:
        """For the form that asks for a day."""
        return [*self.kept, *self.wish.timeless.fields()]

    @property
    def bare(self) -> str:
        """The same page, with nothing wished for."""
        return f"{self.page}{asked(list(self.kept))}"

    @property
    def feed(self) -> str:
        """A calendar to subscribe to has no end, so it is never narrowed to a few days."""
        return f"{reverse('planning:feed')}{self.wish.timeless.query()}"

    def href(self, **changes: Any) -> str:
        return f"{self.page}{asked([*self.kept, *self.wish.changed(**changes).fields()])}"

    @property
    def card_address(self) -> DistrictAddress | None:
        """None where one district is looked at, or a venue."""
        if self.wish.district is not None or self.aim.venue:
            return None

        def address(title: str, day: date, area: Area) -> str:
            changes = {"district": area.pk, "day": day, "words": words_of(title) or self.wish.words}
            return f"{reverse('planning:events')}{self.wish.query(**changes)}"

        return address

    def whens(self) -> list[Pill]:
        labels = {
            TODAY: pgettext("a filter", "Today"),
            TOMORROW: pgettext("a filter", "Tomorrow"),
            SATURDAY: pgettext("weekday", "Sat"),
            SUNDAY: pgettext("weekday", "Sun"),
            WEEKEND: _("This weekend"),
            WEEK: _("Next 7 days"),
        }
        return [self._pill("when", key, label, key) for key, label in labels.items()]

    def groups(self) -> list[Group]:
        """By heading, without those that offer nothing to choose."""
        found = [
            (_("Age of the child"), self._ages()),
            (_("For whom"), [self._pill("audience", one.value, one.label, one.value) for one in _AUDIENCES]),
            (_("Which kind"), [self._pill("kind", one.value, one.label, one.value) for one in StatisticClass]),
            (_("On site or live"), [self._pill("mode", one.value, one.label, one.value) for one in MODES]),
            (
                _("Brand"),
                [
                    self._pill("brand", str(one.pk), one.name, one.pk)
                    for one in self.aim.brands
                    if one.closed_at is None
                ],
            ),
        ]
        return [(title, pills) for title, pills in found if pills]

    def taken(self) -> list[Taken]:
        """What is on, each with the address of the same page without it; the pills of time show themselves."""
        wish, aim = self.wish, self.aim
        audience = Audience(wish.audience).label if wish.audience else ""
        kind = StatisticClass(wish.kind).label if wish.kind else ""
        mode = Mode(wish.mode).label if wish.mode else ""
        found: list[tuple[Text, dict[str, Any]]] = [
            (_("“%(words)s”") % {"words": wish.words} if wish.words else "", {"words": ""}),
            (full_day_words(wish.day) if wish.day else "", {"day": None}),
            (date_format(wish.month, "YEAR_MONTH_FORMAT") if wish.month else "", {"month": None}),
            (self.where, {"district": None}),
            (aim.venue.name if aim.venue else "", {"venue": ""}),
            ("" if wish.age is None else age_label(wish.age), {"age": None}),
            (audience, {"audience": ""}),
            (kind, {"kind": ""}),
            (mode, {"mode": ""}),
            (aim.brand.name if aim.brand else "", {"brand": None}),
        ]
        return [(label, self.href(**change)) for label, change in found if label]

    @property
    def where(self) -> Text:
        if self.aim.is_whole_city:
            return _("In the whole city")
        return self.aim.district.name if self.aim.district else ""

    @property
    def in_none(self) -> str:
        """What lies in no district."""
        return self.href(district=WHOLE_CITY)

    @property
    def lasting(self) -> str:
        """What its feed is narrowed by, in words."""
        of_all_time = replace(self, aim=replace(self.aim, wish=self.wish.timeless))
        return "、".join(str(label) for label, _href in of_all_time.taken())

    def tiles(self, districts: Iterable[tuple[Area, int]]) -> list[tuple[Any, ...]]:
        """A second tap on the tile that is chosen shows the whole city again."""
        tiles = []
        for area, count in districts:
            is_current = area == self.aim.district
            href = self.href(district=None if is_current else area.pk)
            tiles.append((area.name, href, *tile_of(area), count, is_current))
        return tiles

    def _ages(self) -> list[Pill]:
        ages = list(range(OLDEST_CHILD + 1))
        if self.wish.age is not None and self.wish.age not in ages:
            ages.append(self.wish.age)
        return [self._pill("age", str(age), age_label(age), age) for age in ages]

    def _pill(self, name: str, key: str, label: Text, value: Any) -> Pill:
        is_on = getattr(self.wish, name) == value
        nothing = None if name in {"age", "brand"} else ""
        return Pill(f"{name}-{key}", label, self.href(**{name: nothing if is_on else value}), is_on=is_on)


def age_label(age: int) -> str:
    return _("%(n)s years") % {"n": age}


def is_choosing(request: HttpRequest) -> bool:
    """A part of the page is asked for, by somebody who has the page before her."""
    return bool(getattr(request, "htmx", False))


def shared(narrowing: Narrowing, found: Findings, *, is_choosing: bool) -> dict[str, Any]:
    """For `planning/public/_narrowing.html`. Who is choosing finds "more" still open after each choice."""
    wish, taken = narrowing.wish, narrowing.taken()
    behind_more = [wish.age is not None, wish.audience, wish.kind, wish.mode, wish.brand]
    return {
        "narrowing": narrowing,
        "aim": narrowing.aim,
        "found": found,
        "tiles": narrowing.tiles(found.districts),
        "groups": narrowing.groups(),
        "taken": taken,
        "has_several": len(wish.fields()) > 1,
        "more_is_open": any(behind_more) and is_choosing,
        "heading": narrowing.aim.venue or narrowing.aim.district or "",
    }
