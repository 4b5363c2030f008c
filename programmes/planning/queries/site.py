"""Pages of sessions, for the map of the site."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.http import HttpRequest
from django.urls import reverse

from networks.registers import SitePage
from programmes.planning.models import Session
from programmes.planning.queries.faces import public_sessions

# What is over is looked for so long.
KEPT = timedelta(days=180)


def count_pages(at: datetime) -> int:
    return _kept(at).count()


def pages(_request: HttpRequest, at: datetime, part: slice) -> Iterable[SitePage]:
    """As they were made: what is planned next stands last, and a page keeps its file."""
    # PostgreSQL's own: what is empty counts for nothing.
    changed = Greatest(F("published_at"), F("moved_at"), F("changed_at"), F("called_off_at"))
    rows = _kept(at).annotate(last_change=changed).order_by("pk").values_list("code", "last_change")[part]
    before, _code, after = reverse("planning:event", args=["CODE"]).partition("CODE")
    return [(f"{before}{code}{after}", changed_at) for code, changed_at in rows]


def _kept(at: datetime) -> "QuerySet[Session]":
    return public_sessions().filter(ends_at__gt=at - KEPT)
