"""A fee that was agreed for one session, in place of what the rate gives. A plan: nobody is paid."""

from decimal import Decimal

from kit.command import command
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Engagement
from programmes.planning.rules.fees import against_fee


@command
def agree_fee(*, engagement: Engagement, fee: Decimal | None, by: Person) -> None:
    """None goes back to the rate."""
    refuse_if(against_fee(fee))
    row: Engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if row.fee == fee:
        return
    row.fee = fee
    row.save(update_fields=["fee"])
    note("planning.fee_agreed", subject=row, actor=by, changed=["fee"])
