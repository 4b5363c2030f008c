"""Screens and printed codes of a venue: made, renewed, withdrawn."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kit.command import command
from kit.refusals import Refusal, Refused
from networks.models.scoping import current_network
from networks.steps.journal import note
from people.models import Person
from programmes.door.models import PrintedCode, Screen
from programmes.door.rules.network_rules import allows_printed_codes
from venues.models import Venue

_FORBIDDEN = Refusal(
    "no_printed_codes", _("This library uses no printed codes."), _("A screen does the same, and proves more.")
)


@command
def make_screen(*, venue: Venue, name: str, by: Person, at: datetime) -> Screen:
    screen: Screen = Screen.objects.create(venue=venue, name=name, made_at=at)
    note("door.screen_made", subject=screen, actor=by)
    return screen


@command
def withdraw_screen(*, screen: Screen, by: Person, at: datetime) -> None:
    """Its address works no more, and neither do its codes. Withdrawing twice changes nothing."""
    if Screen.objects.filter(pk=screen.pk, withdrawn_at=None).update(withdrawn_at=at, secret=None):
        note("door.screen_withdrawn", subject=screen, actor=by)


@command
def make_printed_code(*, venue: Venue, by: Person, at: datetime) -> PrintedCode:
    """Renewed where there is one: sheets from before work no more."""
    if not allows_printed_codes(current_network().rules):
        raise Refused(_FORBIDDEN)
    # Of two who press at once the second finds what the first made.
    Venue.objects.select_for_update(of=("self",)).get(pk=venue.pk)
    _end(PrintedCode.objects.filter(venue=venue, ended_at=None).first(), by=by, at=at)
    code: PrintedCode = PrintedCode.objects.create(venue=venue, made_at=at)
    note("door.printed_code_made", subject=code, actor=by)
    return code


@command
def end_printed_code(*, code: PrintedCode, by: Person, at: datetime) -> None:
    """Ended twice it stays as it is."""
    _end(code, by=by, at=at)


def _end(code: PrintedCode | None, *, by: Person, at: datetime) -> None:
    if code is not None and PrintedCode.objects.filter(pk=code.pk, ended_at=None).update(ended_at=at):
        note("door.printed_code_ended", subject=code, actor=by)
