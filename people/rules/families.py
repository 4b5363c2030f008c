"""What stands against a change in a household. Pure: the caller brings rows and instants."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal
from people.choices import ConsentAnswer, FamilyVerb, MemberRole
from people.models import Child, JoinLink, Member
from people.rules.ages import age_on
from people.rules.family_rights import may

LINK_LIFE = timedelta(hours=72)
GROWN_UP = 18
YOUNG_LOGIN_AGE = 14
MOST_CHILDREN = 12
SAME_NAME = "same_name"


def carers_may_begin(network_rules: Mapping[str, Any]) -> bool:
    return network_rules.get("carers_may_begin", True) is not False


def young_login_age(network_rules: Mapping[str, Any]) -> int:
    age = network_rules.get("young_login_age", YOUNG_LOGIN_AGE)
    is_fit = isinstance(age, int) and not isinstance(age, bool) and 8 <= age <= GROWN_UP
    return int(age) if is_fit else YOUNG_LOGIN_AGE


def against_beginning(
    role: MemberRole, *, households: int, is_young: bool, network_rules: Mapping[str, Any]
) -> Iterator[Refusal]:
    if is_young:
        yield _YOUNG
    if role == MemberRole.CARER and not carers_may_begin(network_rules):
        yield Refusal(
            "guardians_begin",
            _("At this library a guardian begins."),
            _("Please ask the child's mother, father or legal guardian to sign in and to forward a link to you."),
            field="role",
        )
    if households >= 5:
        yield Refusal(
            "many_households",
            _("You belong to five families already."),
            _("Leave one of them first, or ask at the library's desk."),
        )


def against_child(
    *,
    name: str,
    birth_month: date,
    today: date,
    siblings: Collection[Child],
    itself: Child | None = None,
    is_another: bool = False,
) -> Iterator[Refusal]:
    """`siblings` are the household's live children. Who came of age keeps the month. `is_another`: the family said that
    a child of the same name is another one."""
    others = [child for child in siblings if itself is None or child.pk != itself.pk]
    if birth_month > today:
        yield Refusal("born_later", _("This month has not come yet."), _("Please check year and month."), "birth_month")
    elif (itself is None or itself.birth_month != birth_month) and age_on(birth_month, today).years >= GROWN_UP:
        yield Refusal(
            "grown_up",
            _("Whoever is 18 or older signs in with an own number."),
            _("Please check the year, or let them sign in themselves."),
            field="birth_month",
        )
    if any(child.name == name and child.birth_month == birth_month for child in others):
        yield Refusal(
            "there_already", _("This child is in your family already."), _("There is nothing to add."), field="name"
        )
    elif itself is None and not is_another:
        yield from _against_same_name(name, others)
    if itself is None and len(others) >= MOST_CHILDREN:
        yield Refusal(
            "many_children",
            _("A family has room for twelve children here."),
            _("For a class or a group, please ask at the library's desk."),
        )


def _against_same_name(name: str, others: Collection[Child]) -> Iterator[Refusal]:
    """Asked once: a month may have been mistyped, and a child kept twice."""
    alike = next((child for child in others if child.name == name and child.birth_month), None)
    if alike is not None and alike.birth_month:
        yield Refusal(
            SAME_NAME,
            _("Your family has a child called %(name)s already, born in %(month)s. Is it the same child?")
            % {"name": name, "month": date_format(alike.birth_month, "Y年n月")},
            _("If it is, there is nothing to add. If it is another one, please press the button again."),
            field="name",
        )


def against_inviting(role: MemberRole, *, by: MemberRole, guardians: int) -> Iterator[Refusal]:
    """A carer may bring the first guardian, so that nobody becomes one by the back door."""
    if by == MemberRole.CARER and role == MemberRole.GUARDIAN and guardians:
        yield Refusal(
            "a_guardian_is_there",
            _("This family has a guardian already."),
            _("A further guardian is invited by a guardian."),
            field="role",
        )


def against_link(link: JoinLink, *, at: datetime) -> Iterator[Refusal]:
    if link.used_at is not None:
        yield Refusal("link_used", _("This link has been used."), _AGAIN)
    elif link.revoked_at is not None:
        yield Refusal("link_withdrawn", _("This link has been withdrawn."), _AGAIN)
    elif link.expires_at <= at:
        yield Refusal("link_expired", _("This link was good for three days, and these are over."), _AGAIN)


def against_withdrawing(link: JoinLink | None) -> Iterator[Refusal]:
    """None: there is none that this member may withdraw."""
    if link is None:
        yield Refusal(
            "no_link_of_yours",
            _("There is no such link of yours in this family."),
            _("The page shows the links that wait."),
        )
    elif link.used_at is not None:
        yield Refusal(
            "link_used",
            _("Somebody has joined by this link already, so it cannot be withdrawn."),
            _("A guardian can remove a member on the family's page."),
        )


def against_joining(
    link: JoinLink, *, joiner: int, members: Collection[Member], is_young: bool, at: datetime
) -> Iterator[Refusal]:
    """`members` are the household's live ones; an own link is one that the joiner made."""
    if any(member.person_id == joiner for member in members):
        if link.made_by_id == joiner:
            yield Refusal(
                "own_link",
                _("This is the link that you made."),
                _("Forward it to the family member who is to join; it is not for you."),
            )
        else:
            yield Refusal("member_already", _("You belong to this family already."), _("There is nothing more to do."))
        return
    yield from against_link(link, at=at)
    if not _still_may_invite(link, members):
        yield Refusal("link_withdrawn", _("This link has been withdrawn."), _AGAIN)
    if is_young:
        yield _YOUNG


def _still_may_invite(link: JoinLink, members: Collection[Member]) -> bool:
    """A link is worth what whoever made it may do now."""
    maker = next((member for member in members if member.person_id == link.made_by_id), None)
    if maker is None:
        return False
    guardians = sum(member.role == MemberRole.GUARDIAN for member in members)
    verb = FamilyVerb.INVITE_GUARDIAN if link.role == MemberRole.GUARDIAN else FamilyVerb.INVITE_CARER
    role = MemberRole(maker.role)
    return may(role, verb) and not list(against_inviting(MemberRole(link.role), by=role, guardians=guardians))


def against_changing(
    member: Member, *, by: Member, role: MemberRole | None, guardians: int, children: int
) -> Iterator[Refusal]:
    """`role` None is removing. Whoever joined first can be touched by nobody who came later, so that an intruder
    never throws a family out of its own household."""
    if member.pk == by.pk:
        if role == MemberRole.CARER:
            yield from against_last_guardian(guardians=guardians, children=children)
        return
    is_senior = (member.joined_at, member.pk) < (by.joined_at, by.pk)
    if member.role == MemberRole.GUARDIAN and is_senior:
        yield Refusal(
            "joined_before_you",
            _("This guardian was here before you."),
            _(
                "They can leave or change their part themselves; if you do not agree, please come to the library's desk."
            ),
        )


def against_leaving(member: Member, *, guardians: int, adults: int, children: int) -> Iterator[Refusal]:
    if member.role == MemberRole.GUARDIAN:
        yield from against_last_guardian(guardians=guardians, children=children)
    elif adults <= 1 and children:
        yield Refusal(
            "last_adult",
            _("You are the only adult, and there are children in this family."),
            _("First forward the link to a guardian and wait until they have joined, or have the records erased."),
        )


def against_dismissing(member: Member, *, guardians: int, children: int) -> Iterator[Refusal]:
    """By staff."""
    if member.role == MemberRole.GUARDIAN and guardians <= 1 and children:
        yield Refusal(
            "the_only_guardian",
            _("This is the family's only guardian, and there are children."),
            _("First another guardian joins by a link, or the children's records are erased."),
        )


def against_last_guardian(*, guardians: int, children: int) -> Iterator[Refusal]:
    if guardians <= 1 and children:
        yield Refusal(
            "last_guardian",
            _("You are the only guardian, and there are children in this family."),
            _("First invite another guardian and wait until they have joined, or have the children's records erased."),
        )


def old_enough_for_login(child: Child, today: date, network_rules: Mapping[str, Any]) -> bool:
    born = child.birth_month
    return born is None or age_on(born, today).years >= young_login_age(network_rules)


def against_own_login(child: Child, *, today: date, network_rules: Mapping[str, Any]) -> Iterator[Refusal]:
    if child.person_id is not None:
        yield Refusal("has_login", _("This child signs in with an own number already."), _("There is nothing to open."))
    elif not old_enough_for_login(child, today, network_rules):
        yield Refusal(
            "too_young_for_login",
            _("This child is too young for an own login at this library."),
            _("Until then you sign up for the child."),
        )


def against_familys_number(phone: str, *, members: Collection[Member]) -> Iterator[Refusal]:
    """Of one's own family everybody knows the numbers; others' are not looked at here."""
    if any(member.person.phone == phone for member in members):
        yield Refusal(
            "number_of_the_family",
            _("This is the number of an adult of your family."),
            _("The young person needs a mobile number of their own."),
            field="phone",
        )


def against_login_without_consent(*, given: Collection[str]) -> Iterator[Refusal]:
    if ConsentAnswer.REFUSED in given:
        yield Refusal(
            "not_agreed",
            _("You chose not to agree, so there is no own login."),
            _("If you want one, please choose “I agree”."),
        )


def against_young_person(*, is_member: bool, is_young: bool) -> Iterator[Refusal]:
    """Said only to whoever proved to have the number, so that nobody learns from it who is registered."""
    if is_member:
        yield Refusal(
            "number_of_an_adult",
            _("You belong to a family as an adult here."),
            _("A young person's login needs a number of their own. Please tell the family."),
        )
    if is_young:
        yield Refusal(
            "number_of_another_child",
            _("This number is another child's login already."),
            _("Two children cannot share a number. Please tell the family."),
        )


def against_verb(role: MemberRole | None, verb: FamilyVerb, *, has_guardian: bool) -> Iterator[Refusal]:
    """Asked again inside the lock: the part may have changed since the page was opened. None: no longer a member."""
    if role is None:
        yield Refusal("not_a_member", _("You no longer belong to this family."), _("Please ask your family."))
    elif not may(role, verb, has_guardian=has_guardian):
        yield Refusal("guardians_only", _("Only a guardian of the family can do this."), _("Please ask a guardian."))


NO_SUCH_LINK = Refusal(
    "no_such_link",
    _("There is no such link."),
    _(
        "Perhaps a part of it was lost when it was copied. Please open it from the message itself, or ask for a new one."
    ),
)
_AGAIN = _("Please ask your family to send a new one; it takes them a moment.")
_YOUNG = Refusal(
    "young_person",
    _("You sign in as a child of a family here."),
    _("Adults join a family. If you have grown up, please ask at the library's desk."),
)
