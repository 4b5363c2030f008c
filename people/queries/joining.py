"""Join links by their secret, and what stands open for a number."""

import hashlib
from datetime import datetime

from django.db.models import QuerySet

from kit import sealed
from people.choices import MemberRole
from people.models import JoinLink, Member, Person
from people.models.household import JOIN_LINK


def hash_of(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def secret_of(link: JoinLink) -> str:
    return sealed.unseal(link.secret_sealed, network_code=link.network.code, purpose=JOIN_LINK)


def link_of_secret(secret: str) -> JoinLink | None:
    rows: QuerySet[JoinLink] = JoinLink.objects.select_related(
        "network", "household__network", "made_by", "child", "person"
    )
    return rows.filter(secret_hash=hash_of(secret)).first()


def inviter_relation(link: JoinLink) -> str:
    """What whoever made the link is to the children, for the way they are named to whoever opens it."""
    rows = Member.objects.filter(household=link.household, person=link.made_by, left_at=None)
    return rows.values_list("relation", flat=True).first() or ""


def logins_offered_to(person: Person, *, at: datetime) -> list[JoinLink]:
    """Own logins that guardians have opened for this number and nobody has accepted yet."""
    rows: QuerySet[JoinLink] = JoinLink.objects.select_related("network", "household", "made_by", "child")
    return list(
        rows.filter(
            role=MemberRole.YOUNG,
            person=person,
            used_at=None,
            revoked_at=None,
            expires_at__gt=at,
            child__erased_at=None,
        ).order_by("pk")
    )
