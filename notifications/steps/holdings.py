"""What this room keeps about people."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from notifications.models import Delivery, Message, Preference, ShownMessage
from notifications.queries.wording import WordBook, word_book, wording
from notifications.registers import kinds
from people.models import Member, Person
from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.steps.holdings.words import SERVICE

_COPIED = 500


def _export(owner: Owner) -> list[Section]:
    messages = Message.objects.filter(person__in=owner.persons, kind__in=list(kinds)).order_by("-made_at", "-pk")
    deliveries = Delivery.objects.filter(person__in=owner.persons).order_by("-made_at", "-pk")
    book = word_book()
    cells = tuple(
        (*_words(message, person, book), message.made_at, message.read_at)
        for person in owner.persons
        for message in messages[:_COPIED]
    )
    return [
        Section("messages", _("What the library told you"), (_("Title"), _("Text"), _("When"), _("Read")), cells),
        Section(
            "deliveries",
            _("What was sent to you"),
            (_("What"), _("Channel"), _("When"), _("State")),
            tuple(
                (_title(row.kind), row.get_channel_display(), row.made_at, row.get_state_display())
                for row in deliveries[:_COPIED]
            ),
        ),
    ]


def _words(message: Message, person: Person, book: WordBook) -> tuple[str, str]:
    library, own = person.network.library_name, book.of(message.kind, at=message.made_at)
    words = wording(kinds[message.kind], fields=message.fields, library=library, name=person.name, own=own)
    return words.title, words.body


def _title(kind: str) -> str:
    return str(kinds[kind].called) if kind in kinds else kind


def _erase_messages(owner: Owner, _at: datetime) -> int:
    """Also what the family was told that names an erased child; this room is asked before the name is gone."""
    gone: int = Message.objects.filter(person__in=owner.persons).delete()[0]
    for child in owner.children:
        family = Member.objects.filter(household=child.household_id).values("person_id")
        gone += Message.objects.filter(person__in=family, fields__child=child.name).delete()[0]
    return gone


def _erase_deliveries(owner: Owner, _at: datetime) -> int:
    """Also what the demo's phone shows."""
    numbers = [person.phone for person in owner.persons if person.phone_sealed]
    ShownMessage.objects.filter(to__in=numbers).delete()
    gone: int = Delivery.objects.filter(person__in=owner.persons).delete()[0]
    return gone


def _old_messages(before: datetime) -> "QuerySet[Message]":
    rows: QuerySet[Message] = Message.objects.filter(made_at__lt=before)
    return rows.order_by("made_at", "pk")


def _purge_messages(before: datetime, most: int, _at: datetime) -> int:
    found = list(_old_messages(before).values_list("pk", flat=True)[:most])
    Message.objects.filter(pk__in=found).delete()
    return len(found)


def _old_deliveries(before: datetime) -> "QuerySet[Delivery]":
    rows: QuerySet[Delivery] = Delivery.objects.filter(made_at__lt=before)
    return rows.order_by("made_at", "pk")


def _purge_deliveries(before: datetime, most: int, _at: datetime) -> int:
    found = list(_old_deliveries(before).values_list("pk", flat=True)[:most])
    Delivery.objects.filter(pk__in=found).delete()
    return len(found)


def _export_wishes(owner: Owner) -> list[Section]:
    rows = Preference.objects.filter(person__in=owner.persons)
    names = ("suggestions", "by_sms", "by_email", "is_quiet", "quiet_from", "quiet_until")
    heads = tuple(Preference._meta.get_field(name).verbose_name for name in names)  # type: ignore[union-attr]
    cells = tuple(tuple(getattr(row, name) for name in names) for row in rows)
    return [Section("message_settings", _("How you want to be told"), heads, cells)]


def _erase_wishes(owner: Owner, _at: datetime) -> int:
    gone: int = Preference.objects.filter(person__in=owner.persons).delete()[0]
    return gone


WISHES = holdings.add(
    Holding(
        key="notifications.wishes",
        title=_("Message settings"),
        what=_("What you switched off, and your quiet hours."),
        why=_("To tell you things the way you want."),
        basis=SERVICE,
        who_sees=_("You alone."),
        models=("notifications.Preference",),
        rows=Preference.objects.all,
        export=_export_wishes,
        erase=_erase_wishes,
        kept=_("As long as the account."),
        place=19,
        shown=44,
    )
)
MESSAGES = holdings.add(
    Holding(
        key="notifications.messages",
        title=_("Messages"),
        what=_("What the library told you in your inbox, and whether you read it."),
        why=_("So that you can read it again."),
        basis=SERVICE,
        who_sees=_("You alone."),
        models=("notifications.Message",),
        rows=Message.objects.all,
        export=_export,
        erase=_erase_messages,
        retention=Retention(
            days=365,
            shortest=30,
            longest=1095,
            since=_("the message"),
            since_field="made_at",
            due=_old_messages,
            purge=_purge_messages,
        ),
        place=20,
        shown=45,
    )
)
DELIVERIES = holdings.add(
    Holding(
        key="notifications.deliveries",
        title=_("Deliveries"),
        what=_("That an SMS or e-mail was sent, to which address and with what words (sealed)."),
        why=_("To send it again if it does not arrive, and to know what was sent."),
        basis=SERVICE,
        who_sees=_("You; those who watch over the service see kind and state, not the words."),
        models=("notifications.Delivery",),
        rows=Delivery.objects.all,
        erase=_erase_deliveries,
        retention=Retention(
            days=180,
            shortest=30,
            longest=365,
            since=_("the sending"),
            since_field="made_at",
            due=_old_deliveries,
            purge=_purge_deliveries,
        ),
        place=21,
        shown=46,
    )
)
