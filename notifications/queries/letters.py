"""Letters to many: who would get one, and what it costs."""

from dataclasses import dataclass

from django.db.models import QuerySet

from networks.queries.hosts import address_of
from notifications.models import Letter
from notifications.queries.wording import signature_of, word_book, wording
from notifications.registers import MessageKind, kinds, letter_audiences
from notifications.rules import spending, words
from people.models import Person

LETTER_KIND, LETTER_BY_SMS = "notifications.letter", "notifications.letter_by_sms"


@dataclass(frozen=True)
class Reach:
    """As things stand now. `parts` are those of all SMS together."""

    people: int
    sms: int
    parts: int
    yuan: str


def letters() -> "QuerySet[Letter]":
    rows: QuerySet[Letter] = Letter.objects.order_by("-made_at", "-pk")
    return rows


def kind_of(letter: Letter) -> MessageKind:
    return kinds[LETTER_BY_SMS if letter.by_sms else LETTER_KIND]


def people_of(letter: Letter) -> "QuerySet[Person]":
    """Those whom the audience names now."""
    rows = letter_audiences[letter.audience].people(letter.subject, letter.group)
    return rows.select_related("network").order_by("pk")


def reach_of(letter: Letter) -> Reach:
    people, network = people_of(letter), letter.network
    sms = people.exclude(phone_sealed="").count() if letter.by_sms else 0
    parts = sms * sms_parts(letter)
    return Reach(people.count(), sms, parts, spending.yuan(parts, rules=network.rules))


def sms_parts(letter: Letter) -> int:
    kind, network = kind_of(letter), letter.network
    own = word_book([kind.key]).newest(kind.key)
    fields, address = {"title": letter.title, "text": letter.body}, address_of(network) + kind.link
    said = wording(kind, fields=fields, library=network.library_name, name="", own=own, address=address)
    return words.parts(words.signed(said.sms, signature=signature_of(network)))
