"""Venues' periodic work, and what a new library system needs: a calendar of days off."""

from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.engine.scopes import in_each_network
from networks.models import Network
from networks.registers import HandedFact, OpeningPlan, every, listens_inside, opens_networks
from networks.steps.outbox import post
from venues.commands.calendar import seed_calendar
from venues.commands.pictures import purge_pictures
from venues.engine.notice import public_notice
from venues.messages import CALENDAR_WANTED
from venues.steps.calendar import enter_notice

PICTURES_KEPT = timedelta(days=7)


@opens_networks("venues")
def ask_for_calendar(_network: Network, _plan: OpeningPlan) -> None:
    """The relay enters it: a web process does not load the package that knows the days."""
    post(CALENDAR_WANTED, payload={}, dedupe_key="opening")


@listens_inside(CALENDAR_WANTED, name="venues.enter_calendar", title=_("Enter the calendar of days off"))
def enter_calendar(fact: HandedFact) -> None:
    for year in _years(fact.network):
        enter_notice(public_notice(year), year=year)


@every(name="venues.seed_calendar", at=time(3, 50))
def seed_calendars() -> None:
    in_each_network(_seed)


def _seed(network: Network) -> None:
    for year in _years(network):
        seed_calendar(year=year)


def _years(network: Network) -> tuple[int, int]:
    this = clock.today(network.zone).year
    return this, this + 1


@every(name="venues.purge_pictures", at=time(3, 55))
def purge_removed_pictures() -> None:
    in_each_network(lambda _network: purge_pictures(before=clock.now() - PICTURES_KEPT))
