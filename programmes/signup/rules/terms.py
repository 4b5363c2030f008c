"""What speaks against terms, before the database says it, and how they are read out."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kit.refusals import Refusal
from programmes.signup.choices import Way
from programmes.signup.models import Terms

# A year ahead; longer is a slip of the finger.
MOST_DAYS = 366
MOST_HOURS = 24 * 60


def against_terms(terms: Terms) -> Iterator[Refusal]:
    if terms.way not in Way.values:
        yield Refusal("no_such_way", _("Please choose one from the list."), field="way")
    if terms.opens_days is not None and terms.closes_hours >= (terms.opens_days + 1) * 24:
        yield Refusal(
            "opens_after_it_closes",
            _("Sign-up would close before it opens."),
            _("Let it open more days before, or close fewer hours before."),
            field="closes_hours",
        )
    if terms.hand_over and terms.activity.adult_needed:
        yield Refusal(
            "adult_needed",
            _("This activity asks for an adult with the children; they cannot stay without one as well."),
            _("Change that on the activity first."),
            field="hand_over",
        )
    if terms.alone_from is not None and not terms.hand_over:
        yield Refusal(
            "nobody_is_fetched",
            _("Only where children stay without an adult one may go home alone."),
            _("Tick it, or leave the age empty."),
            field="alone_from",
        )
    if terms.most_children == 0:
        yield Refusal("no_children", _("A family may bring at least one child."), field="most_children")


def opening_words(terms: Terms) -> str:
    """ "活动前 7 天 09:00"."""
    if terms.opens_days is None:
        return _("as soon as a session is public")
    if terms.opens_days == 0:
        return _("on the day itself, %(at)s") % {"at": f"{terms.opens_at:%H:%M}"}
    text = ngettext("%(days)s day before, %(at)s", "%(days)s days before, %(at)s", terms.opens_days)
    return text % {"days": terms.opens_days, "at": f"{terms.opens_at:%H:%M}"}


def hours_words(hours: int) -> str:
    """ "活动前 24 小时", or until it begins."""
    if not hours:
        return _("until it begins")
    if hours % 24 == 0 and hours >= 48:
        days = hours // 24
        return ngettext("%(days)s day before it begins", "%(days)s days before it begins", days) % {"days": days}
    return ngettext("%(hours)s hour before it begins", "%(hours)s hours before it begins", hours) % {"hours": hours}


def children_words(terms: Terms) -> str:
    if terms.most_children is None:
        return _("as many as there are in the family")
    return ngettext("%(count)s child", "%(count)s children", terms.most_children) % {"count": terms.most_children}


def cap_words(terms: Terms) -> str:
    """ "每个家庭每月 2 场"."""
    if terms.most_sessions is None:
        return pgettext("at most so often", "as often as they like")
    sessions = ngettext("%(count)s session", "%(count)s sessions", terms.most_sessions) % {"count": terms.most_sessions}
    words = {"who": terms.get_cap_of_display(), "when": terms.get_cap_period_display(), "sessions": sessions}
    return pgettext("at most so often", "%(who)s %(sessions)s %(when)s") % words
