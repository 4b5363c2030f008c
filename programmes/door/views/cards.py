"""答复: what the desk shows to one question, readable at arm's length."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kit import clock
from kit.refusals import Refused
from people.doors import network_of
from programmes.door import doors
from programmes.door.choices import BY_THEMSELVES, Outcome
from programmes.door.commands.checking_in import Answer
from programmes.door.models import CheckIn
from programmes.door.queries.coming_in import by_whom, first_check_in
from programmes.door.queries.parties import OnCard, on_card
from programmes.door.rules import elsewhere
from programmes.door.rules.codes import Mistaken
from programmes.door.rules.faces import Face, face_of
from programmes.door.rules.outcomes import closes_at, opens_at
from programmes.door.views.wording import fixed_words
from programmes.planning.models import Session
from programmes.planning.rules.places import place_words
from programmes.signup.commands.readings import open_list
from programmes.signup.models import Registration
from programmes.signup.queries.coming import registrations_to

# Those whose party stands at the right door, so that it is shown.
_SHOWN = (
    Outcome.ADMITTED,
    Outcome.ALREADY_HERE,
    Outcome.WAITING_LIST,
    Outcome.UNAPPROVED,
    Outcome.TOO_EARLY,
    Outcome.OVER,
)
# Its two or three words, and what to do.
_MISTAKEN = {
    Mistaken.PAYMENT: (
        pgettext_lazy("at the door", "A payment code"),
        gettext_lazy("Please show the ticket: it is on the library's page, under “My tickets”."),
    ),
    Mistaken.ADDRESS: (
        pgettext_lazy("at the door", "Not a ticket"),
        gettext_lazy("This code opens some other page. Please show the ticket, or look for the name."),
    ),
    Mistaken.DAMAGED: (
        pgettext_lazy("at the door", "Misread"),
        gettext_lazy("Scan it once more, or type the last six characters of the ticket."),
    ),
}


@dataclass(frozen=True)
class Card:
    """`party`: with its ticks; None where it is not this door's. `is_quiet`: a tick on the list makes no sound."""

    outcome: Outcome
    says: str
    party: OnCard | None = None
    is_quiet: bool = False
    refused: str = ""
    mistaken: Mistaken = Mistaken.OTHER

    @property
    def face(self) -> Face:
        return face_of(Outcome.ALREADY_HERE if self._is_empty else self.outcome)

    @property
    def word(self) -> str:
        """Of a tick: how many of the party are here now."""
        if self.outcome == Outcome.UNKNOWN and self.mistaken in _MISTAKEN:
            return str(_MISTAKEN[self.mistaken][0])
        if not self.is_quiet or self.party is None:
            return str(self.outcome.label)
        at_door = self.party.at_door
        return _("%(here)s of %(all)s are here") % {"here": at_door.here, "all": len(at_door.ticks)}

    @property
    def _is_empty(self) -> bool:
        return self.is_quiet and self.party is not None and not self.party.at_door.here

    @property
    def opens(self) -> bool:
        """Somebody can be ticked and added."""
        return self.outcome in {Outcome.ADMITTED, Outcome.ALREADY_HERE}


def card_of(
    request: HttpRequest,
    session: Session,
    answer: Answer,
    *,
    is_quiet: bool = False,
    mistaken: Mistaken = Mistaken.OTHER,
) -> Card:
    row, outcome = answer.registration, answer.outcome
    party = None
    if row is not None and row.session_id == session.pk and outcome in _SHOWN:
        whole: Registration = registrations_to(session).get(pk=row.pk)
        whole.session = session
        party = _opened(request, session, whole)
    says = _said(request, session, answer)
    if outcome == Outcome.UNKNOWN and mistaken in _MISTAKEN:
        says = str(_MISTAKEN[mistaken][1])
    return Card(outcome, says, party, is_quiet=is_quiet, mistaken=mistaken)


def card_of_party(request: HttpRequest, session: Session, row: Registration, *, refused: Refused | None = None) -> Card:
    """As it stands now, after a tick was taken away or somebody came along."""
    party = _opened(request, session, row)
    words = " ".join(str(no) for no in refused.refusals) if refused is not None else ""
    first = first_check_in(row.pk)
    says = _first(first) if first is not None else _("Nobody of this party is here now.")
    return Card(Outcome.ADMITTED, says, party, is_quiet=True, refused=words)


def _opened(request: HttpRequest, session: Session, row: Registration) -> OnCard:
    """Whose names it shows is noted, once an hour: brothers and sisters stand on no list of the session."""
    keeper = doors.keeper(request)
    party = on_card(row, sight=doors.sight_at_door(request, session), manner=keeper.manner)
    if party.children and keeper.person is not None:
        open_list(session=session, children=party.children, by=keeper.person, at=clock.now())
    return party


def _said(request: HttpRequest, session: Session, answer: Answer) -> str:
    """One line under the words of the card."""
    words: dict[Outcome, Callable[[], str]] = {
        Outcome.ALREADY_HERE: lambda: _first(answer.first),
        Outcome.TOO_EARLY: lambda: (
            _("The door opens at %(time)s.") % {"time": _clock(opens_at(session.starts_at, rules))}
        ),
        Outcome.OVER: lambda: (
            _("The door closed at %(time)s. Whoever came is entered under “Who did not come”.")
            % {"time": _clock(closes_at(session.ends_at, rules))}
        ),
        Outcome.ANOTHER_DAY: lambda: _elsewhere(answer.registration, with_day=True),
        Outcome.ANOTHER_SESSION: lambda: _elsewhere(answer.registration, with_day=False),
        Outcome.CALLED_OFF: lambda: answer.registration.session.call_off_reason if answer.registration else "",
    }
    rules = network_of(request).rules
    return words[answer.outcome]() if answer.outcome in words else fixed_words(answer.outcome)


def _first(first: CheckIn | None) -> str:
    if first is None:
        return ""
    if first.scan.way in BY_THEMSELVES:
        return _("Since %(time)s, checked in by themselves.") % {"time": _clock(first.at)}
    name = by_whom(first.scan)
    if not name:
        return _("Since %(time)s.") % {"time": _clock(first.at)}
    return _("Since %(time)s, let in by %(name)s.") % {"time": _clock(first.at), "name": name}


def _elsewhere(row: Registration | None, *, with_day: bool) -> str:
    if row is None:
        return ""
    session = Session.objects.select_related("activity", "venue", "room").get(pk=row.session_id)
    if session.starts_at <= clock.now() <= session.ends_at:
        place = session.room.name if session.room is not None else place_words(session)
        return _("On now at %(place)s: %(title)s") % {"place": place, "title": session.title or session.activity.title}
    return elsewhere.on_another_day(session, at=clock.now()) if with_day else elsewhere.on_this_day(session)


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"
