"""All that readers are told of a programme, but for its activities and times: one statement."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from networks.models import Network
from programmes.planning.models import Brand, Programme, ProgrammeVenue, UnitLine
from programmes.planning.queries.about import look_of
from programmes.planning.queries.faces import NO_BRAND, public_sessions
from programmes.planning.rules.brands import Look, shade
from programmes.planning.rules.units import PrintedLine, printed


@dataclass(frozen=True)
class Home:
    """A venue of a festival; `slug`: of its page, or nothing where readers may not find it."""

    name: str
    slug: str
    address: str


@dataclass(frozen=True)
class AboutProgramme:
    programme: Programme
    look: Look
    colours: dict[int, str]
    main: Home | None
    others: list[Home]
    units: list[PrintedLine]

    @property
    def brand(self) -> Brand | None:
        return self.programme.brand

    @property
    def is_withdrawn(self) -> bool:
        return self.programme.dropped_at is not None


def public_programmes() -> "QuerySet[Programme]":
    """Those of which readers know a session, over or not."""
    sessions = public_sessions().filter(activity__programme=OuterRef("pk"))
    rows: QuerySet[Programme] = Programme.objects.filter(Exists(sessions))
    return rows


def about_programme(key: int, *, network: Network) -> AboutProgramme:
    row = _with_all().get(pk=key)
    brand, look = row.brand, look_of(row.brand, network)
    homes = [
        (one["main"], Home(one["name"], one["slug"] if one["public"] else "", one["address"])) for one in row.homes
    ]
    return AboutProgramme(
        programme=row,
        look=look,
        colours={NO_BRAND: shade(network.brand_hue), **({brand.pk: look.fill} if brand else {})},
        main=next((home for is_main, home in homes if is_main), None),
        others=[home for is_main, home in homes if not is_main],
        units=printed([(one["role"], one["name"]) for one in row.all_units]),
    )


def _with_all() -> Any:
    mine = OuterRef("pk")
    homes = ProgrammeVenue.objects.filter(programme=mine, venue__closed_at=None).order_by("place", "pk")
    units = UnitLine.objects.filter(programme=mine).order_by("place", "pk")
    return Programme.objects.select_related("season", "brand__parent__parent").annotate(
        homes=ArraySubquery(
            homes.values(
                found=JSONObject(
                    main="is_main",
                    name="venue__name",
                    slug="venue__slug",
                    public="venue__is_public",
                    address="venue__address",
                )
            )
        ),
        all_units=ArraySubquery(units.values(found=JSONObject(role="role", name="unit__name"))),
    )
