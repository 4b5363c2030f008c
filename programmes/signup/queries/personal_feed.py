"""What a personal calendar holds: of all the households of somebody, what comes, and what ended lately."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from kit import sealed
from networks.models import Network
from people.models import Person
from people.queries.families import belongings_of
from programmes.planning.queries.feeds import entries_by_code
from programmes.planning.rules.feeds import Entry
from programmes.signup.models import PersonalFeed
from programmes.signup.models.feed import PERSONAL_FEED
from programmes.signup.queries.mine import of_places, seats_in
from programmes.signup.rules.entries import entry
from programmes.signup.rules.tickets import ticket_state

# What is over, and what was cancelled, stays so long.
KEPT = timedelta(days=30)
MOST = 200


def hash_of(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def feed_of(person: Person) -> PersonalFeed | None:
    row: PersonalFeed | None = PersonalFeed.objects.filter(person=person, revoked_at=None).first()
    return row


def secret_of(feed: PersonalFeed, *, network: Network) -> str:
    return sealed.unseal(feed.secret_sealed, network_code=network.code, purpose=PERSONAL_FEED)


def feed_of_secret(secret: str) -> PersonalFeed | None:
    rows = PersonalFeed.objects.select_related("person__network")
    row: PersonalFeed | None = rows.filter(
        secret_hash=hash_of(secret), revoked_at=None, person__erased_at=None, person__is_active=True
    ).first()
    return row


def entries_for(
    person: Person,
    *,
    network: Network,
    at: datetime,
    event: Callable[[str], str],
    ticket: Callable[[str], str],
) -> Iterator[Entry]:
    """By time. At most seven statements, however many there are. `event` and `ticket` make addresses of codes."""
    near = Q(session__ends_at__gt=at - KEPT) & (Q(ended_at=None) | Q(ended_at__gt=at - KEPT))
    rows = list(of_places(belongings_of(person)).filter(near).order_by("session__starts_at", "pk")[:MOST])
    known = entries_by_code({row.session.code for row in rows}, network=network, url=event)
    for row in rows:
        if row.session.code in known:
            yield entry(
                known[row.session.code],
                row,
                ticket_state(row, at=at),
                children=len(seats_in(row)) - row.adults,
                address=ticket(row.ticket),
            )
