"""Who may come: ages on the day, grown-ups beside the children, and how many places that takes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.refusals import Refusal
from people.models import Child
from people.rules.ages import months_on
from programmes.planning.choices import Counts
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.wording import age_words
from programmes.signup.models import Terms

# Both parents, or a parent and a grandmother; more of one family is a family meeting.
MOST_ADULTS = 2
_GROWN_UP_MONTHS = 18 * 12


def against_age(child: Child, session: Session) -> Iterator[Refusal]:
    """On the day of the session, to the month."""
    first, last = value_of(session, "from_months"), value_of(session, "to_months")
    if child.birth_month is None or (first is None and last is None):
        return
    months = months_on(child.birth_month, _day(session.starts_at))
    if first is not None and months < first:
        code, text = "too_young", _("On that day %(name)s is too young; the session is for %(ages)s.")
    elif last is not None and months > last:
        code, text = "too_old", _("On that day %(name)s is too old; the session is for %(ages)s.")
    else:
        return
    yield Refusal(code, text % {"name": child.name, "ages": age_words(first, last)}, field="children")


def least_adults(session: Session, children: int) -> int:
    if not children or not value_of(session, "adult_needed"):
        return 0
    per_adult = session.activity.children_per_adult
    return -(-children // per_adult) if per_adult else 1


def most_adults(session: Session, children: int) -> int:
    return max(MOST_ADULTS, least_adults(session, children))


def is_for_children(session: Session) -> bool:
    """A grown-up who comes to it brings a child."""
    last = value_of(session, "to_months")
    return bool(value_of(session, "adult_needed")) or (last is not None and last < _GROWN_UP_MONTHS)


def usual_adults(session: Session, *, able: int) -> int:
    """What the sheet proposes: who has to come along, or oneself where no child can."""
    if able:
        return least_adults(session, 1)
    return 1 if value_of(session, "adult_needed") or not is_for_children(session) else 0


def against_no_child(session: Session, *, children: int, adults: int) -> Iterator[Refusal]:
    """A grown-up whose child was forgotten is not meant to come alone."""
    if adults and not children and is_for_children(session):
        yield Refusal("no_child", _("No child is chosen yet."), _("Please choose who comes."), field="children")


def counted(session: Session, *, children: int, adults: int) -> int:
    """Where only children count, a grown-up who comes without any takes a place all the same."""
    everybody = session.activity.counts == Counts.EVERYONE
    return children + adults if everybody or not children else children


def against_party(
    session: Session, terms: Terms, *, children: Sequence[Child], adults: int, already: int = 0
) -> Iterator[Refusal]:
    """`already`: so many children of the family are in it, by whomever they were let in."""
    if not children and not adults:
        yield Refusal("nobody", _("Nobody is chosen yet."), _("Please choose who comes."), field="children")
        return
    yield from against_no_child(session, children=len(children), adults=adults)
    for child in children:
        yield from against_age(child, session)
    if terms.most_children is not None and len(children) > max(terms.most_children, already):
        text = ngettext(
            "One family may bring %(most)s child to this session.",
            "One family may bring %(most)s children to this session.",
            terms.most_children,
        )
        yield Refusal(
            "too_many_children", text % {"most": terms.most_children}, _("Please choose fewer."), field="children"
        )
    yield from against_adults(session, children=len(children), adults=adults)


def against_adults(session: Session, *, children: int, adults: int) -> Iterator[Refusal]:
    least, most = least_adults(session, children), most_adults(session, children)
    if adults < least:
        text = ngettext("%(least)s grown-up has to come along.", "%(least)s grown-ups have to come along.", least)
        yield Refusal("adult_needed", text % {"least": least}, field="adults")
    elif adults > most:
        text = ngettext("At most %(most)s grown-up can come along.", "At most %(most)s grown-ups can come along.", most)
        yield Refusal("too_many_adults", text % {"most": most}, field="adults")


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
