"""A library finds its own words for a kind of message, and goes back to the standard ones."""

from datetime import datetime

from kit.command import command
from kit.refusals import refuse_if
from networks.models import Network
from networks.steps.journal import note
from notifications.models import OwnWords
from notifications.queries.wording import standard_words, word_book
from notifications.registers import MessageKind
from notifications.rules.words import Words, against_words
from people.models import Person


@command
def keep_words(*, network: Network, kind: MessageKind, words: Words, by: Person, at: datetime) -> bool:
    """From now on; what was told before keeps its words. False when nothing is different."""
    refuse_if(against_words(words, standard=standard_words(kind), fields=kind.fields))
    return _follow(network, kind, words, by=by, at=at)


@command
def reset_words(*, network: Network, kind: MessageKind, by: Person, at: datetime) -> bool:
    return _follow(network, kind, Words("", ""), by=by, at=at)


def _follow(network: Network, kind: MessageKind, words: Words, *, by: Person, at: datetime) -> bool:
    """Whoever changes words waits for whoever is changing them."""
    Network.objects.select_for_update().get(pk=network.pk)
    last = word_book([kind.key]).newest(kind.key)
    if (last.title, last.body, last.sms) == (words.title, words.body, words.sms) if last else not words.title:
        return False
    row = OwnWords.objects.create(kind=kind.key, title=words.title, body=words.body, sms=words.sms, since=at)
    verb = "notifications.words_kept" if words.title else "notifications.words_reset"
    note(verb, subject=row, actor=by, values={"kind": kind.key})
    return True
