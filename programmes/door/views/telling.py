"""What a family is told that checks itself in: the two or three words of the desk's card, and what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from programmes.door.choices import Outcome
from programmes.door.queries.arriving import AtHand


@dataclass(frozen=True)
class Told:
    """A party with its words. `kind`: good, open or no; `href`: where one can do something about it."""

    party: AtHand
    word: str
    says: str
    href: str = ""
    label: str = ""
    client_id: UUID | None = None

    @property
    def kind(self) -> str:
        return self.party.face


def told(party: AtHand, *, client_id: UUID | None = None) -> Told:
    if party.here and party.first is not None:
        words = {"time": clock_words(party), "n": party.here}
        return Told(
            party,
            pgettext("by themselves", "You are in"),
            _("Since %(time)s, %(n)s of you.") % words,
            client_id=uuid4(),
        )
    if party.is_open:
        says = _("Tick who is here, and press the button.")
        return Told(party, pgettext("by themselves", "Who is here?"), says, client_id=client_id or uuid4())
    says, href, label = _to_do(party)
    return Told(party, _word(party), says, href, label)


def clock_words(party: AtHand) -> str:
    return _clock(party.first) if party.first is not None else ""


def _word(party: AtHand) -> str:
    if party.outcome == Outcome.ADMITTED:
        return pgettext("by themselves", "Please ask the staff")
    return str(party.outcome.label)


def _to_do(party: AtHand) -> tuple[str, str, str]:
    event = reverse("planning:event", args=[party.session.code])
    own = reverse("signup:registration", args=[party.registration.code])
    said: dict[Outcome, Callable[[], tuple[str, str, str]]] = {
        Outcome.ADMITTED: lambda: (_("They have put right who came; it stays so unless they change it."), "", ""),
        Outcome.TOO_EARLY: lambda: (
            _("Check-in opens at %(time)s. Please scan again then.") % {"time": _clock(party.door.opens_at)},
            "",
            "",
        ),
        Outcome.OVER: lambda: (
            _("Check-in closed at %(time)s. If you were there, please tell the staff.")
            % {"time": _clock(party.door.closes_at)},
            "",
            "",
        ),
        Outcome.CALLED_OFF: lambda: (party.session.call_off_reason, event, _("See other times")),
        Outcome.CANCELLED: lambda: (
            _("This sign-up was cancelled. Where a place is free you can sign up again."),
            event,
            _("To the event's page"),
        ),
        Outcome.WAITING_LIST: lambda: (
            _("You have no place yet. Somebody may stay away: please ask the staff."),
            own,
            _("To the registration"),
        ),
        Outcome.UNAPPROVED: lambda: (
            _("The library has not said yes yet. Please ask the staff."),
            own,
            _("To the registration"),
        ),
        Outcome.ANOTHER_DAY: lambda: (_("It takes place on another day, not today."), own, _("To the registration")),
        Outcome.ANOTHER_SESSION: lambda: (
            _("It takes place elsewhere; please scan the code there."),
            own,
            _("To the registration"),
        ),
    }
    return said[party.outcome]()


def _clock(at: object) -> str:
    return f"{timezone.localtime(at):%H:%M}"  # type: ignore[arg-type]
