"""Whom sign-up tells, and the words that its texts have in common."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext, pgettext_lazy

from kit.refusals import Text
from networks.registers import HandedFact
from notifications.choices import Channel
from notifications.registers import Recipient
from programmes.planning.models import Session
from programmes.planning.queries.lines import sessions_with_places
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import span_words
from programmes.signup.choices import State
from programmes.signup.models import Registration
from programmes.signup.queries.families import registrations
from programmes.signup.queries.told import adults_of

# Where a message leads if nothing else is said: to all that the families are signed up for.
MINE = "/me/sign-ups/"
TICKET_EXAMPLE = "/t/7K3QX9M2ABCD4F8H/"
WHAT = ("title", "when", "where")
BOTH = (Channel.INBOX, Channel.SMS)
EXAMPLES: dict[str, Text | int] = {
    "title": pgettext_lazy("example", "A small seed's journey: picture-book story hour"),
    "when": pgettext_lazy("example", "Sat 16 May, 10:00–11:00"),
    "where": pgettext_lazy("example", "Qingliangmen reading space, story room"),
    "places": 2,
    "count": 3,
    "reason": pgettext_lazy("example", "The story-teller had to cancel."),
}


@dataclass(frozen=True)
class Way:
    """Where a message about a registration leads: a path behind signing in, and what SMS and e-mail hold in its place."""

    inside: str
    sent: Callable[[], str] | None = None


Leads = Callable[[Registration], Way]


def to_ticket(row: Registration) -> Way:
    """The code itself goes into what is sealed alone: an SMS to the person's own phone, an e-mail."""
    return Way(reverse("signup:own-ticket", args=[row.code]), lambda: reverse("signup:ticket", args=[row.ticket]))


def to_page(row: Registration) -> Way:
    """Where one answers, changes and cancels."""
    return Way(reverse("signup:registration", args=[row.code]))


def to_times(row: Registration) -> Way:
    """Of what has ended: the session's public page, with the other times."""
    return Way(reverse("planning:event", args=[row.session.code]))


def words_of(session: Session) -> dict[str, str]:
    return {
        "title": session.title or session.activity.title,
        "when": span_words(session.starts_at, session.ends_at),
        "where": place_words(session),
    }


def words_in(fact: HandedFact, session: Session) -> dict[str, str]:
    """Of a course, its first day and how many more."""
    words, more = words_of(session), fact.payload.get("days", 1) - 1
    if more:
        text = ngettext("%(when)s and %(more)s more day", "%(when)s and %(more)s more days", more)
        words["when"] = text % {"when": words["when"], "more": more}
    return words


def to_adults(
    rows: Iterable[Registration],
    fields: dict[str, str],
    *,
    leads: Leads | None = None,
    besides: int | None = None,
    about: datetime | None = None,
    expires_at: datetime | None = None,
) -> Iterator[Recipient]:
    """`leads`: where to, else where its kind does; `about`: when the session begins, where it matters whether somebody hears of it in the night; `expires_at`: from
    then on it is of no use to them.
    """
    for person, row in adults_of(rows):
        if person.pk != besides:
            way = leads(row) if leads is not None else Way("")
            yield Recipient(person, fields, about=about, expires_at=expires_at, link=way.inside, sent_link=way.sent)


def registration_in(fact: HandedFact) -> Registration | None:
    row: Registration | None = registrations().filter(pk=fact.payload["registration"]).first()
    return row


def of_live(fact: HandedFact, *states: State, leads: Leads) -> Iterator[Recipient]:
    """Nobody where it has ended again meanwhile, or stands otherwise by now. A course has a ticket for each day: its page
    lists them.
    """
    row = registration_in(fact)
    if row is not None and row.ended_at is None and row.state in states:
        fields = {**words_in(fact, row.session), "places": str(row.counted)}
        yield from to_adults([row], fields, leads=to_page if fact.payload.get("days", 1) > 1 else leads)


def of_session(fact: HandedFact, states: Collection[str], *, leads: Leads) -> Iterator[Recipient]:
    """Every family whose registration stands so, of the session as it is by now."""
    session = sessions_with_places().filter(pk=fact.payload["session"]).first()
    if session is not None:
        rows = Registration.objects.filter(session=session, ended_at=None, state__in=states)
        live = rows.select_related("network", "session").order_by("pk")
        fields = {**words_of(session), "reason": session.call_off_reason}
        yield from to_adults(live, fields, leads=leads, about=session.starts_at)


def stands(fact: HandedFact) -> bool:
    """Not what was called off since: that is told by itself."""
    return bool(Session.objects.filter(pk=fact.payload["session"], called_off_at=None).exists())
