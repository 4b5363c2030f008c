"""家长不陪同: what families read before they sign up, and who may fetch a child."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from people.rules.ages import age_on
from programmes.signup.models import Registration, Terms


def hand_over_words(terms: Terms) -> str:
    text = _("Children stay here without an adult; please fetch them at the venue when it ends.")
    if terms.alone_from is None:
        return text
    return text + _("From %(age)s years on a child may go home alone, if a guardian says so.") % {
        "age": terms.alone_from
    }


def may_go_alone(terms: Terms, birth_month: date, day: date) -> bool:
    """Of an age at which its guardian may say so."""
    return terms.alone_from is not None and age_on(birth_month, day).years >= terms.alone_from


def against_saying(registration: Registration, terms: Terms | None, *, at: datetime) -> Iterator[Refusal]:
    """Until the session ends: a grandmother falls ill, and somebody else comes."""
    session = registration.session
    if terms is None or not terms.hand_over:
        yield Refusal("nobody_is_fetched", _("Nobody has to be fetched from this activity."))
    elif registration.ended_at is not None:
        yield Refusal("ended", _("This registration has been cancelled already."), _("There is nothing more to do."))
    elif session.called_off_at is not None:
        yield Refusal("called_off", _("This session has been called off."), _("Nobody expects you."))
    elif at >= session.ends_at:
        yield Refusal("over", _("The session is over."), _("Please speak to the staff there."))


def against_nobody(fetchers: int, children: Collection[int], alone: Collection[int]) -> Iterator[Refusal]:
    """`children` of the registration, and those of them who go alone."""
    if not fetchers and set(children) - set(alone):
        yield Refusal(
            "nobody_fetches", _("Please say who fetches the children."), _("Tick a grown-up, or name somebody.")
        )
