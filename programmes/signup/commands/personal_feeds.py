"""A secret address for one's own calendar is made, renewed or withdrawn."""

from datetime import datetime

from kit import ids, sealed
from kit.command import command
from networks.models.scoping import current_network
from networks.steps.journal import note
from people.models import Person
from programmes.signup.models import PersonalFeed
from programmes.signup.models.feed import PERSONAL_FEED
from programmes.signup.queries.personal_feed import hash_of

# Five bits each.
SECRET_LENGTH = 26


@command
def make_feed(*, by: Person, at: datetime) -> PersonalFeed:
    """The address before works no more from this moment."""
    _withdraw(by, at=at)
    secret, network = ids.random_code(SECRET_LENGTH), current_network()
    feed: PersonalFeed = PersonalFeed.objects.create(
        person=by,
        secret_hash=hash_of(secret),
        secret_sealed=sealed.seal(secret, network_code=network.code, purpose=PERSONAL_FEED),
        made_at=at,
    )
    note("signup.feed_made", subject=feed, actor=by)
    return feed


@command
def withdraw_feed(*, by: Person, at: datetime) -> None:
    """Withdrawing twice changes nothing."""
    for feed in _withdraw(by, at=at):
        note("signup.feed_withdrawn", subject=feed, actor=by)


def _withdraw(person: Person, *, at: datetime) -> list[PersonalFeed]:
    """The person's row is locked: of two who press at once, the second finds what the first made."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    live = list(PersonalFeed.objects.filter(person=person, revoked_at=None))
    for feed in live:
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])
    return live
