"""Hosts as staff find and see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value
from django.utils import timezone

from kit import sealed
from networks.models import Network
from programmes.planning.models import Engagement, Host, HostAbsence, HostHours, Session
from programmes.planning.queries.availability import midnight, monday
from programmes.planning.rules.telephones import HOST_PHONE
from venues.choices import Weekday
from venues.rules.hours import Span, day_text

TERM_AHEAD = timedelta(days=60)
WEEKS = 6


def hosts_listed(*, at: datetime) -> "QuerySet[Host]":
    """With `coming`: how many sessions they are to lead."""
    ahead = Q(engagements__live=True, engagements__session__ends_at__gt=at)
    rows: QuerySet[Host] = Host.objects.select_related("home_area").annotate(
        coming=Count("engagements", filter=ahead, distinct=True)
    )
    return rows


def with_words(rows: "QuerySet[Host]", words: str) -> "QuerySet[Host]":
    for word in words.split():
        rows = _with_lists(rows).filter(
            Q(name__icontains=word)
            | Q(unit__icontains=word)
            | Q(skill_words__icontains=word)
            | Q(language_words__icontains=word)
        )
    return rows


def with_skill(rows: "QuerySet[Host]", word: str) -> "QuerySet[Host]":
    found: QuerySet[Host] = _with_lists(rows).filter(skill_words__icontains=word)
    return found


def with_language(rows: "QuerySet[Host]", word: str) -> "QuerySet[Host]":
    found: QuerySet[Host] = _with_lists(rows).filter(language_words__icontains=word)
    return found


def _with_lists(rows: "QuerySet[Host]") -> Any:
    def text(name: str) -> Func:
        return Func(F(name), Value(" "), function="array_to_string", output_field=TextField())

    return rows.annotate(skill_words=text("skills"), language_words=text("languages"))


def terms_ending(*, today: date) -> "QuerySet[Host]":
    """Appointments that end soon, and those that have ended while their host goes on."""
    rows: QuerySet[Host] = Host.objects.filter(closed_at=None, term_until__lte=today + TERM_AHEAD)
    return rows


def phone_of(host: Host, *, network: Network) -> str:
    if not host.phone_sealed:
        return ""
    return sealed.unseal(host.phone_sealed, network_code=network.code, purpose=HOST_PHONE)


def hosts_like(name: str, unit: str, phone: str, *, network: Network) -> list[Host]:
    """Of the same name and unit, or the same telephone; numbers are sealed, so each is opened to compare."""
    rows = Host.objects.order_by("pk")
    found = list(rows.filter(name__iexact=name, unit__iexact=unit))
    if phone:
        sealed_ones = rows.exclude(phone_sealed="").exclude(pk__in=[row.pk for row in found])
        found += [row for row in sealed_ones if phone_of(row, network=network) == phone]
    return found


def week_of_host(host: Host) -> list[Span]:
    rows = HostHours.objects.filter(host=host).order_by("weekday", "from_minute")
    return [Span(row.weekday, row.from_minute, row.until_minute) for row in rows]


def coming_sessions(host: Host, *, at: datetime) -> list[Session]:
    keys = Engagement.objects.filter(host=host, live=True).values("session")
    rows = Session.objects.select_related("activity", "venue", "room").filter(pk__in=keys, ends_at__gt=at)
    return list(rows.order_by("starts_at"))


@dataclass(frozen=True)
class HostDay:
    """A day of a host's calendar. `state`: free, off (not a day of theirs), away or past."""

    day: date
    state: str
    sessions: list[Session]
    is_today: bool


def calendar_of(
    host: Host, sessions: Iterable[Session], absences: Iterable[HostAbsence], week: Iterable[Span], *, today: date
) -> list[list[HostDay]]:
    """Weeks from this one on, each of seven days."""
    led: dict[date, list[Session]] = {}
    for one in sessions:
        led.setdefault(timezone.localtime(one.starts_at).date(), []).append(one)
    weekdays, away, first = {span.weekday for span in week}, list(absences), monday(today)

    def state(day: date) -> str:
        if day < today:
            return "past"
        if any(one.starts_on <= day <= one.ends_on for one in away):
            return "away"
        if host.term_until is not None and day > host.term_until:
            return "off"
        return "off" if weekdays and day.weekday() not in weekdays else "free"

    days = [first + timedelta(days=number) for number in range(7 * WEEKS)]
    made = [HostDay(day, state(day), led.get(day, []), day == today) for day in days]
    return [made[number : number + 7] for number in range(0, len(made), 7)]


def sessions_in_days(host: Host, first: date, last: date) -> list[Session]:
    """Live ones that touch these days."""
    keys = Engagement.objects.filter(host=host, live=True).values("session")
    rows = Session.objects.select_related("activity").filter(
        pk__in=keys, starts_at__lt=midnight(last + timedelta(days=1)), ends_at__gt=midnight(first)
    )
    return list(rows.order_by("starts_at"))


def hours_words(week: Iterable[Span]) -> str:
    """ "周六 9:00–12:00；周日 14:00–17:00": days without hours are left out."""
    days: dict[int, list[Span]] = {}
    for span in week:
        days.setdefault(span.weekday, []).append(span)
    return "；".join(f"{Weekday(day).label} {day_text(spans)}" for day, spans in sorted(days.items()))
