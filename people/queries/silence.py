"""Accounts that nobody has visited for long."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kit import clock
from people.models import Grant, Member, Person

WARNED_BEFORE = timedelta(days=30)


def silent(before: datetime) -> "QuerySet[Person]":
    """Who came last before that instant. Not whoever holds a role, nor whose family somebody else still visits."""
    mine = Member.objects.filter(person=OuterRef(OuterRef("pk")), left_at=None, household__closed_at=None)
    others = Member.objects.filter(
        Q(person__seen_on__gte=before.date()) | Q(person__seen_on=None, person__joined_at__gte=before),
        household__in=mine.values("household"),
        left_at=None,
    )
    roles = Grant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=before), person=OuterRef("pk"))
    rows: QuerySet[Person] = Person.objects.filter(
        Q(seen_on__lt=before.date()) | Q(seen_on=None, joined_at__lt=before),
        ~Exists(others),
        ~Exists(roles),
        erased_at=None,
    )
    return rows.order_by("joined_at", "pk")


def silent_and_warned(before: datetime) -> "QuerySet[Person]":
    """Told in time, and still not come. The warning's thirty days run by the clock, not by how long data is kept."""
    told_by = clock.now() - WARNED_BEFORE
    return silent(before).filter(
        Q(seen_on=None) | Q(silence_warned_at__date__gt=F("seen_on")), silence_warned_at__lte=told_by
    )


def to_be_warned(before: datetime) -> "QuerySet[Person]":
    """Whose time is up in thirty days, and who has not been told since the last visit."""
    return silent(before + WARNED_BEFORE).exclude(
        Q(seen_on=None, silence_warned_at__isnull=False) | Q(silence_warned_at__date__gt=F("seen_on"))
    )
