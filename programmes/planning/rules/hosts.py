"""When a host can lead, and what speaks against it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.refusals import Refusal
from people.models import Person
from programmes.planning.models import Host, HostAbsence, HostHours, Session
from programmes.planning.rules.wording import day_words, full_day_words, span_words


def host_taken(host: Host, other: Session) -> Refusal:
    """`other` comes with its activity, venue and room."""
    return Refusal(
        "host_taken",
        _("%(host)s leads %(title)s at that time: %(time)s.")
        % {"host": host.name, "title": title_of(other), "time": span_words(other.starts_at, other.ends_at)},
        _("Choose another host, or another time."),
        field="hosts",
    )


def host_asked_twice(host: Host, starts_at: datetime, ends_at: datetime) -> Refusal:
    return Refusal(
        "host_taken",
        _("%(host)s is asked for another session at that time: %(time)s.")
        % {"host": host.name, "time": span_words(starts_at, ends_at)},
        _("Choose another host for one of them."),
        field="hosts",
    )


def title_of(session: Session) -> str:
    return session.title or session.activity.title


def against_host(host: Host, *, day: date) -> Iterator[Refusal]:
    if host.closed_at is not None:
        yield Refusal("host_closed", _("%(host)s no longer leads sessions.") % {"host": host.name}, field="hosts")
    words = {"host": host.name}
    if host.term_from is not None and day < host.term_from:
        since = words | {"day": full_day_words(host.term_from)}
        yield Refusal("host_not_appointed", _("%(host)s is appointed only from %(day)s.") % since, field="hosts")
    if host.term_until is not None and day > host.term_until:
        until = words | {"day": full_day_words(host.term_until)}
        yield Refusal("host_not_appointed", _("%(host)s is appointed until %(day)s.") % until, field="hosts")


def against_absences(
    host: Host, absences: Iterable[HostAbsence], *, starts_at: datetime, ends_at: datetime
) -> Iterator[Refusal]:
    first, last = timezone.localtime(starts_at).date(), timezone.localtime(ends_at).date()
    for absence in absences:
        if absence.starts_on <= last and absence.ends_on >= first:
            yield Refusal(
                "host_absent",
                _("%(host)s cannot come from %(first)s to %(last)s.")
                % {"host": host.name, "first": day_words(absence.starts_on), "last": day_words(absence.ends_on)},
                field="hosts",
            )
            return


def against_hours(
    host: Host, hours: Iterable[HostHours], *, starts_at: datetime, ends_at: datetime
) -> Iterator[Refusal]:
    """Without hours of their own a host can come at any time."""
    found = list(hours)
    if not found:
        return
    start = timezone.localtime(starts_at)
    begins = start.hour * 60 + start.minute
    length = int((ends_at - starts_at).total_seconds() // 60)
    spans = joined(found, start.weekday())
    if not any(first <= begins and begins + length <= last for first, last in spans):
        yield Refusal(
            "host_hours",
            _("%(host)s does not usually come at that hour.") % {"host": host.name},
            _("The hours stand on the host's page."),
            field="hosts",
        )


def joined(hours: Iterable[HostHours], weekday: int) -> list[tuple[int, int]]:
    """Spans of that weekday in minutes from midnight, those that touch made one."""
    spans: list[tuple[int, int]] = []
    for first, last in sorted((one.from_minute, one.until_minute) for one in hours if one.weekday == weekday):
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


def against_limits(host: Host, *, day: date, on_day: int, in_week: int) -> Iterator[Refusal]:
    """`on_day` and `in_week`: sessions that the host has already."""
    if host.per_day is not None and on_day >= host.per_day:
        yield Refusal(
            "host_full_day",
            ngettext(
                "%(host)s leads one session on %(day)s already, and takes no more a day.",
                "%(host)s leads %(count)s sessions on %(day)s already, and takes no more a day.",
                on_day,
            )
            % {"host": host.name, "count": on_day, "day": day_words(day)},
            field="hosts",
        )
    elif host.per_week is not None and in_week >= host.per_week:
        yield Refusal(
            "host_full_week",
            ngettext(
                "%(host)s leads one session in the week of %(day)s already, and takes no more a week.",
                "%(host)s leads %(count)s sessions in the week of %(day)s already, and takes no more a week.",
                in_week,
            )
            % {"host": host.name, "count": in_week, "day": day_words(day - timedelta(days=day.weekday()))},
            field="hosts",
        )


def against_values(values: Mapping[str, Any]) -> Iterator[Refusal]:
    first, last = values.get("from_months"), values.get("to_months")
    if first is not None and last is not None and last < first:
        yield Refusal("ages_backwards", _("The youngest would be older than the oldest."), field="to_years")
    since, until = values.get("term_from"), values.get("term_until")
    if since is not None and until is not None and until < since:
        yield Refusal("term_backwards", _("The appointment ends before it begins."), field="term_until")
    day, week = values.get("per_day"), values.get("per_week")
    if day is not None and week is not None and week < day:
        yield Refusal("limits_backwards", _("A week would take less than a day."), field="per_week")


def against_absence(first: date, last: date, *, today: date) -> Iterator[Refusal]:
    if last < first:
        yield Refusal("ends_before_it_starts", _("The last day comes before the first."), field="last")
    elif last < today:
        yield Refusal("over_already", _("These days are over already."), _("Is the year right?"), field="last")
    elif last - first > timedelta(days=2 * 366):
        yield Refusal("too_long", _("This is more than two years."), _("Is the year right?"), field="last")


def against_overlap(host: Host, absences: Iterable[HostAbsence]) -> Iterator[Refusal]:
    """`absences`: those that share a day with the new one."""
    for absence in absences:
        yield Refusal(
            "away_already",
            _("%(host)s is away from %(first)s to %(last)s already.")
            % {"host": host.name, "first": day_words(absence.starts_on), "last": day_words(absence.ends_on)},
            _("Take that back first, or enter other days."),
            field="first",
        )


def known_already(others: Sequence[Host]) -> Iterator[Refusal]:
    """A doubt: two people may share a name, and a family its telephone."""
    if others:
        names = "、".join(f"{one.name}（{one.unit}）" if one.unit else one.name for one in others[:3])
        yield Refusal("host_known", _("There is a host like this already: %(names)s. Add another?") % {"names": names})


def against_closing(host: Host, coming: Sequence[Session]) -> Iterator[Refusal]:
    """`coming`: sessions that the host is still to lead, the earliest first, with activity."""
    if coming:
        yield Refusal(
            "still_leads",
            ngettext(
                "%(host)s is to lead %(count)s session: %(title)s, %(time)s.",
                "%(host)s is to lead %(count)s more sessions, the next of them %(title)s, %(time)s.",
                len(coming),
            )
            % {
                "host": host.name,
                "count": len(coming),
                "title": title_of(coming[0]),
                "time": span_words(coming[0].starts_at, coming[0].ends_at),
            },
            _("Give them to somebody else first."),
        )


def against_account(person: Person | None, taken: Host | None) -> Iterator[Refusal]:
    """`taken`: another host with this account."""
    if person is None:
        yield Refusal(
            "no_account",
            _("Nobody has signed up with this number."),
            _("A host can do without an account; ask them to sign up once, then try again."),
            field="phone",
        )
    if taken is not None:
        yield Refusal(
            "account_taken",
            _("This account belongs to the host %(name)s.") % {"name": taken.name},
            _("One person is one host."),
            field="phone",
        )


def person_taken(host: Host) -> Refusal:
    return Refusal(
        "person_taken",
        _("This person is somewhere else at the time of a session that %(host)s is to lead.") % {"host": host.name},
        _("Change the host of that session first."),
        field="phone",
    )
