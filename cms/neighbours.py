"""Addresses of pages beside a page of the plan, in one statement and without Wagtail's looking them up one by one."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from wagtail.models import Page

from programmes.planning.models import Activity, Brand
from programmes.planning.queries.about_brand import AboutBrand, SubBrand

# Other activities of the same programme.
MOST = 6


@dataclass(frozen=True)
class Neighbour:
    title: str
    address: str


@dataclass(frozen=True)
class Around:
    """`shelf`: where pages of the same kind stand. `programme`: empty where it has no page."""

    shelf: str
    programme: str
    activities: list[Neighbour] = field(default_factory=list)


def shelf_address(kind: str) -> str:
    return reverse("wagtail_serve", args=[f"{kind}/"])


def around_activity(activity: Activity) -> Around:
    """Others of its programme, and the programme."""
    beside = Q(activitypage__activity__programme=activity.programme_id, activitypage__activity__dropped_at=None)
    above = Q(programmepage__programme=activity.programme_id)
    rows = Page.objects.filter(beside | above, live=True).order_by("title", "pk")
    found = list(rows.values_list("title", "url_path", "activitypage__activity"))
    programme = next((address_of(path) for _title, path, key in found if key is None), "")
    others = [Neighbour(title, address_of(path)) for title, path, key in found if key not in {None, activity.pk}]
    return Around(shelf_address("activities"), programme, others[:MOST])


@dataclass(frozen=True)
class BrandAddress:
    sub: SubBrand
    address: str


@dataclass(frozen=True)
class AroundBrand:
    """Addresses are empty where nothing of a brand was announced yet."""

    shelf: str
    above: str
    below: list[BrandAddress]
    stories: list[Neighbour]


def around_brand(about: AboutBrand, *, told: "QuerySet[Any]") -> AroundBrand:
    """`told`: the ids of stories to name."""
    keys = [sub.brand.pk for sub in about.below] + ([about.above.pk] if about.above else [])
    rows = Page.objects.filter(Q(brandpage__brand__in=keys) | Q(pk__in=told), live=True)
    found = list(rows.order_by("-storypage__told_on").values_list("brandpage__brand", "title", "url_path"))
    known = {key: address_of(path) for key, _title, path in found if key is not None}
    return AroundBrand(
        shelf=shelf_address("brands"),
        above=known.get(about.above.pk, "") if about.above else "",
        below=[BrandAddress(sub, known.get(sub.brand.pk, "")) for sub in about.below],
        stories=[Neighbour(title, address_of(path)) for key, title, path in found if key is None],
    )


def address_of_brand(brand: Brand | None) -> str:
    """Empty where there is none."""
    path = Page.objects.filter(brandpage__brand=brand, live=True).values_list("url_path", flat=True).first()
    return address_of(path) if brand and path else ""


def path_of_activity() -> Subquery:
    """For sessions: where the page of their activity stands."""
    pages = Page.objects.filter(activitypage__activity=OuterRef("activity"), live=True)
    return Subquery(pages.values("url_path")[:1])


def address_of(url_path: str) -> str:
    """Below a library's front page, whose own path is the first step."""
    return reverse("wagtail_serve", args=[url_path.strip("/").partition("/")[2] + "/"])
