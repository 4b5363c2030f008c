"""What waits for those who look after venues; each answer is one statement."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from kit.refusals import Refusal
from networks.models import Area
from people.choices import Role
from people.queries.rights import open_grants
from venues.models import Closure, Venue
from venues.queries.today import midnight
from venues.queries.venues import under


def without_keeper(paths: Iterable[str]) -> "QuerySet[Venue]":
    """Open venues under the paths that nobody keeps, neither by themselves nor with all of a street or district."""
    kept = open_grants().filter(
        Func(OuterRef("area__path"), F("area__path"), function="starts_with", output_field=BooleanField()),
        role=Role.KEEPER,
    )
    rows: QuerySet[Venue] = Venue.objects.filter(~Exists(kept), under(paths), closed_at=None)
    return rows


def ending_today(paths: Iterable[str], *, at: datetime, zone: ZoneInfo) -> "QuerySet[Closure]":
    """Closures of venues and areas under the paths whose last day this is: is it open tomorrow?"""
    found = tuple(paths)
    tomorrow = midnight(at.astimezone(zone).date() + timedelta(days=1), zone)
    rows: QuerySet[Closure] = Closure.objects.filter(
        under(found, path="venue__area__path") | under(found),
        withdrawn_at=None,
        starts_at__lte=at,
        ends_at__gt=at,
        ends_at__lte=tomorrow,
    )
    return rows


def venues_hanging_on(area: Area) -> Iterator[Refusal]:
    """Why an area cannot close: open venues lie under it. A leaf closes with its own venue."""
    count = Venue.objects.filter(area__path__startswith=area.path, closed_at=None).exclude(area=area).count()
    if count:
        yield Refusal(
            "venues_hang_on_it",
            ngettext("%(count)s open venue lies in it.", "%(count)s open venues lie in it.", count) % {"count": count},
            ngettext("Move it or close it for good first.", "Move them or close them for good first.", count),
            link=f"{reverse('venues:venues')}?area={area.pk}",
        )
