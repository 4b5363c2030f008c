"""Staff write a family down who called or came. Times and limits of sign-up, and what the family does not answer, they may
pass with a reason; places, ages and agreements not.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.refusals import Refusal
from people.models import Child
from programmes.planning.models import Session
from programmes.signup.choices import Way
from programmes.signup.models import Question, Terms
from programmes.signup.rules.answers import NOT_ANSWERED, Answers, unanswered
from programmes.signup.rules.party import against_adults, against_age
from programmes.signup.rules.registering import against_window

# So many children whose names nobody writes down.
MOST_NAMELESS = 6
# Codes of what stands in a child's way and may be passed.
_PASSABLE = frozenset({"cap_reached", "not_in_circle"})


def against_open(session: Session, terms: Terms | None, *, at: datetime) -> Iterator[Refusal]:
    """What no reason opens."""
    if session.called_off_at is not None:
        yield Refusal("called_off", _("This session has been called off."), _("Please look at the other times."))
    elif at >= session.ends_at:
        yield Refusal("over", _("This session is over."), _("Who came is counted at the door."))
    elif terms is None or terms.way == Way.FREE:
        yield Refusal("no_sign_up", _("Nobody signs up for this session here."), _("Its page says how to take part."))


def against_guests(session: Session, *, children: Sequence[Child], nameless: int, adults: int) -> Iterator[Refusal]:
    if not children and not nameless and not adults:
        yield Refusal("nobody", _("Nobody is chosen yet."), _("Please choose who comes."), field="children")
        return
    for child in children:
        yield from against_age(child, session)
    yield from against_adults(session, children=len(children) + nameless, adults=adults)


def to_be_passed(session: Session, terms: Terms, *, children: int, at: datetime) -> Iterator[Refusal]:
    """What staff may pass, saying why. Whoever signs up by telephone only is bound to no time."""
    if terms.way == Way.SIGN_UP:
        yield from against_window(session, terms, at=at)
    if terms.most_children is not None and children > terms.most_children:
        yield Refusal("too_many_children", _("One family may not bring so many children to this session."))


def left_open(questions: Sequence[Question], children: Sequence[Child], answers: Answers) -> Iterator[Refusal]:
    """What a family has to answer and did not. Of children without a name nothing is asked: whoever names them answers."""
    names = {child.code: child.name for child in children}
    words = "、".join(
        asked_words(one, names.get(code, "")) for one, code in unanswered(questions, list(names), answers)
    )
    if words:
        yield Refusal(NOT_ANSWERED, _("Not answered yet: %(questions)s.") % {"questions": words})


def asked_words(question: Question, name: str) -> str:
    return f"{name} · {question.label}" if name else question.label


def is_free_to_come(refusals: Iterable[Refusal]) -> bool:
    """Staff may choose this child, saying why where something is passed."""
    return all(one.code in _PASSABLE for one in refusals)


def against_passing(found: Iterable[Refusal], *, reason: str, field: str = "reason") -> Iterator[Refusal]:
    passed = list(found)
    if passed and not reason.strip():
        said = "".join(str(refusal.text) for refusal in passed)
        yield Refusal("reason_needed", said, _("If it is to be done all the same, write why."), field=field)


def against_unread(session: Session, *, is_accepted: bool) -> Iterator[Refusal]:
    if session.safety_notice is not None and not is_accepted:
        text = _("Please read “%(title)s” to them, and tick it once they accept.") % {
            "title": session.safety_notice.title
        }
        yield Refusal("notice_not_accepted", text, field="accepted")


OF_A_CHILD = Refusal(
    "number_of_a_child",
    gettext_lazy("This number cannot sign a family up."),
    gettext_lazy("Please ask for a grown-up's number."),
    field="phone",
)
