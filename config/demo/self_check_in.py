"""Self check-in in the demo: a tablet hangs in the space of the keeper who plays, and a printed code in another one."""

from datetime import datetime

from config.demo.cast import PLAYERS
from networks.models import Network
from people.choices import Role
from people.models import Person
from programmes.door.commands.self_check_in import make_printed_code, make_screen
from programmes.door.models import PrintedCode, Screen
from venues.models import Venue

WHERE = "入口"


def put_up(network: Network, *, by: Person, at: datetime) -> None:
    """Once: what somebody takes down stays down."""
    space = next(player.area for player in PLAYERS[network.code] if player.role == Role.KEEPER)
    home = Venue.objects.get(name=space)
    if not Screen.objects.exists():
        make_screen(venue=home, name=WHERE, by=by, at=at)
    if not PrintedCode.objects.exists():
        others = Venue.objects.filter(closed_at=None).exclude(pk=home.pk).order_by("pk")
        make_printed_code(venue=others[0], by=by, at=at)
