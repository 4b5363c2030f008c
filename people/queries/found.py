"""What the staff's search finds of people and places."""

from django.http import HttpRequest
from django.urls import reverse

from kit import clock
from kit.navigation import Hit
from networks.models import Area
from people.choices import Role, Verb
from people.queries.rights import rights_of
from people.queries.staff import named, staff_within
from people.queries.workplace import within
from people.rules import phones


def staff_named(request: HttpRequest, words: str, limit: int) -> list[Hit]:
    """Everywhere that her rights reach, whatever area is in view."""
    paths = rights_of(request.user).paths(Verb.APPOINT_KEEPERS)  # type: ignore[arg-type]
    rows = named(staff_within(paths, at=clock.now()), words).order_by("shown_name", "pk")[:limit]
    return [
        Hit(
            person.shown_name or phones.masked(person.phone),
            reverse("people:staff-person", args=[person.pk]),
            "；".join(f"{Role(post.role).label} · {post.area.name}" for post in [*person.held, *person.offers][:2]),
            "person",
        )
        for person in rows
    ]


def areas_named(request: HttpRequest, words: str, limit: int) -> list[Hit]:
    paths = rights_of(request.user).paths(Verb.OPEN_VENUES)  # type: ignore[arg-type]
    rows = Area.objects.filter(within("path", paths), name__icontains=words).exclude(kind="venue")
    return [
        Hit(area.name, reverse("people:area", args=[area.pk]), area.get_kind_display(), "pin")
        for area in rows.order_by("path")[:limit]
    ]
