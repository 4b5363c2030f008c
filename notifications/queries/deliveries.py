"""Deliveries as staff see them, and a reader's inbox."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from notifications.choices import Channel, DeliveryState
from notifications.models import Delivery, Message, ShownMessage
from notifications.queries.wording import word_book, wording
from notifications.registers import kinds
from people.models import Person


@dataclass(frozen=True)
class InboxLine:
    message: Message
    title: str
    body: str
    link: str


@dataclass(frozen=True)
class Counter:
    channel: Channel
    sent: int
    waiting: int
    failed: int


def in_trouble() -> "QuerySet[Delivery]":
    """Not accepted, or tried in vain so far."""
    rows: QuerySet[Delivery] = Delivery.objects.select_related("person__network").filter(
        Q(state=DeliveryState.FAILED) | Q(state=DeliveryState.WAITING, attempts__gt=0)
    )
    return rows.order_by("-made_at", "-pk")


def not_accepted() -> "QuerySet[Delivery]":
    """For good, unless staff send it again."""
    rows: QuerySet[Delivery] = Delivery.objects.filter(state=DeliveryState.FAILED)
    return rows


def counters(*, since: datetime) -> list[Counter]:
    rows = (
        Delivery.objects.filter(made_at__gte=since)
        .values("channel")
        .annotate(
            sent=Count("pk", filter=Q(state=DeliveryState.SENT)),
            waiting=Count("pk", filter=Q(state=DeliveryState.WAITING)),
            failed=Count("pk", filter=Q(state=DeliveryState.FAILED)),
        )
        .order_by("channel")
    )
    return [Counter(Channel(row["channel"]), row["sent"], row["waiting"], row["failed"]) for row in rows]


def inbox(person: Person) -> list[InboxLine]:
    """The newest hundred, in the language that is switched on. A kind whose room is gone is left out."""
    rows = list(Message.objects.filter(person=person, kind__in=list(kinds)).order_by("-made_at", "-pk")[:100])
    book = word_book({message.kind for message in rows})
    library, lines = person.network.library_name, []
    for message in rows:
        kind, own = kinds[message.kind], book.of(message.kind, at=message.made_at)
        words = wording(kind, fields=message.fields, library=library, name=person.name, own=own)
        lines.append(InboxLine(message, words.title, words.body, message.link or kind.link))
    return lines


def unread(person: Person) -> int:
    count: int = Message.objects.filter(person=person, read_at=None).count()
    return count


def shown() -> "QuerySet[ShownMessage]":
    rows: QuerySet[ShownMessage] = ShownMessage.objects.order_by("-shown_at", "-pk")
    return rows
