"""Families, their children and their cards."""

from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from people.choices import ConsentAnswer
from people.models import Child, ChildPair, Consent, Household, JoinLink, Member, ReaderNumber
from people.queries.ownership import all_of
from people.registers import CHILD_DATA
from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.rules.names import masked
from people.steps.erasing import erase
from people.steps.holdings.words import GUARDIANS, SERVICE, YOU_AND_FAMILY

# In the journal, as the reason of what the clock did.
NO_CONSENT, NO_ADULTS = "no_consent", "no_adults"


# --- Children ------------------------------------------------------------------------------


def _children() -> "QuerySet[Child]":
    rows: QuerySet[Child] = Child.objects.filter(erased_at=None)
    return rows


def _export_children(owner: Owner) -> list[Section]:
    heads = (
        _("Name"),
        _("Month of birth"),
        _("School or kindergarten"),
        _("Class"),
        _("What we should know"),
        _("Since"),
    )
    rows = tuple(
        (child.name, f"{child.birth_month:%Y-%m}", child.school, child.school_class, child.needs, child.added_at)
        for child in owner.children
        if child.birth_month is not None
    )
    return [Section("children", _("Your children"), heads, rows)]


def _erase_children(owner: Owner, at: datetime) -> int:
    """The rows stay, empty: what a child took part in is still counted. Records merged into it are emptied as well."""
    ids = [child.pk for child in owner.children]
    rows = Child.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids), erased_at=None)
    gone: int = rows.update(name="", birth_month=None, school="", school_class="", needs="", person=None, erased_at=at)
    return gone


def _agreed_children() -> "QuerySet[Consent]":
    rows: QuerySet[Consent] = Consent.objects.filter(
        child=OuterRef("pk"), purpose=CHILD_DATA.key, subject_kind="", answer=ConsentAnswer.GIVEN, ended_at=None
    )
    return rows


def children_without_consent(before: datetime) -> "QuerySet[Child]":
    """Nobody has agreed since: it was withdrawn, or what a carer declared ran out."""
    ended = Max("consents__ended_at", filter=Q(consents__purpose=CHILD_DATA.key, consents__answer=ConsentAnswer.GIVEN))
    alone = Child.objects.filter(~Exists(_agreed_children()), erased_at=None, merged_into=None)
    rows: QuerySet[Child] = alone.annotate(free_since=Coalesce(ended, "added_at")).filter(free_since__lt=before)
    return rows.order_by(F("free_since"), "pk")


def _purge_children(before: datetime, most: int, at: datetime) -> int:
    """The family's row is locked first, as by an answer: a guardian who agrees at this moment is heard."""
    gone = 0
    for child in list(children_without_consent(before)[:most]):
        Household.objects.select_for_update(of=("self",)).get(pk=child.household_id)
        if children_without_consent(before).filter(pk=child.pk).exists():
            erase(Owner(children=(child,)), by=None, at=at, reason=NO_CONSENT)
            gone += 1
    return gone


# --- Households ----------------------------------------------------------------------------


def _households() -> "QuerySet[Household]":
    rows: QuerySet[Household] = Household.objects.filter(closed_at=None)
    return rows


def _export_households(owner: Owner) -> list[Section]:
    rows = Member.objects.filter(
        Q(household__in=owner.households, left_at=None) | Q(person__in=owner.persons, household__in=owner.households)
    )
    mine = {person.pk for person in owner.persons}
    cells = tuple(
        (
            member.person.name if member.person_id in mine else masked(member.person.name),
            member.get_role_display(),
            member.get_relation_display(),
            member.joined_at,
            member.left_at,
        )
        for member in rows.select_related("person").order_by("household", "joined_at", "pk")
    )
    heads = (_("Name"), _("Role in the family"), _("Is to the children"), _("Since"), _("Left"))
    return [Section("family", _("Your family"), heads, cells)]


def _erase_households(owner: Owner, at: datetime) -> int:
    """A person leaves; a family that ends is left by all, and its links open nothing."""
    members = Member.objects.filter(Q(household__in=owner.households) | Q(person__in=owner.persons))
    # Who goes leaves no relation behind, in families left long ago either.
    members.update(relation="")
    gone: int = members.filter(left_at=None).update(left_at=Greatest(F("joined_at"), Value(at)))
    links = JoinLink.objects.filter(
        Q(household__in=owner.households)
        | Q(made_by__in=owner.persons)
        | Q(person__in=owner.persons)
        | Q(child__in=owner.children)
    )
    gone += links.delete()[0]
    if owner.households:
        ids = [household.pk for household in owner.households]
        gone += Household.objects.filter(pk__in=ids, closed_at=None).update(closed_at=at, district=None)
    return gone


def households_without_adults(before: datetime) -> "QuerySet[Household]":
    live = Member.objects.filter(household=OuterRef("pk"), left_at=None)
    empty = Household.objects.filter(~Exists(live), closed_at=None)
    since = Coalesce(Max("members__left_at"), "made_at")
    rows: QuerySet[Household] = empty.annotate(empty_since=since).filter(empty_since__lt=before)
    return rows.order_by(F("empty_since"), "pk")


def _purge_households(before: datetime, most: int, at: datetime) -> int:
    gone = 0
    for found in list(households_without_adults(before)[:most]):
        household = Household.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if households_without_adults(before).filter(pk=household.pk).exists():
            erase(all_of(household), by=None, at=at, reason=NO_ADULTS)
            gone += 1
    return gone


# --- Links and cards -----------------------------------------------------------------------


def _old_links(before: datetime) -> "QuerySet[JoinLink]":
    rows: QuerySet[JoinLink] = JoinLink.objects.filter(expires_at__lt=before)
    return rows.order_by("expires_at", "pk")


def _purge_links(before: datetime, most: int, _at: datetime) -> int:
    found = list(_old_links(before).values_list("pk", flat=True)[:most])
    JoinLink.objects.filter(pk__in=found).delete()
    return len(found)


def _export_cards(owner: Owner) -> list[Section]:
    rows = ReaderNumber.objects.filter(Q(person__in=owner.persons) | Q(child__in=owner.children))
    cells = tuple(
        (card.child.name if card.child else str(_("yours")), card.number, card.given_at, card.checked_at)
        for card in rows.select_related("network", "child").order_by("pk")
    )
    heads = (_("Whose"), _("Reader number"), _("Given"), _("Checked"))
    return [Section("reader_numbers", _("Reader numbers"), heads, cells)]


def _erase_cards(owner: Owner, _at: datetime) -> int:
    rows = ReaderNumber.objects.filter(Q(person__in=owner.persons) | Q(child__in=owner.children))
    gone: int = rows.delete()[0]
    return gone


def _erase_pairs(owner: Owner, _at: datetime) -> int:
    rows = ChildPair.objects.filter(Q(first__in=owner.children) | Q(second__in=owner.children))
    gone: int = rows.delete()[0]
    return gone


CHILDREN = holdings.add(
    Holding(
        key="people.children",
        title=_("Children"),
        what=_("Name and month of birth; school, class and needs if the family gave them."),
        why=_("To know which events suit the child, to sign the child up and to greet the child at the door."),
        basis=GUARDIANS,
        who_sees=YOU_AND_FAMILY,
        models=("people.Child",),
        rows=_children,
        export=_export_children,
        erase=_erase_children,
        retention=Retention(
            days=30,
            shortest=1,
            longest=90,
            since=_("the end of the guardians' consent"),
            since_field="added_at",
            due=children_without_consent,
            purge=_purge_children,
        ),
        place=60,
        shown=10,
    )
)
HOUSEHOLDS = holdings.add(
    Holding(
        key="people.households",
        title=_("Families"),
        what=_("Which adults and children belong together, as guardian or carer, and the district if chosen."),
        why=_("So that a grandmother can sign up the children whom the mother entered."),
        basis=SERVICE,
        who_sees=YOU_AND_FAMILY,
        models=("people.Household", "people.Member"),
        rows=_households,
        export=_export_households,
        erase=_erase_households,
        retention=Retention(
            days=30,
            shortest=1,
            longest=90,
            since=_("the leaving of the last adult"),
            since_field="made_at",
            due=households_without_adults,
            purge=_purge_households,
        ),
        place=70,
        shown=20,
    )
)
LINKS = holdings.add(
    Holding(
        key="people.join_links",
        title=_("Links to join a family"),
        what=_("Who made a link for the family, for which role, and who used it."),
        why=_("So that another adult can join by a link that is forwarded."),
        basis=SERVICE,
        who_sees=_("The adults of your family."),
        models=("people.JoinLink",),
        rows=JoinLink.objects.all,
        stays=_("They go together with the family, or with whoever made them."),
        retention=Retention(
            days=30,
            shortest=1,
            longest=365,
            since=_("the end of the link"),
            since_field="expires_at",
            due=_old_links,
            purge=_purge_links,
        ),
        place=71,
        shown=21,
    )
)
CARDS = holdings.add(
    Holding(
        key="people.reader_numbers",
        title=_("Reader numbers"),
        what=_("The number on a library card (sealed), if you typed it, and whether it was checked."),
        why=_("To recognise a cardholder without asking again."),
        basis=SERVICE,
        who_sees=YOU_AND_FAMILY,
        models=("people.ReaderNumber",),
        rows=ReaderNumber.objects.all,
        export=_export_cards,
        erase=_erase_cards,
        kept=_("Until you remove it, or its holder is erased."),
        place=61,
        shown=11,
    )
)
PAIRS = holdings.add(
    Holding(
        key="people.pairs",
        title=_("Possible duplicates"),
        what=_("That two children have the same name and month of birth, and what staff found."),
        why=_("So that a child is not kept twice."),
        basis=SERVICE,
        who_sees=_("Library staff who correct families' records."),
        models=("people.ChildPair",),
        rows=ChildPair.objects.all,
        erase=_erase_pairs,
        kept=_("As long as both children are kept."),
        place=62,
        shown=80,
    )
)
