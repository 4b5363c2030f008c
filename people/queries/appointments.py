"""Invitations, as the invited see them."""

from datetime import datetime

from people.models import Appointment, Person
from people.queries.staff import open_offers


def offers_to(person: Person, *, at: datetime) -> list[Appointment]:
    rows = open_offers(at=at).filter(person=person).select_related("area__parent", "offered_by")
    return list(rows.order_by("offered_at", "pk"))


def count_offers_to(person: Person, *, at: datetime) -> int:
    count: int = open_offers(at=at).filter(person=person).count()
    return count
