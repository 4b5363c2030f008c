"""Addresses of pages beside a page of the plan, in one statement and without Wagtail's looking them up one by one."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from wagtail.models import Page

from programmes.planning.models import Activity, Brand

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


def brands_with_addresses() -> list[Brand]:
    """All of them in their order, each with the `address` of its page: empty where nothing of it was announced yet."""
    pages = Page.objects.filter(brandpage__brand=OuterRef("pk"), live=True)
    rows = list(Brand.objects.annotate(path=Subquery(pages.values("url_path")[:1])).order_by("place", "pk"))
    for row in rows:
        row.address = address_of(row.path) if row.path else ""
    return rows


def path_of_activity() -> Subquery:
    """For sessions: where the page of their activity stands."""
    pages = Page.objects.filter(activitypage__activity=OuterRef("activity"), live=True)
    return Subquery(pages.values("url_path")[:1])


def path_of(kind: str) -> Subquery:
    """For activities, programmes or brands: where the page of each stands."""
    pages = Page.objects.filter(**{f"{kind}page__{kind}": OuterRef("pk")}, live=True)
    return Subquery(pages.values("url_path")[:1])


def address_of(url_path: str) -> str:
    """Below a library's front page, whose own path is the first step."""
    return reverse("wagtail_serve", args=[url_path.strip("/").partition("/")[2] + "/"])
