"""What families are told about their data: withdrawn, running out, erased, ready to be fetched."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit import sealed
from networks.registers import HandedFact, listens_inside
from notifications.choices import Channel, Need
from notifications.listeners.telling import tells, the_person
from notifications.registers import MessageKind, Recipient, add_kind
from notifications.steps.telling import tell
from people import messages as facts
from people.models import Consent, DataCopy, Member, Person
from people.queries.consents import title_of
from people.queries.families import guardians_of
from people.rules.names import masked

# The number is gone afterwards; its confirmation is of use for a day, and the delivery goes with that.
_ERASED_LIFE = timedelta(days=1)


def _consent(fact: HandedFact) -> Consent | None:
    consent: Consent | None = Consent.objects.select_related("child").filter(pk=fact.payload["consent"]).first()
    return consent


def _guardians(fact: HandedFact) -> Iterator[Recipient]:
    """All but whoever withdrew it. The child by a masked name: a message outlives the erasing of a child."""
    consent = _consent(fact)
    if consent is None:
        return
    purpose = str(title_of(consent))
    if consent.child is not None and consent.child.name:
        purpose = _("%(purpose)s: %(child)s") % {"purpose": purpose, "child": masked(consent.child.name)}
    for guardian in guardians_of(consent.household_id):
        if guardian.pk != consent.given_by_id:
            yield Recipient(guardian, {"purpose": purpose})


def _adults(fact: HandedFact) -> Iterator[Recipient]:
    consent = _consent(fact)
    if consent is None or consent.ended_at is not None or consent.expires_at is None:
        return
    # No child's name: a message outlives the erasing of a child.
    fields = {"day": date_format(consent.expires_at.astimezone(fact.network.zone), "n月j日")}
    members = Member.objects.filter(household=consent.household_id, left_at=None).values("person_id")
    for person in Person.objects.select_related("network").filter(pk__in=members).order_by("pk"):
        yield Recipient(person, fields)


def _guardians_but_one(fact: HandedFact) -> Iterator[Recipient]:
    for guardian in guardians_of(fact.payload["household"]):
        if guardian.pk != fact.payload["by"]:
            yield Recipient(guardian)


def _members_but_one(fact: HandedFact) -> Iterator[Recipient]:
    rows = Person.objects.select_related("network").filter(pk__in=fact.payload["members"], erased_at=None)
    for person in rows.exclude(pk=fact.payload["by"]).order_by("pk"):
        yield Recipient(person)


def _the_silent(fact: HandedFact) -> Iterator[Recipient]:
    """Not told when there was a visit in the meantime."""
    for recipient in the_person(fact):
        if recipient.person.erased_at is None:
            day = date_format(date.fromisoformat(fact.payload["on"]), "Y年n月j日")
            yield Recipient(recipient.person, {"day": day})


def _asker(fact: HandedFact) -> Iterator[Recipient]:
    copy = DataCopy.objects.select_related("person__network").filter(pk=fact.payload["copy"]).first()
    if copy is not None:
        yield Recipient(copy.person)


tells(
    MessageKind(
        key="people.consent_withdrawn",
        fact=facts.CONSENT_WITHDRAWN,
        title=_("An agreement was withdrawn"),
        body=_("A guardian of your family no longer agrees to “%(purpose)s”. You can agree again at any time."),
        channels=(Channel.INBOX,),
        fields=("purpose",),
        link="/me/family/consents/",
        audience=_guardians,
        examples={"purpose": pgettext_lazy("example", "Photos at events")},
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.consent_runs_out",
        fact=facts.CONSENT_RUNS_OUT,
        title=_("A guardian's agreement is still missing"),
        body=_(
            "A carer entered a child of your family and declared that a guardian agrees. That holds until %(day)s. "
            "A guardian can confirm it on the family's page; otherwise nothing more can be registered."
        ),
        channels=(Channel.INBOX, Channel.SMS),
        fields=("day",),
        link="/me/family/consents/",
        audience=_adults,
        sms_after=timedelta(days=1),
        examples={"day": pgettext_lazy("example", "16 May")},
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.child_erased",
        fact=facts.CHILD_ERASED,
        title=_("A child's data was erased"),
        body=_(
            "The data of a child of your family was erased. What the child took part in stays as a number without a name."
        ),
        channels=(Channel.INBOX,),
        audience=_guardians_but_one,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.household_erased",
        fact=facts.HOUSEHOLD_ERASED,
        title=_("Your family's data was erased"),
        body=_(
            "The family at %(library)s and its children's data were erased. Your own account stays until you erase it."
        ),
        channels=(Channel.INBOX,),
        link="/me/privacy/",
        audience=_members_but_one,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.silence_warned",
        fact=facts.SILENCE_WARNED,
        title=_("Your account will be erased"),
        body=_(
            "You have not visited %(library)s for a long time. To keep your account and your family's records, "
            "sign in once before %(day)s; otherwise they are erased."
        ),
        channels=(Channel.INBOX, Channel.SMS, Channel.EMAIL),
        fields=("day",),
        audience=_the_silent,
        examples={"day": pgettext_lazy("example", "16 May")},
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.data_copy_ready",
        fact=facts.DATA_COPY_READY,
        title=_("The copy of your data is ready"),
        body=_("You can fetch it within seven days. We may ask for a code by SMS first."),
        channels=(Channel.INBOX,),
        link="/me/privacy/",
        audience=_asker,
        need=Need.NECESSARY,
    )
)
PERSON_ERASED = add_kind(
    MessageKind(
        key="people.person_erased",
        fact=facts.PERSON_ERASED,
        title=_("Your account was erased"),
        body=_("Your account at %(library)s was erased as asked. This is the last message to this number."),
        channels=(Channel.SMS,),
        need=Need.NECESSARY,
        is_urgent=True,
    )
)


@listens_inside(facts.PERSON_ERASED, name="notifications.people.person_erased")
def tell_erased(fact: HandedFact) -> None:
    if not fact.payload["phone"]:
        return
    phone = sealed.unseal(fact.payload["phone"], network_code=fact.network.code, purpose=facts.CODE)
    for recipient in the_person(fact):
        goodbye = Recipient(recipient.person, phone=phone, expires_at=fact.posted_at + _ERASED_LIFE)
        tell(PERSON_ERASED, recipient=goodbye, dedupe_key=str(fact.id))
