"""What the list, the week, the month and their feed are narrowed by: the same pills, whichever page they stand on."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.finder import Pill
from kit.refusals import Text
from networks.models import Area
from people.doors import is_signed_in, person_of
from people.queries.families import ages_of_own_children
from programmes.planning.choices import Audience, Mode, StatisticClass
from programmes.planning.queries.cards import DistrictAddress
from programmes.planning.queries.facets import MINE, OLDEST_CHILD, YES, Findings
from programmes.planning.queries.finder import Aim
from programmes.planning.registers import free_places
from programmes.planning.rules.facets import Facet
from programmes.planning.rules.finding import (
    COMING,
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
    unread,
    words_of,
)
from programmes.planning.rules.wording import full_day_words
from venues.queries.venues import tile_of

# For readers; librarians are told of their training elsewhere.
_AUDIENCES = [one for one in Audience if one != Audience.LIBRARIANS]
Group = tuple[Text, list[Pill]]
# A condition in words, and the page without it.
Taken = tuple[Text, str]


# Of the wish, the name of the field by which each facet of several choices is asked for.
_FIELDS = {
    Facet.TIME: "when",
    Facet.AGE: "age",
    Facet.AUDIENCE: "audience",
    Facet.KIND: "kind",
    Facet.MODE: "mode",
    Facet.BRAND: "brand",
}
_OPEN = {"free", "step_free", "mine"}
_NOTHING: dict[str, Any] = {"age": None, "brand": None}


@dataclass(frozen=True)
class Narrowing:
    """`kept`: what the page's own address carries besides the wish. Where nothing is wished for, the week stands at the
    address of all, and the list says that it is meant.
    """

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
    def searched_at(self) -> str:
        """Words are looked for in all that is to come, not in a week."""
        return reverse("planning:events") if self.url_name == "planning:week" else self.page

    @property
    def carried(self) -> list[tuple[str, str]]:
        """For the form that asks for words."""
        kept = () if self.url_name == "planning:week" else self.kept
        return [*kept, *(pair for pair in self.wish.fields() if pair[0] != "q")]

    @property
    def carried_to_a_day(self) -> list[tuple[str, str]]:
        """For the form that asks for a day."""
        return [*self.kept, *self.wish.timeless.fields()]

    @property
    def bare(self) -> str:
        """The same page, with nothing wished for."""
        return self._address(list(self.kept))

    @property
    def feed(self) -> str:
        """A calendar to subscribe to has no end, so it is never narrowed to a few days."""
        return f"{reverse('planning:feed')}{self.wish.lasting.query()}"

    def href(self, **changes: Any) -> str:
        return self._address([*self.kept, *self.wish.changed(**changes).fields()])

    def _address(self, fields: list[tuple[str, str]]) -> str:
        if fields or self.url_name not in {"planning:events", "planning:week"}:
            return f"{self.page}{asked(fields)}"
        if self.url_name == "planning:week":
            return reverse("planning:events")
        return f"{self.page}{asked([('when', COMING)])}"

    @property
    def card_address(self) -> DistrictAddress | None:
        """None where one district is looked at, or a venue."""
        if self.wish.district is not None or self.aim.venue:
            return None

        def address(title: str, day: date, area: Area) -> str:
            changes = {"district": area.pk, "day": day, "words": words_of(title) or self.wish.words}
            return f"{reverse('planning:events')}{self.wish.query(**changes)}"

        return address

    def whens(self, found: Findings) -> list[Pill]:
        labels = {
            TODAY: pgettext("a filter", "Today"),
            TOMORROW: pgettext("a filter", "Tomorrow"),
            SATURDAY: pgettext("weekday", "Sat"),
            SUNDAY: pgettext("weekday", "Sun"),
            WEEKEND: _("This weekend"),
            WEEK: _("Next 7 days"),
        }
        return [self._pill(Facet.TIME, key, label, found) for key, label in labels.items()]

    def often(self, found: Findings) -> list[Pill]:
        """Found by one press."""
        wish, pills = self.wish, []
        if self.aim.own:
            number = found.counts.of(Facet.AGE, MINE)
            pills.append(Pill("mine", _("For my children"), self.href(mine=not wish.mine), "people", wish.mine, number))
        if free_places and self.url_name != "planning:past":
            number = found.counts.of(Facet.FREE, YES)
            pills.append(Pill("free", _("With free places"), self.href(free=not wish.free), "check", wish.free, number))
        number, is_on = found.counts.of(Facet.MODE, Mode.LIVE), wish.mode == Mode.LIVE
        pills.append(Pill("online", _("Online"), self.href(mode="" if is_on else Mode.LIVE), "screen", is_on, number))
        number = found.counts.of(Facet.STEP_FREE, YES)
        href = self.href(step_free=not wish.step_free)
        return [*pills, Pill("step-free", _("Step-free"), href, "step-free", wish.step_free, number)]

    def groups(self, found: Findings) -> list[Group]:
        """By heading, without those that offer nothing to choose."""
        brands = [brand for brand in self.aim.brands if brand.closed_at is None]
        headed: list[tuple[Text, Facet, list[tuple[Hashable, Text]]]] = [
            (_("Age of the child"), Facet.AGE, [(age, age_label(age)) for age in self._ages()]),
            (_("For whom"), Facet.AUDIENCE, [(one.value, one.label) for one in _AUDIENCES]),
            (_("Which kind"), Facet.KIND, [(one.value, one.label) for one in StatisticClass]),
            (_("On site or live"), Facet.MODE, [(one.value, one.label) for one in MODES]),
            (_("Brand"), Facet.BRAND, [(one.pk, one.name) for one in brands]),
        ]
        return [
            (title, [self._pill(facet, key, label, found) for key, label in choices])
            for title, facet, choices in headed
            if choices
        ]

    def taken(self) -> list[Taken]:
        """What is on, each with the address of the same page without it. Pills that always lie open show themselves: those of
        time, and what is often asked for.
        """
        conditions = ((label, change) for _facet, label, change in self._conditions() if label)
        return [(label, self.href(**change)) for label, change in conditions if change.keys().isdisjoint(_OPEN)]

    def name_of(self, facet: Facet | str) -> Text:
        """What is chosen of it."""
        return next(label for one, label, _change in self._conditions() if one == facet and label)

    def _conditions(self) -> list[tuple[Facet | str, Text, dict[str, Any]]]:
        wish, aim = self.wish, self.aim
        return [
            ("words", _("“%(words)s”") % {"words": wish.words} if wish.words else "", {"words": ""}),
            (Facet.TIME, full_day_words(wish.day) if wish.day else "", {"day": None}),
            (Facet.TIME, date_format(wish.month, "YEAR_MONTH_FORMAT") if wish.month else "", {"month": None}),
            (Facet.DISTRICT, self.where, {"district": None}),
            ("venue", aim.venue.name if aim.venue else "", {"venue": ""}),
            (Facet.AGE, "" if wish.age is None else age_label(wish.age), {"age": None}),
            (Facet.AUDIENCE, Audience(wish.audience).label if wish.audience else "", {"audience": ""}),
            (Facet.KIND, StatisticClass(wish.kind).label if wish.kind else "", {"kind": ""}),
            (Facet.MODE, Mode(wish.mode).label if wish.mode else "", {"mode": ""}),
            (Facet.BRAND, aim.brand.name if aim.brand else "", {"brand": None}),
            (Facet.FREE, _("With free places") if wish.free else "", {"free": False}),
            (Facet.STEP_FREE, _("Step-free") if wish.step_free else "", {"step_free": False}),
            (Facet.AGE, _("For my children") if wish.mine else "", {"mine": False}),
        ]

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
        of_all_time = replace(self, aim=replace(self.aim, wish=self.wish.lasting))
        return "、".join(str(label) for label, _href in of_all_time.taken())

    def tiles(self, districts: Iterable[tuple[Area, int]]) -> list[tuple[Any, ...]]:
        """A second tap on the tile that is chosen shows the whole city again."""
        tiles = []
        for area, count in districts:
            is_current = area == self.aim.district
            href = self.href(district=None if is_current else area.pk)
            tiles.append((area.name, href, *tile_of(area), count, is_current))
        return tiles

    def _ages(self) -> list[int]:
        ages = list(range(OLDEST_CHILD + 1))
        return ages if self.wish.age is None or self.wish.age in ages else [*ages, self.wish.age]

    def _pill(self, facet: Facet, key: Any, label: Text, found: Findings) -> Pill:
        name = _FIELDS[facet]
        is_on = getattr(self.wish, name) == key
        href = self.href(**{name: _NOTHING.get(name, "") if is_on else key})
        return Pill(f"{name}-{key}", label, href, is_on=is_on, count=found.counts.of(facet, key))


def age_label(age: int) -> str:
    return _("%(n)s years") % {"n": age}


def is_choosing(request: HttpRequest) -> bool:
    """A part of the page is asked for, by somebody who has the page before her."""
    return bool(getattr(request, "htmx", False))


def own_ages(request: HttpRequest, *, today: date) -> list[int]:
    """Of the children of whoever is signed in. Pages that are kept for everybody are asked for by nobody who is."""
    person = person_of(request) if is_signed_in(request) else None
    return ages_of_own_children(person, today) if person else []


def shared(narrowing: Narrowing, found: Findings, request: HttpRequest) -> dict[str, Any]:
    """For `planning/public/_pills.html` and what stands around it. Who is choosing finds "more" still open after each choice."""
    wish, taken = narrowing.wish, narrowing.taken()
    behind_more = [wish.age is not None, wish.audience, wish.kind, wish.mode, wish.brand]
    asks_who = request.GET.get("for") == "mine" and not wish.mine and wish.age is None
    feed = request.build_absolute_uri(narrowing.feed)
    return {
        "narrowing": narrowing,
        "aim": narrowing.aim,
        "found": found,
        "tiles": narrowing.tiles(found.districts),
        "often": narrowing.often(found),
        "groups": narrowing.groups(found),
        "taken": taken,
        "has_several": len(wish.fields()) > 1,
        "more_is_open": any(behind_more) and is_choosing(request),
        "heading": narrowing.aim.venue or narrowing.aim.district or "",
        "unread": unread_words(request, narrowing.aim),
        "asks_who": asks_who,
        "sign_in": f"{reverse('people:sign-in')}?{urlencode({'next': request.get_full_path()})}" if asks_who else "",
        "is_known": is_signed_in(request),
        "feed": feed,
        "webcal": f"webcal{feed[feed.index(':') :]}",
    }


def unread_words(request: HttpRequest, aim: Aim) -> str:
    """What the address says in vain, by the names that the page has for it."""
    labels = {
        "q": _("words"),
        "when": pgettext("a filter", "When"),
        "day": pgettext("a filter", "day"),
        "month": pgettext("a filter", "month"),
        "district": pgettext("a filter", "district"),
        "venue": pgettext("a filter", "venue"),
        "age": _("Age of the child"),
        "audience": _("For whom"),
        "class": _("Which kind"),
        "mode": _("On site or live"),
        "brand": _("Brand"),
        "free": _("With free places"),
        "with": _("Step-free"),
        "for": _("For my children"),
    }
    return "、".join(str(labels[name]) for name in unread(request.GET, aim.wish))
