"""What families are told: somebody joined, changed, left; an own login; two records that became one."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.registers import HandedFact
from notifications.choices import Channel, Need
from notifications.listeners import tells
from notifications.registers import MessageKind, Recipient
from people import messages as facts
from people.models import Child, JoinLink, Member, Person
from people.queries.families import guardians_of
from people.rules import phones

_FAMILY = "/me/family/"


def _member(fact: HandedFact) -> Member | None:
    rows = Member.objects.select_related("person__network", "household")
    found: Member | None = rows.filter(pk=fact.payload["member"]).first()
    return found


def _called(person: Person) -> str:
    return person.name or phones.masked(person.phone)


def _guardians(household_id: int, *, besides: Iterable[int] = ()) -> list[Person]:
    left_out = set(besides)
    return [person for person in guardians_of(household_id) if person.pk not in left_out]


def _of_member(fact: HandedFact) -> Iterator[Recipient]:
    """Every guardian but the one it is about, and but whoever did it."""
    if member := _member(fact):
        fields = {"who": _called(member.person), "role": member.get_role_display()}
        for guardian in _guardians(member.household_id, besides={member.person_id, fact.payload.get("by", 0)}):
            yield Recipient(guardian, fields)


def _the_member(fact: HandedFact) -> Iterator[Recipient]:
    member = _member(fact)
    if member and member.person_id != fact.payload.get("by"):
        yield Recipient(member.person, {"role": member.get_role_display()})


def _offered(fact: HandedFact) -> Iterator[Recipient]:
    rows = JoinLink.objects.select_related("person__network", "made_by")
    link = rows.filter(pk=fact.payload["link"], used_at=None, revoked_at=None).first()
    if link is not None:
        yield Recipient(link.person)


def _of_child(fact: HandedFact) -> Iterator[Recipient]:
    child = Child.objects.filter(pk=fact.payload["child"]).first()
    if child is not None:
        for guardian in _guardians(child.household_id):
            yield Recipient(guardian, {"child": child.name})


def _of_merged(fact: HandedFact) -> Iterator[Recipient]:
    kept = Child.objects.filter(pk=fact.payload["kept"]).first()
    if kept is not None:
        for guardian in _guardians(kept.household_id):
            yield Recipient(guardian, {"child": kept.name})


def _of_gone(fact: HandedFact) -> Iterator[Recipient]:
    """Those who lost a row and were not brought along; who the other family is, they learn from nobody."""
    kept = Child.objects.filter(pk=fact.payload["kept"]).first()
    there = {person.pk for person in _guardians(kept.household_id)} if kept is not None else set()
    for guardian in _guardians(fact.payload["household"], besides=there):
        yield Recipient(guardian)


tells(
    MessageKind(
        key="people.member_joined",
        fact=facts.MEMBER_JOINED,
        title=_("Somebody joined your family"),
        body=_(
            "%(who)s has joined your family at %(library)s by a link, as: %(role)s. "
            "If you do not know this person, remove them on the family's page at once."
        ),
        channels=(Channel.INBOX, Channel.SMS),
        fields=("who", "role"),
        link=_FAMILY,
        audience=_of_member,
        examples={"who": pgettext_lazy("example", "Li Guiying"), "role": pgettext_lazy("example", "Carer")},
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.member_left",
        fact=facts.MEMBER_LEFT,
        title=_("Somebody left your family"),
        body=_("%(who)s has left your family at %(library)s and sees nothing of it any more."),
        channels=(Channel.INBOX,),
        fields=("who",),
        link=_FAMILY,
        audience=_of_member,
        examples={"who": pgettext_lazy("example", "Li Guiying")},
    )
)
tells(
    MessageKind(
        key="people.member_removed",
        fact=facts.MEMBER_REMOVED,
        title=_("A member was removed from your family"),
        body=_("Another guardian has removed %(who)s from your family at %(library)s."),
        channels=(Channel.INBOX,),
        fields=("who",),
        link=_FAMILY,
        audience=_of_member,
        examples={"who": pgettext_lazy("example", "Li Guiying")},
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.you_were_removed",
        fact=facts.MEMBER_REMOVED,
        title=_("You no longer belong to a family"),
        body=_("A guardian has removed you from a family at %(library)s. If that is a mistake, please talk to them."),
        channels=(Channel.INBOX,),
        audience=_the_member,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.member_changed",
        fact=facts.MEMBER_CHANGED,
        title=_("A part in your family has changed"),
        body=_("%(who)s is now: %(role)s."),
        channels=(Channel.INBOX,),
        fields=("who", "role"),
        link=_FAMILY,
        audience=_of_member,
        examples={"who": pgettext_lazy("example", "Li Guiying"), "role": pgettext_lazy("example", "Carer")},
    )
)
tells(
    MessageKind(
        key="people.your_part_changed",
        fact=facts.MEMBER_CHANGED,
        title=_("Your part in the family has changed"),
        body=_("A guardian has changed your part in the family; you are now: %(role)s."),
        channels=(Channel.INBOX,),
        fields=("role",),
        link=_FAMILY,
        audience=_the_member,
        examples={"role": pgettext_lazy("example", "Carer")},
    )
)
tells(
    MessageKind(
        key="people.young_login_offered",
        fact=facts.YOUNG_LOGIN_OFFERED,
        title=_("An own login waits for you"),
        body=_(
            "Your family has opened an own login for you at %(library)s. Sign in there with this mobile number within "
            "three days and say yes under “Mine, Family”. If you know nothing of it, do nothing."
        ),
        channels=(Channel.INBOX, Channel.SMS),
        link=_FAMILY,
        audience=_offered,
        need=Need.NECESSARY,
    )
)
tells(
    MessageKind(
        key="people.young_login_opened",
        fact=facts.YOUNG_LOGIN_OPENED,
        title=_("The own login is in use"),
        body=_("%(child)s signs in with an own number from now on. You can end it on the family's page."),
        channels=(Channel.INBOX,),
        fields=("child",),
        link=_FAMILY,
        audience=_of_child,
        examples={"child": pgettext_lazy("example", "Xiaoyu")},
    )
)
tells(
    MessageKind(
        key="people.children_merged",
        fact=facts.CHILDREN_MERGED,
        title=_("Two records of your child are one now"),
        body=_("%(child)s had been added twice. Library staff have joined the two records; please look them over."),
        channels=(Channel.INBOX,),
        fields=("child",),
        link=_FAMILY,
        audience=_of_merged,
        examples={"child": pgettext_lazy("example", "Xiaoyu")},
    )
)
tells(
    MessageKind(
        key="people.child_kept_elsewhere",
        fact=facts.CHILDREN_MERGED,
        title=_("A child's record is kept in one place only"),
        body=_(
            "A child that you had added was there already, and is no longer listed with you. "
            "Ask your family to forward a join link to you, or come to the library's desk."
        ),
        channels=(Channel.INBOX,),
        link=_FAMILY,
        audience=_of_gone,
    )
)
