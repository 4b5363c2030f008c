"""A session whose door is open, a family with its ticket, and one who asks: one call each."""

from datetime import timedelta
from uuid import uuid4

from kit import clock
from networks.models import inside
from programmes.door.choices import Way
from programmes.door.commands.checking_in import Asking, check_in
from programmes.door.models import CheckIn
from programmes.door.queries.finding import Found, found_by
from programmes.planning.models import Session
from programmes.signup.models import Seat
from tests.signup.signing import family, sign_up, story_hour


def opened(network, session, *, starts_in=timedelta(minutes=10)):
    """The same session, moved to where it begins now."""
    with inside(network):
        row = Session.objects.get(pk=session.pk)
        at, lasts = clock.now() + starts_in, row.ends_at - row.starts_at
        Session.objects.filter(pk=row.pk).update(
            starts_at=at, ends_at=at + lasts, occupies=(at - timedelta(minutes=30), at + lasts + timedelta(minutes=30))
        )
        return Session.objects.select_related("activity", "area", "venue", "room").get(pk=row.pk)


def party_at_the_door(network, *, children=1, adults=1, session=None, **terms):
    """A session that begins in ten minutes, a family that is signed up for it, and who did that."""
    session = session or story_hour(network, **terms)
    household, by = family(network, children=children)
    row = sign_up(network, session, household, by, children=children, adults=adults)
    return opened(network, session), row, by


def asking(by, *, at=None, way=Way.TYPED, key=None):
    return Asking(key or uuid4(), way, by, at or clock.now())


def scanned(network, session, read, by, *, at=None, way=Way.CAMERA, key=None):
    """As the desk does it, from what was read."""
    with inside(network):
        found = found_by(read, session, network=network) if isinstance(read, str) else Found(read)
        return check_in(session=session, found=found, asking=asking(by, at=at, way=way, key=key))


def here(network, session):
    """How many seats are checked in."""
    with inside(network):
        return CheckIn.objects.filter(session=session, undone_at=None).count()


def seats(network, row):
    with inside(network):
        return list(
            Seat.objects.select_related("registration", "session__activity", "session__area")
            .filter(registration=row, ended_at=None)
            .order_by("pk")
        )
