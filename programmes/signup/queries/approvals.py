"""Families who wait for the library's yes or no."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from people.queries.workplace import within
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration
from programmes.signup.queries.coming import Party, Sight, coming_to


def asking(session: Session) -> "QuerySet[Registration]":
    """Those who hold places, and those on the waiting list whom nobody has said yes to."""
    rows: QuerySet[Registration] = Registration.objects.filter(session=session).filter(unanswered())
    return rows


def asking_families(session: Session, *, sight: Sight) -> list[Party]:
    """In the order in which they signed up."""
    keys = set(asking(session).values_list("pk", flat=True))
    if not keys:
        return []
    found = coming_to(session, sight=sight).parties
    return [party for party in found if party.registration.pk in keys]


def unanswered() -> Q:
    waits = Q(state__in=(State.WAITS, State.INVITED), session__activity__signup_terms__approval=True)
    return Q(ended_at=None, approved_at=None) & (Q(state=State.ASKED) | waits)


def count_asking(session: Session) -> int:
    """Who holds places and waits for an answer."""
    return Registration.objects.filter(session=session, ended_at=None, state=State.ASKED).count()


def count_to_answer(paths: Iterable[str], *, at: datetime) -> int:
    """Families within these areas; as many as `sessions_to_answer` lists."""
    rows = Registration.objects.filter(within("session__area__path", tuple(paths)), ended_at=None, state=State.ASKED)
    return rows.filter(session__called_off_at=None, session__ends_at__gt=at).count()


def sessions_to_answer(paths: Iterable[str], *, at: datetime) -> "QuerySet[Session]":
    """Within these areas, the next one first, each with `asking_count`."""
    rows: QuerySet[Session] = _with_asking().filter(within("area__path", tuple(paths)), ends_at__gt=at)
    return rows.select_related("activity", "venue", "room", "area").order_by("starts_at", "pk")


def sessions_that_ask(today: date, zone: ZoneInfo) -> list[Session]:
    """Tomorrow's."""
    first = datetime.combine(today + timedelta(days=1), time(), zone)
    rows = _with_asking().filter(starts_at__gte=first, starts_at__lt=first + timedelta(days=1))
    return list(rows.order_by("pk"))


def _with_asking() -> "QuerySet[Session]":
    asks = Q(registrations__ended_at=None, registrations__state=State.ASKED)
    rows: QuerySet[Session] = Session.objects.filter(called_off_at=None)
    return rows.filter(asks).annotate(asking_count=Count("registrations", filter=asks))
