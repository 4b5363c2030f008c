"""All that readers are told of an activity, but for its times: one statement, however much there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from networks.models import Network
from programmes.planning.choices import Audience
from programmes.planning.models import (
    Activity,
    ActivityBook,
    ActivityPicture,
    Book,
    Brand,
    Host,
    Programme,
    UnitLine,
)
from programmes.planning.queries.books import BookLine
from programmes.planning.queries.faces import NO_BRAND, public_sessions
from programmes.planning.rules.books import catalogue_address
from programmes.planning.rules.brands import Look, looks_of, shade
from programmes.planning.rules.told import adults_words
from programmes.planning.rules.units import PrintedLine, printed
from programmes.planning.rules.wording import age_words

# Of an activity in a hundred reading spaces, those who lead the next sessions.
MOST_HOSTS = 8


@dataclass(frozen=True)
class AboutActivity:
    activity: Activity
    look: Look
    colours: dict[int, str]
    ages: str
    company: str
    audiences: list[str]
    pictures: list[ActivityPicture]
    books: list[BookLine]
    hosts: list[Host]
    units: list[PrintedLine]

    @property
    def programme(self) -> Programme:
        return self.activity.programme

    @property
    def brand(self) -> Brand | None:
        return self.programme.brand

    @property
    def is_withdrawn(self) -> bool:
        return self.activity.dropped_at is not None or self.programme.dropped_at is not None


def public_activities() -> "QuerySet[Activity]":
    """Those of which readers know a session, over or not."""
    rows: QuerySet[Activity] = Activity.objects.filter(Exists(public_sessions().filter(activity=OuterRef("pk"))))
    return rows


def about_activity(key: int, *, network: Network, at: datetime) -> AboutActivity:
    row = _with_all(at).get(pk=key)
    brand = row.programme.brand
    look = look_of(brand, network)
    return AboutActivity(
        activity=row,
        look=look,
        colours={NO_BRAND: shade(network.brand_hue), **({brand.pk: look.fill} if brand else {})},
        ages=age_words(row.from_months, row.to_months),
        company=adults_words(row.children_per_adult) if row.adult_needed else "",
        audiences=[str(Audience(one).label) for one in row.audiences],
        pictures=[ActivityPicture(**one) for one in row.all_pictures],
        books=[_line(Book(**one), network) for one in row.all_books],
        hosts=[Host(**one) for one in row.all_hosts],
        units=printed(_pairs(row.own_units) or _pairs(row.units_above)),
    )


def look_of(brand: Brand | None, network: Network) -> Look:
    """Of a brand that comes with those above it."""
    lines, one = {}, brand
    while one is not None:
        lines[one.pk] = (one.parent_id, one.hue, one.mark)
        one = one.parent
    return looks_of(lines, hue=network.brand_hue)[brand.pk] if brand else Look(network.brand_hue, "")


def _with_all(at: datetime) -> Any:
    mine = OuterRef("pk")
    units = {"role": "role", "name": "unit__name"}
    return Activity.objects.select_related("programme__season", "programme__brand__parent__parent").annotate(
        all_pictures=_rows(
            ActivityPicture.objects.filter(activity=mine, removed_at=None).order_by("place", "pk"),
            {name: name for name in ("image", "description", "credit")},
        ),
        all_books=_rows(
            ActivityBook.objects.filter(activity=mine).order_by("place", "pk"),
            {name: f"book__{name}" for name in ("title", "author", "publisher", "grade", "isbn", "cover")},
        ),
        all_hosts=_rows(_hosts(mine, at), {name: name for name in ("name", "kind", "unit", "introduction")}),
        own_units=_rows(UnitLine.objects.filter(activity=mine).order_by("place", "pk"), units),
        units_above=_rows(UnitLine.objects.filter(programme=OuterRef("programme")).order_by("place", "pk"), units),
    )


def _rows(rows: Any, columns: dict[str, str]) -> ArraySubquery:
    return ArraySubquery(rows.values(found=JSONObject(**columns)))


def _hosts(activity: Any, at: datetime) -> Any:
    """Those who agreed to be named, whoever comes next first; of what is over, nobody."""
    coming = Q(
        engagements__live=True,
        engagements__session__activity=activity,
        engagements__session__published_at__isnull=False,
        engagements__session__called_off_at=None,
        engagements__session__ends_at__gt=at,
    )
    led = Host.objects.filter(coming, is_public=True).annotate(next_at=Min("engagements__session__starts_at"))
    return led.order_by("next_at", "pk")[:MOST_HOSTS]


def _line(book: Book, network: Network) -> BookLine:
    return BookLine(book, catalogue_address(network.rules, book.isbn))


def _pairs(found: Iterable[dict[str, str]]) -> list[tuple[str, str]]:
    return [(one["role"], one["name"]) for one in found]
