"""What is planned, for the staff's search. One statement each."""

from typing import Any

from django.db.models import Case, F, Q, When
from django.http import HttpRequest
from django.urls import reverse

from kit import clock
from kit.navigation import Hit
from people.choices import Verb
from people.queries.rights import rights_of
from programmes.planning.models import Activity, Book, Host, Programme
from programmes.planning.queries.books import find_books
from programmes.planning.queries.session_table import sessions_said, with_words
from programmes.planning.queries.units import all_units, find_units
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import full_span_words
from venues.queries.venues import under


def find_sessions(request: HttpRequest, words: str, limit: int) -> list[Hit]:
    """Within her rights; the next one first, then those that are over, the last one first."""
    if not request.user.is_authenticated:
        return []
    paths = rights_of(request.user).paths(Verb.SEE_PLAN)
    found = with_words(sessions_said().filter(under(paths)), words).order_by(
        Case(When(ends_at__gt=clock.now(), then="starts_at")).asc(nulls_last=True), "-starts_at", "pk"
    )[:limit]
    return [
        Hit(
            row.title or row.activity.title,
            reverse("planning:session", args=[row.code]),
            f"{full_span_words(row.starts_at, row.ends_at)} · {place_words(row)}",
            "clock",
        )
        for row in found
    ]


def find_hosts(_request: HttpRequest, words: str, limit: int) -> list[Hit]:
    rows: Any = Host.objects.all()
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    found = rows.order_by(F("closed_at").desc(nulls_first=True), "name", "pk")[:limit]
    return [
        Hit(row.name, reverse("planning:host", args=[row.pk]), row.unit or row.get_kind_display(), "person")
        for row in found
    ]


def find_programmes(_request: HttpRequest, words: str, limit: int) -> list[Hit]:
    rows: Any = Programme.objects.select_related("season", "area")
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(brand__name__icontains=word))
    found = rows.order_by(F("dropped_at").desc(nulls_first=True), "-season__year", "title")[:limit]
    return [
        Hit(row.title, reverse("planning:programme", args=[row.pk]), f"{row.season.year} · {row.area}", "list")
        for row in found
    ]


def find_activities(_request: HttpRequest, words: str, limit: int) -> list[Hit]:
    rows: Any = Activity.objects.select_related("programme__season")
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    found = rows.order_by(F("dropped_at").desc(nulls_first=True), "-programme__season__year", "title")[:limit]
    return [
        Hit(
            row.title,
            reverse("planning:activity", args=[row.pk]),
            f"{row.programme.season.year} · {row.programme}",
            "calendar",
        )
        for row in found
    ]


def find_books_named(_request: HttpRequest, words: str, limit: int) -> list[Hit]:
    found = find_books(Book.objects.all(), words).order_by("title")[:limit]
    return [Hit(row.title, reverse("planning:book", args=[row.pk]), row.author, "book") for row in found]


def find_units_named(_request: HttpRequest, words: str, limit: int) -> list[Hit]:
    found = find_units(all_units(), words).order_by("name")[:limit]
    return [Hit(row.name, reverse("planning:unit", args=[row.pk]), row.kind, "people") for row in found]
