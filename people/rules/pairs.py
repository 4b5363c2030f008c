"""Two children who may be one: what differs, and what stands against making them one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal
from people.choices import PairState
from people.models import Child, ChildPair

COMPARED = ("name", "birth_month", "school", "school_class", "needs")


@dataclass(frozen=True)
class Difference:
    field: str
    first: object
    second: object

    @property
    def is_there(self) -> bool:
        return self.first != self.second


def differences(first: Child, second: Child) -> list[Difference]:
    return [Difference(name, getattr(first, name), getattr(second, name)) for name in COMPARED]


def against_answering(pair: ChildPair, first: Child, second: Child) -> Iterator[Refusal]:
    """The rows as they are inside the lock."""
    if pair.state != PairState.OPEN:
        yield Refusal("pair_answered", _("Somebody has answered this pair already."), _("The list shows what is left."))
    elif not all(child.erased_at is None and child.merged_into_id is None for child in (first, second)):
        yield Refusal(
            "pair_gone", _("One of the two records is no longer there."), _("There is nothing left to compare.")
        )


def against_merging(kept: Child, gone: Child) -> Iterator[Refusal]:
    if kept.person_id is not None and gone.person_id is not None:
        yield Refusal(
            "two_own_logins",
            _("Both records have an own login."),
            _("One of the families first ends its child's login; then the two can be made one."),
        )


def filled_in(kept: Child, gone: Child) -> list[str]:
    """What the record that stays takes over because it had nothing there."""
    return [name for name in COMPARED if not getattr(kept, name) and getattr(gone, name)]
