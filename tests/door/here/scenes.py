"""A venue with a screen, and families that come to it."""

from datetime import timedelta
from uuid import uuid4

from django.test import Client

from kit import clock
from networks.models import inside
from programmes.door.commands.self_check_in import make_screen
from programmes.door.queries.self_check_in import code_of
from programmes.door.rules import rotating
from programmes.planning.models import Session
from tests.browsers import browser
from tests.planning import plans
from tests.signup.signing import another
from venues.models import Venue

HOST = "nanjing.test"
# To find the library by its host, and to tell the connection whose rows are meant, and that nobody's are any more.
OF_ANY_PAGE = 3


def at_venue(network, session, name="清凉门阅读空间"):
    """The same session, in a venue as a whole."""
    with inside(network):
        venue = Venue.objects.filter(name=name).first() or plans.room(venue=name).venue
        Session.objects.filter(pk=session.pk).update(place_kind="venue", venue=venue, area=venue.area)
        return Session.objects.select_related("activity", "area", "venue", "room").get(pk=session.pk)


def screen_at(network, session, by):
    with inside(network):
        return make_screen(venue=session.venue, name="入口", by=by, at=clock.now())


def shown(network, screen):
    with inside(network):
        return code_of(screen, rotating.number_of(clock.now()), network=network)


def scan(client, network, screen):
    """The reader's own scanner opens what the screen shows."""
    return client.get(f"/here/{screen.code}/{shown(network, screen)}/")


def there(who, network, screen):
    """A browser that is signed in, and scanned."""
    client = browser(who) if who is not None else Client(HTTP_HOST=HOST)
    assert scan(client, network, screen).headers["Location"] == "/here/"
    return client


def press(client, row, chosen, *, key=None, **more):
    data = {"client_id": key or uuid4(), "registration": row.code, "seat": [one.pk for one in chosen], **more}
    return client.post("/here/", data)


def told(answer):
    return answer.content.decode()


def story_hour_beside(network, session):
    with inside(network):
        return at_venue(network, another(network, session.activity, later=timedelta(days=4)))
