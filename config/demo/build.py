"""Makes the demo, and completes it at every start: what is there stays."""

from typing import Any

from config.demo.cast import PLAYERS, Player
from config.demo.cities import CITIES
from kit import clock
from kit.command import command
from networks.choices import OpeningState
from networks.commands.open_network import open_network
from networks.commands.privacy import publish_privacy_text
from networks.commands.set_opening_steps import set_opening_steps
from networks.models import Area, Network, inside
from networks.queries.opening import opening_list
from networks.queries.privacy import privacy_desk
from people.rules import phones
from people.steps.grants import give_role
from people.steps.persons import enrol, verify

# What has been seen to in the demo's cities; venues, SMS and the calendar still stand open.
SETTLED = ("hosts", "icp", "privacy", "areas", "staff")


def build() -> list[dict[str, Any]]:
    """The accounts that somebody can sign in with."""
    accounts = []
    for plan in CITIES:
        network = open_network(plan)
        with inside(network):
            _publish_texts()
            for player in PLAYERS[plan.code]:
                _enter(network, player)
                accounts.append(_account(network, player))
        _settle(network)
    return accounts


def _publish_texts() -> None:
    for line in privacy_desk():
        if line.in_force is None:
            publish_privacy_text(kind=line.kind, at=clock.now(), actor=None)


@command
def _enter(network: Network, player: Player) -> None:
    person = enrol(network=network, phone=phones.normal(player.phone), name=player.name)
    verify(person, at=clock.now())
    if player.role is not None:
        places = Area.objects.filter(name=player.area) if player.area else Area.objects.filter(parent=None)
        give_role(person=person, role=player.role, area=places.get())


def _settle(network: Network) -> None:
    wishes = {
        line.item.key: {**line.values(), "state": OpeningState.DONE}
        for line in opening_list(network)
        if line.item.key in SETTLED and line.step.state == OpeningState.OPEN
    }
    set_opening_steps(network=network, wishes=wishes, actor=None)


def _account(network: Network, player: Player) -> dict[str, Any]:
    host = next(host.host for host in network.hosts.all() if host.is_primary)
    return {
        "role": str(player.part),
        "name": player.name,
        "phone": player.phone,
        "network": network.library_name,
        "host": host,
        "note": player.area,
    }
