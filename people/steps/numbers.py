"""A number leaves an account: it keeps what it holds, and staff can give it a number again."""

from datetime import datetime

from kit.command import step
from networks.steps.journal import note
from networks.steps.outbox import post
from people.messages import NUMBER_TAKEN_OVER
from people.models import FormerNumber, Person


@step
def release_number(old: Person, *, taken_by: Person | None, at: datetime) -> FormerNumber:
    former: FormerNumber = FormerNumber.objects.create(
        person=old,
        taken_by=taken_by,
        phone_sealed=old.phone_sealed,
        phone_index=old.phone_index,
        taken_at=at,
    )
    old.phone_sealed, old.phone_index, old.phone_verified_at = "", None, None
    old.__dict__.pop("phone", None)
    old.save(update_fields=["phone_sealed", "phone_index", "phone_verified_at"])
    note("people.number_taken_over", subject=old, actor=taken_by, changed=["phone"])
    post(NUMBER_TAKEN_OVER, payload={"person": old.pk}, dedupe_key=f"{former.pk}")
    return former
