"""Makes the demo, and completes it at every start: what is there stays."""

from datetime import timedelta
from typing import Any

from cms.keeping import keep_all_pages
from config.demo.albums import hang_albums
from config.demo.answering import answer_families
from config.demo.arrivals import let_families_in
from config.demo.cast import PLAYERS, Player
from config.demo.circles import enter_circles
from config.demo.cities import CITIES
from config.demo.class_visits import bring_classes
from config.demo.desk_devices import put_desk_devices
from config.demo.diaries import settle_absences, write_diaries
from config.demo.families import enter_families
from config.demo.hand_overs import hand_over
from config.demo.head_counts import count_heads
from config.demo.letters import write_letters
from config.demo.moves import move_some
from config.demo.named_families import enter_named_family
from config.demo.self_check_in import put_up
from config.demo.sessions import plan_year
from config.demo.sign_ups import sign_families_up
from config.demo.staff import appoint_staff
from config.demo.stories import tell_stories
from config.demo.streams import note_streams
from config.demo.venues import close_some, draw_map, give_up, open_venues
from kit import clock
from kit.command import command
from networks.choices import OpeningState
from networks.commands.open_network import open_network
from networks.commands.privacy import publish_privacy_text
from networks.commands.set_opening_steps import set_opening_steps
from networks.models import Area, Network, inside
from networks.queries.opening import opening_list
from networks.queries.privacy import privacy_desk
from people.choices import Role
from people.models import Grant
from people.rules import phones
from people.steps.grants import give_role
from people.steps.persons import enrol, verify

# What has been seen to in the demo's cities; the SMS contract and the police's number still stand open.
SETTLED = ("hosts", "icp", "privacy", "areas", "venues", "staff", "calendar")

# How long the players have had their roles.
SINCE = timedelta(days=400)


def build() -> list[dict[str, Any]]:
    """The accounts that somebody can sign in with."""
    accounts = []
    for plan in CITIES:
        network = open_network(plan)
        with inside(network):
            _publish_texts()
            if not network.is_operator:
                _furnish(network)
            for player in PLAYERS[plan.code]:
                _enter(network, player)
                accounts.append(_account(network, player))
            if not network.is_operator:
                _people(network)
        _settle(network)
    return accounts


@command
def _mark_as_sample(network: Network) -> None:
    """The footer of every public page and the sheets that are printed say so."""
    if "sample_data" not in network.rules:
        network.rules["sample_data"] = True
        network.save(update_fields=["rules"])


def _furnish(network: Network) -> None:
    """Places, before the people who work there."""
    at = clock.now()
    _mark_as_sample(network)
    draw_map(network)
    open_venues(network, at=at)
    tell_stories(network, at=at)
    hang_albums(network, at=at)


def _people(network: Network) -> None:
    """Whoever works there, what they did of late, and the families."""
    at = clock.now()
    planner = Grant.objects.filter(role=Role.PLANNER).select_related("person").order_by("pk")[0].person
    give_up(network, by=planner, at=at)
    close_some(network, by=planner, at=at)
    appoint_staff(network, at=at)
    enter_named_family(network, at=at)
    enter_families(network, at=at)
    plan_year(network, by=planner, at=at)
    move_some(by=planner, at=at)
    put_up_pages()
    enter_circles(network, by=planner, at=at)
    dealt = sign_families_up(network, at=at)
    answer_families(network, dealt, by=planner, at=at)
    bring_classes(network, by=planner, at=at)
    put_up(network, by=planner, at=at)
    put_desk_devices(at=at)
    let_families_in(by=planner, at=at)
    hand_over(network=network, at=at)
    count_heads(by=planner, at=at)
    note_streams(by=planner, at=at)
    write_diaries(by=planner, at=at)
    settle_absences(at=at)
    write_letters(network, by=planner, at=at)


@command
def put_up_pages() -> None:
    """Of what was announced; the relay would make them one by one."""
    keep_all_pages()


def _publish_texts() -> None:
    for line in privacy_desk():
        if line.in_force is None:
            publish_privacy_text(kind=line.kind, at=clock.now(), actor=None)


@command
def _enter(network: Network, player: Player) -> None:
    began = clock.now()
    person = enrol(network=network, phone=phones.normal(player.phone), name=player.name)
    verify(person, at=began)
    if player.role is not None:
        places = Area.objects.filter(name=player.area) if player.area else Area.objects.filter(parent=None)
        grant = give_role(person=person, role=player.role, area=places.get())
        if grant.starts_at >= began:
            # They have been at it for a while.
            grant.starts_at = began - SINCE
            grant.save(update_fields=["starts_at"])


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
