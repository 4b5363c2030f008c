"""A young person's own login: a guardian opens it for a number, and whoever has the number says yes."""

from collections.abc import Sequence
from datetime import datetime

from kit import ids, sealed
from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post
from people.choices import ConsentAnswer, ConsentEnd, FamilyVerb, MemberRole
from people.commands.joining import SECRET_LENGTH, use_link
from people.messages import YOUNG_LOGIN_OFFERED, YOUNG_LOGIN_OPENED
from people.models import Child, Consent, Household, JoinLink, Person
from people.models.household import JOIN_LINK
from people.queries.consents import is_given
from people.queries.families import is_in_a_household, is_young
from people.queries.joining import hash_of
from people.registers import OWN_LOGIN, ConsentPurpose
from people.rules import families as rules
from people.steps import young as steps
from people.steps.children import child_in, refuse_to_store
from people.steps.consents import answer, end_consents
from people.steps.families import Home, enter_home, lock_household
from people.steps.persons import enrol


@command
def offer_login(
    *,
    household: Household,
    child: Child,
    phone: str,
    answers: Sequence[tuple[ConsentPurpose, ConsentAnswer, int | None]],
    by: Person,
    at: datetime,
) -> JoinLink:
    """The guardian's consent and an offer that waits for the number, which is told by SMS.

    The page says the same whoever has the number: whether somebody has it is nobody's business.
    """
    home = enter_home(household, by=by, verb=FamilyVerb.OPEN_YOUNG_LOGIN)
    row = child_in(home.household, child)
    network = home.household.network
    today = at.astimezone(network.zone).date()
    refuse_to_store(row)
    refuse_if(rules.against_own_login(row, today=today, network_rules=network.rules))
    refuse_if(rules.against_familys_number(phone, members=home.members))
    refuse_if(rules.against_login_without_consent(given=[one for _purpose, one, _shown in answers]))
    for purpose, given, shown in answers:
        answer(
            household=home.household,
            purpose=purpose,
            answer=given,
            by=by,
            as_role=home.role,
            at=at,
            child=row,
            shown=shown,
        )
    if not is_given(home.household, OWN_LOGIN, row, at=at):
        refuse_if(rules.against_login_without_consent(given=[ConsentAnswer.REFUSED]))
    link = _put_offer(home, child=row, person=enrol(network=network, phone=phone), at=at)
    post(YOUNG_LOGIN_OFFERED, payload={"link": link.pk}, dedupe_key=f"{link.pk}")
    return link


@command
def accept_login(*, link: JoinLink, by: Person, at: datetime) -> Child:
    """The young person, signed in with the number that was typed."""
    household = lock_household(link.household)
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    now = JoinLink.objects.select_related("child").get(pk=link.pk)
    refuse_if(rules.against_link(now, at=at))
    refuse_if(rules.against_young_person(is_member=is_in_a_household(by), is_young=is_young(by)))
    child = child_in(household, now.child)
    if not use_link(now, by=by, at=at):
        refuse_if(rules.against_link(JoinLink.objects.get(pk=link.pk), at=at))
    child.person = by
    child.save(update_fields=["person"])
    note("people.young_login_opened", subject=child, actor=by, changed=["person"])
    post(YOUNG_LOGIN_OPENED, payload={"child": child.pk}, dedupe_key=f"{link.pk}")
    return child


@command
def end_login(*, household: Household, child: Child, by: Person, at: datetime) -> None:
    """By a guardian or by the young person. The account stays, as a reader's without a family."""
    if child.person_id == by.pk:
        row = child_in(lock_household(household), child)
    else:
        row = child_in(enter_home(household, by=by, verb=FamilyVerb.END_YOUNG_LOGIN).household, child)
    consents = Consent.objects.filter(child=row, purpose=OWN_LOGIN.key)
    end_consents(consents, end=ConsentEnd.WITHDRAWN, at=at, by=by)
    steps.end_login(row, by=by, at=at)


def _put_offer(home: Home, *, child: Child, person: Person, at: datetime) -> JoinLink:
    secret = ids.random_code(SECRET_LENGTH)
    child.join_links.filter(used_at=None, revoked_at=None).update(revoked_at=at)
    link: JoinLink = JoinLink.objects.create(
        household=home.household,
        secret_hash=hash_of(secret),
        secret_sealed=sealed.seal(secret, network_code=home.household.network.code, purpose=JOIN_LINK),
        role=MemberRole.YOUNG,
        child=child,
        person=person,
        made_by=home.me.person,
        made_at=at,
        expires_at=at + rules.LINK_LIFE,
    )
    note("people.young_login_offered", subject=link, actor=home.me.person, values={"child": child.pk})
    return link
