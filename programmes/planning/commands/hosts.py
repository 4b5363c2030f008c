"""Hosts are entered, changed, given an account, marked as away, and leave."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kit import kept_pages
from kit.command import command
from kit.refusals import refuse_if
from networks.models import Network
from networks.steps.journal import note
from people.models import Person
from people.queries.persons import person_with_phone
from programmes.planning.models import Engagement, Host, HostAbsence
from programmes.planning.queries.hosts import coming_sessions, hosts_like, phone_of, sessions_in_days, week_of_host
from programmes.planning.rules import hosts as rules
from programmes.planning.steps.clashes import refusing_clashes
from programmes.planning.steps.hosts import set_phone, write_hours
from venues.rules.hours import Span, in_order


@command
def add_host(
    *,
    network: Network,
    values: Mapping[str, Any],
    phone: str,
    week: Iterable[Span],
    by: Person,
    anyway: bool = False,
) -> Host:
    """`values`: fields of Host. `phone`: as people.rules.phones.normal gives it, or nothing. `anyway`: the planner
    knows of those like this one."""
    refuse_if(rules.against_values(values))
    if not anyway:
        others = hosts_like(values["name"], values.get("unit", ""), phone, network=network)
        refuse_if(rules.known_already(others))
    host = Host(**values)
    set_phone(host, phone, network=network)
    host.save()
    write_hours(host, in_order(week))
    note("planning.host_added", subject=host, actor=by, values={"kind": ["", host.kind]})
    return host


@command
def change_host(
    *, host: Host, network: Network, values: Mapping[str, Any], phone: str, week: Iterable[Span], by: Person
) -> Host:
    row = lock_host(host)
    refuse_if(rules.against_values(values))
    changed = {name: [getattr(row, name), value] for name, value in values.items() if getattr(row, name) != value}
    if phone != phone_of(row, network=network):
        changed["phone_sealed"] = ["", ""]
        set_phone(row, phone, network=network)
    wanted, before = in_order(week), week_of_host(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    if wanted != before:
        # Personal: that they changed is noted, not how.
        changed["hours"] = ["", ""]
        write_hours(row, wanted)
    if changed:
        note("planning.host_changed", subject=row, actor=by, values=_plain(changed))
        kept_pages.forget()
    return row


@command
def close_host(*, host: Host, by: Person, at: datetime) -> None:
    """Who led what stays; nobody asks them any more."""
    row = lock_host(host)
    refuse_if(rules.against_closing(row, coming_sessions(row, at=at)))
    if row.closed_at is None:
        row.closed_at = at
        row.save(update_fields=["closed_at"])
        note("planning.host_closed", subject=row, actor=by)


@command
def reopen_host(*, host: Host, by: Person) -> None:
    row = lock_host(host)
    if row.closed_at is not None:
        row.closed_at = None
        row.save(update_fields=["closed_at"])
        note("planning.host_reopened", subject=row, actor=by)


@command
def link_account(*, host: Host, network: Network, phone: str, by: Person, at: datetime) -> None:
    """From now on the sessions to come count for this person, wherever else they are needed."""
    row = lock_host(host)
    person = person_with_phone(phone, network=network)
    taken = Host.objects.filter(person=person).exclude(pk=row.pk).first() if person else None
    refuse_if(rules.against_account(person, taken))
    with refusing_clashes(lambda: [rules.person_taken(row)]):
        _set_person(row, person, at=at)
    note("planning.host_linked", subject=row, actor=by)


@command
def unlink_account(*, host: Host, by: Person, at: datetime) -> None:
    row = lock_host(host)
    if row.person_id is not None:
        _set_person(row, None, at=at)
        note("planning.host_unlinked", subject=row, actor=by)


@command
def add_absence(*, host: Host, first: date, last: date, words: str, by: Person, today: date) -> Sequence[Any]:
    """Gives the sessions that fall into it: they stay, and wait for another host."""
    row = lock_host(host)
    shared = HostAbsence.objects.filter(host=row, starts_on__lte=last, ends_on__gte=first).order_by("starts_on")
    refuse_if([*rules.against_absence(first, last, today=today), *rules.against_overlap(row, shared[:1])])
    HostAbsence.objects.create(host=row, starts_on=first, ends_on=last, note=words.strip()[:80])
    note("planning.host_away", subject=row, actor=by, values={"days": [first, last]})
    return sessions_in_days(row, first, last)


@command
def remove_absence(*, absence: HostAbsence, by: Person) -> None:
    host = lock_host(absence.host)
    HostAbsence.objects.filter(pk=absence.pk).delete()
    note("planning.host_back", subject=host, actor=by, values={"days": [absence.starts_on, absence.ends_on]})


def lock_host(host: Host) -> Host:
    row: Host = Host.objects.select_for_update(of=("self",)).get(pk=host.pk)
    return row


def _set_person(row: Host, person: Person | None, *, at: datetime) -> None:
    row.person = person
    row.save(update_fields=["person"])
    Engagement.objects.filter(host=row, session__ends_at__gt=at).update(person=person)


def _plain(changed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: [getattr(one, "pk", one) for one in pair] for name, pair in changed.items()}
