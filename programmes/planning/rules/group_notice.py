"""群通知: what staff post in a chat group. Words alone, since a group shows nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.told import company_words, moved_word, moved_words, which_day
from programmes.planning.rules.wording import age_words, clock_words, day_words

# More in one notice nobody reads to the end.
MOST = 12


@dataclass(frozen=True)
class Told:
    """A session to be told of. `hosts`: those who agreed to be named; `way`: how one comes; `link`: its page."""

    session: Session
    hosts: Sequence[str]
    way: str
    link: str

    @property
    def title(self) -> str:
        return str(value_of(self.session, "title"))

    def when(self, today: date) -> str:
        return f"{which_day(self.session, today=today)} {clock_words(self.session.starts_at, self.session.ends_at)}"

    @property
    def ages(self) -> str:
        """With company: "3–6 岁，需家长陪同"."""
        words = age_words(value_of(self.session, "from_months"), value_of(self.session, "to_months"))
        return "，".join(word for word in (words, company_words(self.session)) if word)


def address_words(session: Session) -> str:
    """The venue's, else its own. The session comes with its venue."""
    return session.venue.address if session.venue is not None else session.address


def notice_of(told: Told, *, today: date) -> str:
    """One session in full."""
    if told.session.called_off_at is not None:
        return _called_off(told, today=today)
    address = address_words(told.session)
    place = f"{place_words(told.session)}（{address}）" if address else place_words(told.session)
    moved = moved_word(told.session)
    words = {"change": moved, "title": told.title}
    head = _("[%(change)s] %(title)s") % words if moved else _("[Coming up] %(title)s") % words
    return _joined(
        [head, str(value_of(told.session, "summary"))],
        [
            _("When: %(words)s") % {"words": told.when(today)},
            _("Where: %(words)s") % {"words": place},
            _("For: %(words)s") % {"words": told.ages},
            _("With: %(words)s") % {"words": "、".join(told.hosts)} if told.hosts else "",
            moved_words(told.session) if moved else "",
            told.session.notice,
        ],
        [told.way or _("More on its page:"), told.link],
    )


def _called_off(told: Told, *, today: date) -> str:
    words = {"title": told.title, "when": told.when(today), "reason": told.session.call_off_reason}
    return _joined(
        [_("[Called off] %(title)s") % words],
        [
            _("We are sorry: %(title)s on %(when)s does not take place (%(reason)s).") % words,
            _("Whoever signed up needs to do nothing. Other dates stand here:"),
            told.link,
        ],
    )


def notice_of_many(head: str, told: Sequence[Told], *, address: str, more: str) -> str:
    """Several of one place, in short. `more`: where all of them stand."""
    where = _("Where: %(words)s") % {"words": address} if address else ""
    rest = [_("More here:"), more] if len(told) > MOST else []
    foot = [_("Should anything change, the page says so first.")]
    return _joined(
        [head, where], *(_in_short(number, one) for number, one in enumerate(told[:MOST], start=1)), rest, foot
    )


def _in_short(number: int, told: Told) -> list[str]:
    row = told.session
    room = row.room.name if row.room else place_words(row)
    return [
        f"{number}. {told.title}",
        f"{day_words(row.starts_at)} {clock_words(row.starts_at, row.ends_at)} · {room}",
        told.ages,
        told.way,
        told.link,
    ]


def _joined(*paragraphs: Sequence[str]) -> str:
    """With a gap between them; what is empty is left out."""
    kept = ["\n".join(line for line in lines if line) for lines in paragraphs]
    return "\n\n".join(one for one in kept if one)
