"""Small writes that keep persons true."""

from datetime import date, datetime, timedelta

from kit.command import command
from people.models import LoginSession, Person
from people.queries.persons import never_verified

UNVERIFIED_LIFE = timedelta(days=1)


@command
def mark_seen(*, person: Person, today: date) -> None:
    Person.objects.filter(pk=person.pk).exclude(seen_on=today).update(seen_on=today)


@command
def purge_unverified(*, at: datetime) -> int:
    """Numbers that were typed once and never proven leave no trace."""
    deleted, _rows = never_verified(before=at - UNVERIFIED_LIFE).delete()
    return deleted


@command
def purge_sessions(*, at: datetime) -> int:
    deleted, _rows = LoginSession.objects.filter(expire_date__lt=at).delete()
    return deleted


@command
def set_name(*, person: Person, name: str) -> None:
    Person.objects.filter(pk=person.pk).update(name=name)
