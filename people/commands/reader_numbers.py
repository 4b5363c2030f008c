"""读者证号: a family types it, the library's own system or staff check it."""

from datetime import datetime

from django.utils.translation import gettext as _

from kit import sealed
from kit.command import command
from kit.refusals import Refusal, Refused, refuse_if
from networks.steps.journal import note
from people.choices import FamilyVerb
from people.models import Child, Household, Person, ReaderNumber
from people.models.child import READER_NUMBER
from people.queries.families import belongings_of
from people.queries.reader_numbers import holders_of, index_of_number, is_taken
from people.rules import reader_numbers as rules
from people.steps.children import child_in, refuse_to_store
from people.steps.families import enter_home


@command
def give_own_number(*, person: Person, number: str, is_checked: bool, at: datetime) -> None:
    """`number` tidied; empty takes it away. `is_checked`: the library's own system has just said yes."""
    mine = [place.household for place in belongings_of(person)]
    _refuse_to_share({"person": person}, number=number, households=mine, by=person)
    _put({"person": person}, number=number, is_checked=is_checked, by=person, at=at)


@command
def give_childs_number(
    *, household: Household, child: Child, number: str, is_checked: bool, by: Person, at: datetime
) -> None:
    home = enter_home(household, by=by, verb=FamilyVerb.GIVE_READER_NUMBER)
    row = child_in(home.household, child)
    if number:
        refuse_to_store(row)
    _refuse_to_share({"child": row}, number=number, households=[home.household], by=by)
    _put({"child": row}, number=number, is_checked=is_checked, by=by, at=at)


@command
def check_number(*, row: ReaderNumber, by: Person, at: datetime) -> None:
    """Staff have seen the card. A number that is checked for somebody else already is refused."""
    now = ReaderNumber.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if now.checked_at is not None:
        return
    if is_taken(bytes(now.number_index)):
        raise Refused(
            Refusal(
                "number_of_another",
                _("This reader number has been checked for somebody else."),
                _("Please look at both cards: one of the two was typed wrongly."),
            )
        )
    now.checked_at, now.checked_by = at, by
    now.save(update_fields=["checked_at", "checked_by"])
    note("people.reader_number_checked", subject=now, actor=by)


def _refuse_to_share(
    holder: dict[str, Person | Child], *, number: str, households: list[Household], by: Person
) -> None:
    if not number:
        return
    found = holders_of(index_of_number(number, network=by.network), households)
    others = [row for row in found if any(getattr(row, kind) != one for kind, one in holder.items())]
    refuse_if(rules.against_sharing(getattr(row.child or row.person, "name", "") for row in others))


def _put(holder: dict[str, Person | Child], *, number: str, is_checked: bool, by: Person, at: datetime) -> None:
    old = ReaderNumber.objects.select_for_update(of=("self",)).filter(**holder).first()
    if old is not None and number and bytes(old.number_index) == index_of_number(number, network=by.network):
        return
    if old is not None:
        note("people.reader_number_taken_away", subject=old, actor=by)
        old.delete()
    if not number:
        return
    index = index_of_number(number, network=by.network)
    checked_at = at if is_checked and not is_taken(index) else None
    fresh = ReaderNumber.objects.create(
        **holder,
        number_sealed=sealed.seal(number, network_code=by.network.code, purpose=READER_NUMBER),
        number_index=index,
        given_at=at,
        checked_at=checked_at,
    )
    note("people.reader_number_given", subject=fresh, actor=by, changed=["number"])
