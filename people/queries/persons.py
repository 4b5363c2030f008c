"""Persons by what is known of them."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from kit import sealed
from networks.models import Network
from people.models import Appointment, FormerNumber, Grant, JoinLink, Person
from people.models.person import PHONE


def index_of(phone: str, *, network: Network) -> bytes:
    """`phone` as rules.phones.normal gives it."""
    return sealed.blind_index(phone, network_code=network.code, purpose=PHONE)


def person_with_phone(phone: str, *, network: Network) -> Person | None:
    rows: QuerySet[Person] = Person.objects.select_related("network")
    return rows.filter(phone_index=index_of(phone, network=network)).first()


def never_verified(*, before: datetime) -> "QuerySet[Person]":
    """Who began to sign up and never typed a code; not those whom staff or the operator entered."""
    rows: QuerySet[Person] = Person.objects.filter(
        ~Exists(Grant.objects.filter(person=OuterRef("pk"))),
        ~Exists(JoinLink.objects.filter(person=OuterRef("pk"))),
        ~Exists(Appointment.objects.filter(person=OuterRef("pk"), expires_at__gt=before, withdrawn_at=None)),
        ~Exists(FormerNumber.objects.filter(Q(person=OuterRef("pk")) | Q(taken_by=OuterRef("pk")))),
        phone_verified_at=None,
        phone_index__isnull=False,
        name="",
        email="",
        seen_on=None,
        joined_at__lt=before,
    )
    return rows
