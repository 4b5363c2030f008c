"""A letter on its way: so many people at a time, each batch in the transaction that settles its fact."""

from datetime import datetime

from kit.command import step
from networks.steps.outbox import post
from notifications.messages import LETTER
from notifications.models import Letter
from notifications.queries.letters import kind_of, people_of
from notifications.registers import Recipient
from notifications.steps.telling import tell

BATCH = 40


@step
def send_off(letter: Letter) -> None:
    """The next batch: the fact's key is how far the letter has come."""
    payload, key = {"letter": letter.pk}, f"{letter.pk}:{letter.told_up_to}"
    post(LETTER, payload=payload, dedupe_key=key, lane=f"letter:{letter.pk}")


@step
def tell_some(letter_id: int, *, at: datetime) -> None:
    """Nobody is told twice: the next batch begins behind the last person of this one."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("network").get(pk=letter_id)
    kind, fields = kind_of(letter), {"title": letter.title, "text": letter.body}
    people = list(people_of(letter).filter(pk__gt=letter.told_up_to)[:BATCH])
    for person in people:
        tell(kind, recipient=Recipient(person, fields), dedupe_key=f"letter:{letter.pk}")
    letter.told += len(people)
    if len(people) == BATCH:
        letter.told_up_to = people[-1].pk
        send_off(letter)
    else:
        letter.finished_at = at
    letter.save(update_fields=["told", "told_up_to", "finished_at"])
