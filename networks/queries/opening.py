"""The opening lists of all networks, for the operator. None of these tables is scoped."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from networks.choices import OpeningState
from networks.models import Network, OpeningStep
from networks.rules.opening import OPENING_ITEMS, OpeningItem

_CHIPS = {
    OpeningState.OPEN: "waiting",
    OpeningState.UNDER_WAY: "few",
    OpeningState.DONE: "open",
    OpeningState.NOT_NEEDED: "full",
}
_SETTLED = (OpeningState.DONE, OpeningState.NOT_NEEDED)


@dataclass(frozen=True)
class OpeningLine:
    item: OpeningItem
    step: OpeningStep

    @property
    def chip(self) -> str:
        """How the state is shown: kit's chips know these words."""
        return _CHIPS[OpeningState(self.step.state)]

    def values(self) -> dict[str, str]:
        return {"state": self.step.state, "owner": self.step.owner, "note": self.step.note}


def networks_with_progress() -> QuerySet[Network]:
    return (
        Network.objects.filter(is_operator=False)
        .annotate(
            steps=Count("opening_steps"),
            settled=Count("opening_steps", filter=Q(opening_steps__state__in=_SETTLED)),
        )
        .prefetch_related("hosts")
        .order_by("name", "pk")
    )


def network_by_code(code: str) -> Network | None:
    return Network.objects.filter(code=code, is_operator=False).first()


def opening_list(network: Network) -> list[OpeningLine]:
    steps = {step.key: step for step in OpeningStep.objects.filter(network=network)}
    return [OpeningLine(item, steps[item.key]) for item in OPENING_ITEMS if item.key in steps]
