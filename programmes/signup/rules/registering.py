"""What speaks against a registration, before anything is written."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.dates import short_day
from kit.refusals import Refusal
from people.models import Child, Household
from programmes.planning.models import Session
from programmes.signup.choices import State, Way, Window
from programmes.signup.models import Registration, Seat, Terms
from programmes.signup.rules.moving import may_leave_freely
from programmes.signup.rules.windows import cancels_until, opens_at, window_at

# Codes of the refusals by which a family hears that there is no room for all of it.
NO_ROOM = frozenset({"full", "too_few_left"})


def against_session(session: Session, terms: Terms | None, *, at: datetime) -> Iterator[Refusal]:
    if session.called_off_at is not None:
        yield Refusal("called_off", _("This session has been called off."), _("Please look at the other times."))
    elif terms is None or terms.way != Way.SIGN_UP:
        yield Refusal("no_sign_up", _("Nobody signs up for this session here."), _("Its page says how to take part."))
    elif session.activity.slot_minutes:
        yield Refusal("by_slot", _("Places of this session are given by telephone."), _("Its page has the number."))
    else:
        yield from against_window(session, terms, at=at)


def against_window(session: Session, terms: Terms, *, at: datetime) -> Iterator[Refusal]:
    window = window_at(terms, session, at=at)
    first = opens_at(terms, session)
    if window == Window.SOON and first is not None:
        yield Refusal(
            "not_open_yet",
            _("Sign-up opens on %(when)s.") % {"when": _moment(first)},
            _("Please come back then; whoever is first counts from that minute."),
        )
    elif window == Window.CLOSED:
        yield Refusal("closed", _("Sign-up for this session is closed."), _("Please look at the other times."))


def against_notice(session: Session, *, accepts: int | None) -> Iterator[Refusal]:
    """`accepts`: the version that the page showed."""
    notice = session.safety_notice
    if notice is None or accepts == notice.pk:
        return
    text = _("Please read “%(title)s” and accept it.") if accepts is None else _("“%(title)s” has just been changed.")
    way_on = "" if accepts is None else _("Please read it once more and accept it again.")
    yield Refusal("notice_not_accepted", text % {"title": notice.title}, way_on, field="accepts")


def full(left: int, wanted: int, *, may_wait: bool = False) -> Refusal:
    """Said with the number, so that a family can decide."""
    if not left:
        way_on = _("You can join the waiting list.") if may_wait else _("Please look at the other times.")
        return Refusal("full", _("All places of this session are taken."), way_on)
    text = ngettext(
        "Only %(left)s place is left, and you chose %(wanted)s.",
        "Only %(left)s places are left, and you chose %(wanted)s.",
        left,
    )
    way_on = _("Please choose fewer, or wait for places together.") if may_wait else _("Please choose fewer.")
    return Refusal("too_few_left", text % {"left": left, "wanted": wanted}, way_on, field="children")


def registered_already(name: str = "") -> Refusal:
    if name:
        text = _("%(name)s is signed up for this session already.") % {"name": name}
    else:
        text = _("Your family is signed up for this session already.")
    return Refusal("registered_already", text, _("You find it under “My registrations”, where it can be changed."))


def against_children(*, missing: int) -> Iterator[Refusal]:
    if missing:
        yield Refusal(
            "no_such_child",
            _("A child that you chose is no longer in your family here."),
            _("Please open the page again."),
            field="children",
        )


def against_unagreed(children: Iterable[Child]) -> Iterator[Refusal]:
    for child in children:
        yield Refusal(
            "not_agreed_to_keep",
            _("No guardian agrees at present that the library keeps the data of %(name)s.") % {"name": child.name},
            _("Please agree again first; then you can go on here."),
            field="children",
        )


def against_seats(seats: Iterable[Seat], household: Household, *, changing: Registration | None) -> Iterator[Refusal]:
    """`seats`: live ones of this household, or of the children wherever they were signed up from."""
    others = [seat for seat in seats if changing is None or seat.registration_id != changing.pk]
    named = [seat.child.name for seat in others if seat.child is not None]
    if any(seat.registration.household_id == household.pk for seat in others):
        yield registered_already()
    elif named:
        yield registered_already("、".join(named))


def against_ending(reason: str) -> Iterator[Refusal]:
    if not reason.strip():
        yield Refusal("reason_needed", _("The family reads why."), _("Please write it in a few words."), field="reason")


def against_own_change(registration: Registration, terms: Terms | None, *, at: datetime) -> Iterator[Refusal]:
    """By the family itself."""
    session = registration.session
    if registration.ended_at is not None:
        yield Refusal("ended", _("This registration has been cancelled already."), _("There is nothing more to do."))
    elif session.called_off_at is not None:
        yield Refusal("called_off", _("This session has been called off."), _("Nobody expects you."))
    elif at >= session.starts_at:
        yield Refusal("begun", _("The session has begun."), _("Please speak to the staff there."))
    elif registration.state in {State.WAITS, State.INVITED}:
        return  # the place is kept for nobody else, so that it is never too late
    elif terms is not None and at >= cancels_until(terms, session) and not may_leave_freely(registration):
        until = _moment(cancels_until(terms, session))
        yield Refusal(
            "too_late",
            _("This could be changed until %(when)s.") % {"when": until},
            _("Please call the venue, so that somebody else gets the place."),
        )


def _moment(at: datetime) -> str:
    here = timezone.localtime(at)
    return f"{short_day(here.date())} {here:%H:%M}"
