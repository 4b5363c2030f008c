"""All that a session's public page says."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, F, Func, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from networks.choices import AreaKind
from networks.models import Area, Network
from programmes.planning.choices import PlaceKind
from programmes.planning.models import ActivityPicture, Engagement, Host, Session, Slot
from programmes.planning.queries.books import BookLine, books_of
from programmes.planning.queries.brands import looks
from programmes.planning.queries.faces import public_sessions, sign_up_chips
from programmes.planning.queries.units import units_of_activities
from programmes.planning.registers import activity_pages, event_joins
from programmes.planning.rules.brands import shade
from programmes.planning.rules.finding import Wish
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.told import (
    Chip,
    company_words,
    is_over,
    near_words,
    running_until,
    state_chips,
    telephone,
    which_day,
)
from programmes.planning.rules.units import PrintedLine
from programmes.planning.rules.wording import age_words, clock_words, day_words
from venues.queries.page import map_address
from venues.queries.venues import DISTRICTS

# Other times of the same activity: so many in this place, and so many elsewhere.
OTHERS = 6
# The states of chips that say, high up, that one finds no place; how many are left stands where one signs up.
LACKING = {"waiting", "full"}


@dataclass(frozen=True)
class Other:
    """`district`: where another place lies, unless its name says it."""

    code: str
    day: str
    clock: str
    place: str
    district: str
    is_here: bool


@dataclass(frozen=True)
class EventFace:
    session: Session
    title: str
    kicker: str
    summary: str
    day: str
    clock: str
    until: date | None
    near: str
    place: str
    ages: str
    company: str
    capacity: int | None
    telephone: str
    chips: list[Chip]
    is_over: bool
    fill: str
    district: str
    city: str
    map_address: str
    stream: str
    pictures: list[ActivityPicture]
    books: list[BookLine]
    units: list[PrintedLine]
    hosts: list[Host]
    slots: list[Slot]
    others: list[Other]
    # Of the activity's own page, or empty.
    about: str

    @property
    def when(self) -> str:
        return f"{self.day} {self.clock}"

    @property
    def may_just_come(self) -> bool:
        """It has as many places as there are people; a partner's place may not be open to everybody, and a slot is
        for one family.
        """
        return self.capacity is None and not self.slots and self.session.place_kind != PlaceKind.PARTNER

    @property
    def comes_next(self) -> str:
        """Where somebody who comes too late goes on: to the same again, else to its brand or venue, else to all."""
        if self.others:
            return "#others"
        venue, brand = self.session.venue, self.session.activity.programme.brand_id
        wish = Wish(brand=brand, venue=venue.slug if venue and venue.is_public and brand is None else "")
        return f"{reverse('planning:events')}{wish.query()}"

    @property
    def is_off(self) -> bool:
        return self.session.called_off_at is not None


def event_by_code(code: str, *, network: Network, at: datetime) -> EventFace | None:
    """None where readers find nothing. At most nine statements, however much there is."""
    session = _sessions().filter(code=code).first()
    if session is None:
        return None
    activity, programme, title = session.activity, session.activity.programme, value_of(session, "title")
    today = at.astimezone(network.zone).date()
    from_months, to_months = value_of(session, "from_months"), value_of(session, "to_months")
    over = is_over(session, at)
    return EventFace(
        session=session,
        title=title,
        kicker="" if programme.title in title else programme.title,
        summary=value_of(session, "summary"),
        day=which_day(session, today=today),
        clock=clock_words(session.starts_at, session.ends_at),
        until=running_until(session, today=today),
        near=near_words(timezone.localtime(session.starts_at).date(), today),
        place=place_words(session),
        ages=age_words(from_months, to_months),
        company=company_words(session),
        capacity=value_of(session, "capacity"),
        telephone=telephone(session),
        chips=[*state_chips(session, at=at), *(one for one in sign_up_chips(session, at=at) if one[1] in LACKING)],
        is_over=over,
        fill=_fill(programme.brand_id, network),
        district=session.district_name or "",
        city=session.city_name or "",
        map_address=map_address(network, session.venue) if session.venue else "",
        stream="" if over or session.called_off_at else value_of(session, "stream_url"),
        pictures=list(activity.pictures.filter(removed_at=None).order_by("place", "pk")),
        books=books_of(activity, network),
        units=units_of_activities([activity])[activity.pk],
        hosts=hosts_of(session),
        slots=list(session.slots.order_by("starts_at")) if activity.slot_minutes else [],
        others=_others(session, at=at),
        about=next((pages.address(session.about_path) for pages in activity_pages if session.about_path), ""),
    )


def _fill(brand: int | None, network: Network) -> str:
    return shade(network.brand_hue) if brand is None else looks(network)[brand].fill


def hosts_of(session: Session) -> list[Host]:
    """Those who agreed to be named, whoever leads it first."""
    rows = Engagement.objects.filter(session=session, live=True, host__is_public=True).select_related("host")
    return [row.host for row in rows.order_by(F("part").desc(), "pk")]


def _sessions() -> Any:
    rows = _placed()
    for pages in activity_pages:
        rows = rows.annotate(about_path=pages.path())
    return rows.select_related("activity__programme", "area", "venue", "room", "safety_notice", *event_joins)


def _placed() -> Any:
    """With the district and the city that it lies in, by name."""
    above = Area.objects.filter(
        Func(OuterRef("area__path"), F("path"), function="starts_with", output_field=BooleanField())
    )
    return public_sessions().annotate(
        district_name=Subquery(above.filter(kind__in=DISTRICTS).order_by("-path").values("name")[:1]),
        city_name=Subquery(above.filter(kind=AreaKind.CITY).order_by("path").values("name")[:1]),
    )


def _others(session: Any, *, at: datetime) -> list[Other]:
    """Coming ones, the nearest places first: this one, those of the same district, the others."""
    same = Q(venue=session.venue_id) if session.venue_id else Q(pk=None)
    beside = Q(district_name=session.district_name) if session.district_name else Q(pk=None)
    rows = (
        _placed()
        .filter(activity=session.activity_id, called_off_at=None, starts_at__gt=at)
        .exclude(pk=session.pk)
        .select_related("venue", "room")
        .annotate(is_here=Case(When(same, then=Value(True)), default=Value(False)))
        .annotate(far=Case(When(same | beside, then=Value(0)), default=Value(1)))
        .annotate(number=Window(RowNumber(), partition_by=F("is_here"), order_by=[F("far"), F("starts_at"), F("pk")]))
        .filter(number__lte=OTHERS)
        .order_by("-is_here", "far", "starts_at", "pk")
    )
    return [_other(row) for row in rows]


def _other(row: Any) -> Other:
    district, place = row.district_name or "", row.venue.name if row.venue else place_words(row)
    return Other(
        code=row.code,
        day=day_words(row.starts_at),
        clock=f"{timezone.localtime(row.starts_at):%H:%M}",
        place=place,
        district="" if place.startswith(district.removesuffix("区")) else district,
        is_here=row.is_here,
    )
