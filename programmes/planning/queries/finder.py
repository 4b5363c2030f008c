"""Readers find sessions: filters asked of the database, counted by district, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from networks.models import Area
from programmes.planning.choices import Audience, Mode
from programmes.planning.models import ActivityBook, Brand, Engagement, Session
from programmes.planning.queries.faces import public_sessions
from programmes.planning.rules.finding import WHOLE_CITY, Wish, folded_words
from venues.models import Venue
from venues.queries.today import midnight
from venues.queries.venues import districts

# Whoever looks for something for a child is not shown what is for these alone, where no age is said.
_GROWN = [Audience.ADULTS, Audience.ELDERLY, Audience.LIBRARIANS]
GROWN_UP = 18
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Aim:
    """A wish with the rows that it names; what it names in vain is not wished for. `brands`: closed ones, too."""

    wish: Wish
    areas: list[Area]
    brands: list[Brand]
    district: Area | None
    venue: Venue | None
    brand: Brand | None

    @property
    def is_whole_city(self) -> bool:
        """Only what lies in no district is looked for."""
        return self.wish.district == WHOLE_CITY


@dataclass(frozen=True)
class Findings:
    """`running`: what began before the first day, such as an exhibition; `rows`: the others, `coming` in number.
    `districts`: with how many fit in each, wherever the reader looks now; `in_none`: how many lie in none of them.
    """

    rows: "QuerySet[Session]"
    running: "QuerySet[Session]"
    count: int
    coming: int
    everywhere: int
    in_none: int
    districts: list[tuple[Area, int]]

    @property
    def going_on(self) -> int:
        return self.count - self.coming


def aim_at(wish: Wish) -> Aim:
    """Two statements, and one more where a venue is named."""
    areas = list(districts())
    brands = list(Brand.objects.order_by("place", "pk"))
    venue = Venue.objects.filter(slug=wish.venue, is_public=True).first() if wish.venue else None
    district = next((area for area in areas if area.pk == wish.district), None)
    brand = next((brand for brand in brands if brand.pk == wish.brand), None)
    known = wish.changed(
        district=district.pk if district else WHOLE_CITY if wish.district == WHOLE_CITY else None,
        venue=venue.slug if venue else "",
        brand=brand.pk if brand else None,
    )
    return Aim(known, areas, brands, district, venue, brand)


def find(aim: Aim, rows: "QuerySet[Session]", *, first: date, zone: ZoneInfo) -> Findings:
    """`rows`: those of the time that is asked for, which begins with `first`. One statement here; the rows are others.
    Sessions that were called off stay in their place, and say so.
    """
    begin = midnight(first, zone)
    count: dict[Area | None, int] = dict.fromkeys((None, *aim.areas), 0)
    running, everywhere = 0, 0
    numbers = {"number": Count("pk"), "began": Count("pk", filter=Q(starts_at__lt=begin))}
    for path, number, began in rows.order_by().values_list("area__path").annotate(**numbers):
        everywhere += number
        area = district_of(path, aim.areas)
        count[area] += number
        if aim.wish.district is None or area == aim.district:
            running += began
    shown = in_district(rows, aim).order_by("starts_at", "pk")
    in_all = everywhere if aim.wish.district is None else count[aim.district]
    return Findings(
        rows=shown.filter(starts_at__gte=begin),
        running=shown.filter(starts_at__lt=begin),
        count=in_all,
        coming=in_all - running,
        everywhere=everywhere,
        in_none=count[None],
        districts=[(area, count[area]) for area in aim.areas],
    )


def in_district(rows: "QuerySet[Session]", aim: Aim) -> "QuerySet[Session]":
    if aim.is_whole_city:
        return reduce(lambda left, area: left.exclude(area__path__startswith=area.path), aim.areas, rows)
    return rows if aim.district is None else rows.filter(area__path__startswith=aim.district.path)


def fitting(aim: Aim) -> "QuerySet[Session]":
    """By all but time and district."""
    wish, rows = aim.wish, public_sessions()
    if aim.venue is not None:
        rows = rows.filter(venue=aim.venue)
    if aim.brand is not None:
        rows = rows.filter(activity__programme__brand__in=_with_those_below(aim.brand, aim))
    if wish.audience:
        rows = rows.filter(activity__audiences__contains=[wish.audience])
    if wish.kind:
        rows = rows.filter(activity__statistic_class=wish.kind)
    if wish.mode:
        rows = rows.alias(how=Coalesce(NullIf("mode", Value("")), "activity__mode"))
        rows = rows.filter(how__in=[wish.mode, Mode.BOTH])
    if wish.age is not None:
        rows = _of_age(rows, wish.age)
    for word in folded_words(wish.words):
        rows = rows.filter(_says(word, aim))
    return rows


def in_time(rows: "QuerySet[Session]", wish: Wish, *, at: datetime, zone: ZoneInfo) -> "QuerySet[Session]":
    """What is over is shown only for days that are over."""
    days = wish.days(at.astimezone(zone).date())
    if days is None:
        return rows.filter(ends_at__gt=at)
    first, last = midnight(days[0], zone), midnight(days[1] + ONE_DAY, zone)
    return rows.filter(ends_at__gt=max(first, at) if last > at else first, starts_at__lt=last)


def on_days(rows: "QuerySet[Session]", first: date, last: date, *, zone: ZoneInfo) -> "QuerySet[Session]":
    """All that goes on between the two, over or not."""
    return rows.filter(ends_at__gt=midnight(first, zone), starts_at__lt=midnight(last + ONE_DAY, zone))


def new_first(rows: "QuerySet[Session]", day: date, zone: ZoneInfo) -> "QuerySet[Session]":
    """What begins on that day, then what has been going on."""
    began = Case(When(starts_at__lt=midnight(day, zone), then=Value(1)), default=Value(0))
    return rows.order_by(began, "starts_at", "pk")


def first_day(wish: Wish, *, today: date) -> date:
    """The day that a list begins with."""
    days = wish.days(today)
    return today if days is None or days[0] <= today <= days[1] else days[0]


def district_of(path: str, areas: list[Area]) -> Area | None:
    return next((area for area in areas if path.startswith(area.path)), None)


def _with_those_below(brand: Brand, aim: Aim) -> list[int]:
    found = {brand.pk}
    while more := {one.pk for one in aim.brands if one.parent_id in found} - found:
        found |= more
    return sorted(found)


def _of_age(rows: "QuerySet[Session]", years: int) -> "QuerySet[Session]":
    """Some month of that year of life is within the band; an open end is no limit."""
    rows = rows.alias(
        youngest=Coalesce("from_months", "activity__from_months"),
        oldest=Coalesce("to_months", "activity__to_months"),
    ).filter(
        Q(youngest=None) | Q(youngest__lte=years * 12 + 11),
        Q(oldest=None) | Q(oldest__gte=years * 12),
    )
    if years >= GROWN_UP:
        return rows
    for_grown_ups = Q(youngest=None, oldest=None, activity__audiences__contained_by=_GROWN)
    return rows.exclude(for_grown_ups & ~Q(activity__audiences=[]))


def _says(word: str, aim: Aim) -> Q:
    """In the title or the line below it, of what it is a part, where it is, what is read and who leads it: those who
    agreed to be named.
    """
    named = [Q(area__path__startswith=area.path) for area in aim.areas if word in area.name]
    brands = {pk for one in aim.brands if word.casefold() in one.name.casefold() for pk in _with_those_below(one, aim)}
    if brands:
        named.append(Q(activity__programme__brand__in=sorted(brands)))
    books = ActivityBook.objects.filter(book__title__icontains=word)
    led = Engagement.objects.filter(live=True, host__is_public=True, host__name__icontains=word)
    return reduce(
        or_,
        named,
        Q(title__icontains=word)
        | Q(title="", activity__title__icontains=word)
        | Q(activity__programme__title__icontains=word)
        | Q(venue__name__icontains=word)
        | Q(place_name__icontains=word)
        | Q(summary__icontains=word)
        | Q(summary="", activity__summary__icontains=word)
        | Q(activity__in=books.values("activity"))
        | Q(pk__in=led.values("session")),
    )
