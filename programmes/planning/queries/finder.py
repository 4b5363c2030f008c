"""Readers find sessions: filters asked of the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from networks.models import Area
from programmes.planning.choices import Mode
from programmes.planning.models import ActivityBook, Brand, Engagement, Session
from programmes.planning.queries.faces import public_sessions
from programmes.planning.registers import free_places
from programmes.planning.rules.ages import FOR_GROWN_UPS, GROWN_UP
from programmes.planning.rules.finding import WHOLE_CITY, Wish, folded_words
from venues.models import Venue
from venues.queries.today import midnight
from venues.queries.venues import districts

ONE_DAY = timedelta(days=1)
# As a session says them, else its activity.
YOUNGEST = Coalesce("from_months", "activity__from_months")
OLDEST = Coalesce("to_months", "activity__to_months")
HOW = Coalesce(NullIf("mode", Value("")), "activity__mode")


@dataclass(frozen=True)
class Aim:
    """A wish with the rows that it names; what it names in vain is not wished for. `brands`: closed ones, too. `own`: the ages
    of the reader's children, in years, wished for or not.
    """

    wish: Wish
    areas: list[Area]
    brands: list[Brand]
    district: Area | None
    venue: Venue | None
    brand: Brand | None
    own: tuple[int, ...] = ()

    @property
    def is_whole_city(self) -> bool:
        """Only what lies in no district is looked for."""
        return self.wish.district == WHOLE_CITY

    @property
    def ages(self) -> tuple[int, ...]:
        """One of these will do; none: any age."""
        if self.wish.mine:
            return self.own
        return () if self.wish.age is None else (self.wish.age,)


def aim_at(wish: Wish, own: Collection[int] = ()) -> Aim:
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
        free=wish.free and bool(free_places),
    )
    known = known if own or not known.mine else known.changed(mine=False)
    return Aim(known, areas, brands, district, venue, brand, tuple(own))


# --- Narrowing down ------------------------------------------------------------------------


def fitting(aim: Aim, *, at: datetime) -> "QuerySet[Session]":
    """By all but time and district."""
    return in_reach(of_kind(searched(aim), aim), aim, at=at)


def searched(aim: Aim) -> "QuerySet[Session]":
    """By words and venue."""
    rows = public_sessions()
    if aim.venue is not None:
        rows = rows.filter(venue=aim.venue)
    for word in folded_words(aim.wish.words):
        rows = rows.filter(_says(word, aim))
    return rows


def of_kind(rows: "QuerySet[Session]", aim: Aim) -> "QuerySet[Session]":
    """By what is done there and for whom."""
    wish = aim.wish
    if aim.brand is not None:
        rows = rows.filter(activity__programme__brand__in=with_those_below(aim.brand, aim))
    if wish.audience:
        rows = rows.filter(activity__audiences__contains=[wish.audience])
    if wish.kind:
        rows = rows.filter(activity__statistic_class=wish.kind)
    if wish.mode:
        rows = rows.alias(how=HOW).filter(how__in=[wish.mode, Mode.BOTH])
    if aim.ages:
        rows = rows.alias(youngest=YOUNGEST, oldest=OLDEST)
        rows = rows.filter(reduce(or_, (_of_age(years) for years in aim.ages)))
    return rows


def in_reach(rows: "QuerySet[Session]", aim: Aim, *, at: datetime) -> "QuerySet[Session]":
    """By places that are left, and by a way in without steps."""
    if aim.wish.free:
        rows = rows.filter(with_places(at))
    return rows.filter(venue__step_free=True) if aim.wish.step_free else rows


def in_district(rows: "QuerySet[Session]", aim: Aim) -> "QuerySet[Session]":
    if aim.is_whole_city:
        return reduce(lambda left, area: left.exclude(area__path__startswith=area.path), aim.areas, rows)
    return rows if aim.district is None else rows.filter(area__path__startswith=aim.district.path)


def with_places(at: datetime) -> Q:
    """Where a family that comes now finds a place or needs none, as the rooms know that keep places."""
    return reduce(or_, (each(at) for each in free_places), Q(pk__in=())) & Q(called_off_at=None)


# --- Times ---------------------------------------------------------------------------------


def time_of(wish: Wish, *, at: datetime, zone: ZoneInfo) -> Q:
    """What is over is shown only for days that are over."""
    days = wish.days(at.astimezone(zone).date())
    return to_come(at) if days is None else between(*days, at=at, zone=zone)


def to_come(at: datetime) -> Q:
    return Q(ends_at__gt=at)


def between(first: date, last: date, *, at: datetime, zone: ZoneInfo) -> Q:
    begin, end = midnight(first, zone), midnight(last + ONE_DAY, zone)
    return Q(ends_at__gt=max(begin, at) if end > at else begin, starts_at__lt=end)


def on_days(first: date, last: date, *, zone: ZoneInfo) -> Q:
    """All that goes on between the two, over or not."""
    return Q(ends_at__gt=midnight(first, zone), starts_at__lt=midnight(last + ONE_DAY, zone))


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


def with_those_below(brand: Brand, aim: Aim) -> list[int]:
    found = {brand.pk}
    while more := {one.pk for one in aim.brands if one.parent_id in found} - found:
        found |= more
    return sorted(found)


def _of_age(years: int) -> Q:
    """As `rules.ages.suits` says it, of rows with `youngest` and `oldest`."""
    suits = (Q(youngest=None) | Q(youngest__lte=years * 12 + 11)) & (Q(oldest=None) | Q(oldest__gte=years * 12))
    if years >= GROWN_UP:
        return suits
    for_others = Q(youngest=None, oldest=None, activity__audiences__contained_by=list(FOR_GROWN_UPS))
    return suits & ~(for_others & ~Q(activity__audiences=[]))


def _says(word: str, aim: Aim) -> Q:
    """In the title or the line below it, of what it is a part, where it is, what is read and who leads it: those who
    agreed to be named.
    """
    named = [Q(area__path__startswith=area.path) for area in aim.areas if word in area.name]
    brands = {pk for one in aim.brands if word.casefold() in one.name.casefold() for pk in with_those_below(one, aim)}
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
