"""What staff are told: invited to a role, answered, leaving; a confirmed phone that runs out."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.queries.hosts import address_of
from networks.registers import HandedFact
from notifications.choices import Channel, Need
from notifications.listeners.telling import person_of, tells
from notifications.registers import MessageKind, Recipient
from people import messages as facts
from people.choices import Role
from people.models import Appointment, Device


def _device_owner(fact: HandedFact) -> Iterator[Recipient]:
    rows = Device.objects.select_related("person__network").filter(pk=fact.payload["device"], revoked_at=None)
    for device in rows:
        yield Recipient(device.person, {"device": device.label})


def _offer(fact: HandedFact) -> Appointment | None:
    rows = Appointment.objects.select_related("person__network", "offered_by__network", "area")
    offer: Appointment | None = rows.filter(pk=fact.payload["appointment"]).first()
    return offer


def _invited(fact: HandedFact) -> Iterator[Recipient]:
    """Nobody once it is answered or taken back."""
    offer = _offer(fact)
    if offer and not (offer.accepted_at or offer.declined_at or offer.withdrawn_at):
        link = f"{address_of(fact.network)}/me/appointments/"
        words = {"role": Role(offer.role).label, "place": offer.area.name, "link": link}
        yield Recipient(offer.person, {name: str(word) for name, word in words.items()})


def _inviter(fact: HandedFact) -> Iterator[Recipient]:
    """What the inviter typed, not what the person is called: a wrong number says nothing of its owner."""
    offer = _offer(fact)
    if offer and offer.offered_by:
        answer = _("accepted") if fact.payload["answer"] == "accepted" else _("declined")
        words = {"invited": offer.name, "role": Role(offer.role).label, "place": offer.area.name, "answer": answer}
        yield Recipient(offer.offered_by, {name: str(word) for name, word in words.items()})


def _leaver(fact: HandedFact) -> Iterator[Recipient]:
    if person := person_of(fact):
        ends_at = datetime.fromisoformat(fact.payload["ends_at"]).astimezone(fact.network.zone)
        yield Recipient(person, {"day": date_format(ends_at, "Y-m-d H:i")})


tells(
    MessageKind(
        key="people.role_offered",
        fact=facts.ROLE_OFFERED,
        title=_("You are invited to work with the library"),
        body=_("%(library)s invites you: %(role)s, %(place)s. Please accept or decline within 14 days."),
        sms=_(
            "%(library)s invites you: %(role)s, %(place)s. Accept or decline within 14 days at %(link)s. "
            "If this is not meant for you, decline; nothing is given to your number."
        ),
        channels=(Channel.INBOX, Channel.SMS),
        fields=("role", "place", "link"),
        link="/me/appointments/",
        audience=_invited,
        examples={
            "role": pgettext_lazy("example", "Carer"),
            "place": pgettext_lazy("example", "Gulou District"),
            "link": "https://library.example/me/1/",
        },
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.role_answered",
        fact=facts.ROLE_ANSWERED,
        title=_("An invitation was answered"),
        body=_("%(invited)s: %(role)s, %(place)s – %(answer)s."),
        channels=(Channel.INBOX,),
        fields=("invited", "role", "place", "answer"),
        link="/plan/staff/",
        audience=_inviter,
        examples={
            "invited": pgettext_lazy("example", "Chen Jing"),
            "role": pgettext_lazy("example", "Carer"),
            "place": pgettext_lazy("example", "Gulou District"),
            "answer": pgettext_lazy("example", "accepted"),
        },
    )
)
tells(
    MessageKind(
        key="people.staff_left",
        fact=facts.STAFF_LEFT,
        title=_("Your roles at the library end"),
        body=_(
            "Your roles at %(library)s end on %(day)s. Thank you for your work. Your own account as a reader stays."
        ),
        channels=(Channel.INBOX, Channel.SMS),
        fields=("day",),
        audience=_leaver,
        examples={"day": pgettext_lazy("example", "16 May")},
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.device_runs_out",
        fact=facts.DEVICE_RUNS_OUT,
        title=_("Your confirmed phone runs out soon"),
        body=_("Ask your district to confirm %(device)s again; in 14 days it no longer opens your pages."),
        channels=(Channel.INBOX,),
        fields=("device",),
        link="/me/this-device/",
        audience=_device_owner,
        examples={"device": pgettext_lazy("example", "Android, WeChat")},
        need=Need.NECESSARY,
    )
)
