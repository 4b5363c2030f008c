"""From facts to messages. `tells` is how a room says that people hear of one of its facts."""

from collections.abc import Iterator
from datetime import time

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import clock, sealed
from networks.engine.scopes import in_each_network
from networks.registers import HandedFact, NotNow, every, listens_outside
from notifications.channels import sending
from notifications.channels.contract import Temporary
from notifications.choices import Channel, Need
from notifications.commands import deliveries as commands
from notifications.listeners import privacy as privacy
from notifications.listeners import service as service
from notifications.listeners import staff as staff
from notifications.listeners.telling import person_of, tells, the_person
from notifications.registers import MessageKind, Recipient, add_kind
from notifications.steps.telling import DELIVERY
from people import messages as facts
from people.choices import Verb
from people.models import Device
from people.queries.devices import librarians_for
from people.rules import codes


@listens_outside(DELIVERY, name="notifications.deliver")
def deliver(fact: HandedFact) -> None:
    if not commands.put_off(delivery_id=fact.payload["delivery"], at=clock.now()):
        _send(fact.payload["delivery"])


@listens_outside(facts.SIGN_IN_CODE, name="notifications.send_code")
def send_code(fact: HandedFact) -> None:
    """Straight to the provider: somebody is waiting with the page open."""
    person = person_of(fact)
    if person is None:
        return
    place = {"network_code": fact.network.code, "purpose": facts.CODE}
    fields = {"code": sealed.unseal(fact.payload["code"], **place), "minutes": fact.payload["minutes"]}
    recipient = Recipient(person, fields, phone=sealed.unseal(fact.payload["phone"], **place))
    delivery = commands.put_code(
        SIGN_IN_CODE,
        recipient=recipient,
        fields=fields,
        dedupe_key=str(fact.id),
        expires_at=fact.posted_at + codes.LIFE,
    )
    _send(delivery.pk)


def _send(delivery_id: int) -> None:
    try:
        sending.send(delivery_id, at=clock.now())
    except Temporary as later:
        raise NotNow(str(later)) from later


@every(name="notifications.purge", at=time(3, 40))
def purge() -> None:
    in_each_network(lambda _network: commands.purge(at=clock.now()))


def _old_number(fact: HandedFact) -> Iterator[Recipient]:
    person = person_of(fact)
    if person and fact.payload["old"]:
        old = sealed.unseal(fact.payload["old"], network_code=fact.network.code, purpose=facts.CODE)
        yield Recipient(person, phone=old)


def _device(fact: HandedFact) -> Device | None:
    device: Device | None = Device.objects.select_related("person__network").filter(pk=fact.payload["device"]).first()
    return device


def _librarians(fact: HandedFact) -> Iterator[Recipient]:
    if device := _device(fact):
        for librarian in librarians_for(device.person, verb=Verb.CONFIRM_DEVICES):
            yield Recipient(librarian, {"keeper": device.person.name, "device": device.label})


def _keeper(fact: HandedFact) -> Iterator[Recipient]:
    device = _device(fact)
    if device and fact.payload["answer"] == "confirmed":
        yield Recipient(device.person, {"device": device.label})


SIGN_IN_CODE = add_kind(
    MessageKind(
        key="people.sign_in_code",
        fact=facts.SIGN_IN_CODE,
        title=_("Your code"),
        body=_("%(code)s is your code, good for %(minutes)s minutes. Tell it to nobody, not even to library staff."),
        channels=(Channel.SMS,),
        fields=("code", "minutes"),
        examples={"code": "123456", "minutes": 5},
        need=Need.NECESSARY,
        is_urgent=True,
    )
)
tells(
    MessageKind(
        key="people.number_changed",
        fact=facts.NUMBER_CHANGED,
        title=_("Your mobile number was changed"),
        body=_(
            "Your account at %(library)s now signs in with another number. "
            "If this was not you, please call the library at once."
        ),
        channels=(Channel.INBOX, Channel.SMS, Channel.EMAIL),
        audience=_old_number,
        need=Need.NECESSARY,
        is_urgent=True,
    )
)
tells(
    MessageKind(
        key="people.number_taken_over",
        fact=facts.NUMBER_TAKEN_OVER,
        title=_("Your number now opens another account"),
        body=_(
            "Nobody had signed in to your account at %(library)s for a long time, and somebody proved to have its number. "
            "Your records are kept. To have a number again, please ask at the library's desk."
        ),
        channels=(Channel.INBOX, Channel.EMAIL),
        audience=the_person,
        need=Need.NECESSARY,
        is_urgent=True,
    )
)
tells(
    MessageKind(
        key="people.second_factor_changed",
        fact=facts.SECOND_FACTOR_CHANGED,
        title=_("Your second factor was changed"),
        body=_("If this was not you, sign out everywhere else and call the library."),
        channels=(Channel.INBOX, Channel.EMAIL),
        link="/me/devices/",
        audience=the_person,
        need=Need.NECESSARY,
        is_urgent=True,
    )
)
tells(
    MessageKind(
        key="people.device_asked",
        fact=facts.DEVICE_ASKED,
        title=_("A keeper's phone waits for you"),
        body=_("%(keeper)s asks you to confirm a phone (%(device)s)."),
        channels=(Channel.INBOX,),
        fields=("keeper", "device"),
        link="/plan/devices/",
        audience=_librarians,
        examples={
            "keeper": pgettext_lazy("example", "Chen Jing"),
            "device": pgettext_lazy("example", "Android, WeChat"),
        },
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.device_answered",
        fact=facts.DEVICE_ANSWERED,
        title=_("Your phone is confirmed"),
        body=_("You can open your reading space's pages on %(device)s now."),
        channels=(Channel.INBOX,),
        fields=("device",),
        audience=_keeper,
        examples={"device": pgettext_lazy("example", "Android, WeChat")},
        need=Need.NECESSARY,
    )
)
