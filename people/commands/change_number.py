"""Another number for the same account."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kit import sealed
from kit.command import command
from kit.refusals import Refusal, refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post
from people.messages import CODE, NUMBER_CHANGED
from people.models import Person
from people.queries.persons import person_with_phone
from people.rules import codes
from people.steps.numbers import release_number
from people.steps.persons import put_phone


@command
def change_number(*, person: Person, phone: str, at: datetime, today: date) -> None:
    """Both numbers have been proven by the caller. The old one is told."""
    row = Person.objects.select_for_update(of=("self",)).select_related("network").get(pk=person.pk)
    holder = person_with_phone(phone, network=row.network)
    refuse_if(_against(row, holder, today=today))
    if holder is not None:
        release_number(holder, taken_by=row, at=at)
    old = row.phone
    put_phone(row, phone=phone)
    row.phone_verified_at = at
    row.save(update_fields=["phone_sealed", "phone_index", "phone_verified_at"])
    note("people.number_changed", subject=row, actor=row, changed=["phone"])
    place = {"network_code": row.network.code, "purpose": CODE}
    post(
        NUMBER_CHANGED,
        payload={"person": row.pk, "old": sealed.seal(old, **place) if old else ""},
        dedupe_key=f"{row.pk}:{at.isoformat()}",
    )


def _against(person: Person, holder: Person | None, *, today: date) -> Iterator[Refusal]:
    if holder is None:
        return
    if holder.pk == person.pk:
        yield Refusal("same_number", _("This is your number already."), _("There is nothing to change."), field="phone")
    elif holder.phone_verified_at is not None and not codes.is_silent(
        last_seen_on=holder.seen_on or holder.joined_at.date(), today=today, network_rules=holder.network.rules
    ):
        yield Refusal(
            "another_account",
            _("Another account signs in with this number."),
            _("Sign out, and sign in with it; or ask at the library's desk to have the two joined."),
            field="phone",
        )
