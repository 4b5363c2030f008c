"""Addresses of pages beside a page of the plan, in one statement and without Wagtail's looking them up one by one."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from wagtail.models import Page

from programmes.planning.models import Activity

# Other activities of the same programme.
MOST = 6


@dataclass(frozen=True)
class Neighbour:
    title: str
    address: str


@dataclass(frozen=True)
class Around:
    """`shelf`: where pages of the same kind stand."""

    shelf: str
    activities: list[Neighbour] = field(default_factory=list)


def around_activity(activity: Activity) -> Around:
    same = Page.objects.filter(
        live=True,
        activitypage__activity__programme=activity.programme_id,
        activitypage__activity__dropped_at=None,
    ).exclude(activitypage__activity=activity.pk)
    found = [Neighbour(title, address_of(path)) for title, path in _told(same)[:MOST]]
    return Around(reverse("wagtail_serve", args=["activities/"]), found)


def path_of_activity() -> Subquery:
    """For sessions: where the page of their activity stands."""
    pages = Page.objects.filter(activitypage__activity=OuterRef("activity"), live=True)
    return Subquery(pages.values("url_path")[:1])


def address_of(url_path: str) -> str:
    """Below a library's front page, whose own path is the first step."""
    return reverse("wagtail_serve", args=[url_path.strip("/").partition("/")[2] + "/"])


def _told(pages: Any) -> Any:
    return pages.order_by("title", "pk").values_list("title", "url_path")
