"""Writes to a child's row."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _

from kit.command import step
from kit.refusals import Refusal, Refused, refuse_if
from people.models import Child, Household
from people.queries.consents import is_given
from people.queries.families import live_children
from people.registers import CHILD_DATA
from people.rules.consents import against_storing


@dataclass(frozen=True)
class Details:
    """As the form has tidied them; `birth_month` is the first of the month."""

    name: str
    birth_month: date
    school: str = ""
    school_class: str = ""
    needs: str = ""


def put_details(child: Child, details: Details) -> list[str]:
    """Sets what differs and names it; the caller saves."""
    changed = [name for name, value in asdict(details).items() if getattr(child, name) != value]
    for name in changed:
        setattr(child, name, getattr(details, name))
    return sorted(changed)


def refuse_to_store(child: Child) -> None:
    """Anything more about a child whose consent was withdrawn or ran out, until a guardian agrees again."""
    refuse_if(against_storing(is_agreed=is_given(child.household, CHILD_DATA, child)))


@step
def child_in(household: Household, child: Child) -> Child:
    """The row as it is now; refused if it was erased, merged or moved since the page was opened."""
    row: Child | None = live_children().filter(pk=child.pk, household=household).first()
    if row is None:
        raise Refused(
            Refusal(
                "no_such_child", _("This child is no longer in the family."), _("Please open the family's page again.")
            )
        )
    return row
