"""All that a roll-out in the making knows stands in the address: spaces, rule, what was taken out."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from kit.numbers import whole
from programmes.planning.models import Activity
from programmes.planning.queries.spaces import SpaceWish
from venues.choices import Equipment, VenueKind
from venues.rules.access import ACCESS_KEYS

RULE_FIELDS = (
    "pattern",
    "weekdays",
    "every",
    "which",
    "count",
    "dates",
    "first",
    "last",
    "times",
    "skips_holidays",
    "adjusted",
    "within_hours",
    "skips_closures",
    "room_name",
    "hosts",
    "host_lack",
    "confirmed",
)
WISH_FIELDS = ("wd", "wk", "wa", "we", "wp", "wq", "wf")
_MOST_VENUES = 2_000
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class State:
    """`spaces` as it is typed in an address: "12.15.18"; ticks of a page come as `v`."""

    activity: Activity
    data: QueryDict

    @property
    def venues(self) -> tuple[int, ...]:
        typed = [*self.data.get("spaces", "").split("."), *self.data.getlist("v")]
        return tuple(dict.fromkeys(numbers(typed)))[:_MOST_VENUES]

    @property
    def out(self) -> frozenset[str]:
        return frozenset(one for one in self.data.getlist("out") if _is_out(one))

    @property
    def wish(self) -> SpaceWish:
        data = self.data
        districts = numbers(data.getlist("wd")[-1:])
        people = numbers([data.get("wp", "")])
        return SpaceWish(
            district=districts[0] if districts else None,
            kind=data.get("wk", "") if data.get("wk", "") in VenueKind.values else "",
            access=tuple(one for one in data.getlist("wa") if one in ACCESS_KEYS),
            equipment=tuple(one for one in data.getlist("we") if one in Equipment.values),
            people=people[0] if people else None,
            words=data.get("wq", "").replace("\0", "")[:60],
            fitting=bool(data.get("wf")),
        )

    def rule_pairs(self) -> Pairs:
        return self._pairs(RULE_FIELDS)

    def wish_pairs(self) -> Pairs:
        return [*self._pairs(tuple(name for name in WISH_FIELDS if name != "wd")), *self._district()]

    def _district(self) -> Pairs:
        return [("wd", str(self.wish.district))] if self.wish.district else []

    def _pairs(self, names: tuple[str, ...]) -> Pairs:
        return [(name, value) for name in names for value in self.data.getlist(name) if value]

    def spaces_pair(self, venues: Iterable[int] | None = None) -> Pairs:
        chosen = self.venues if venues is None else tuple(venues)
        return [("spaces", ".".join(str(key) for key in chosen))] if chosen else []

    def out_pairs(self) -> Pairs:
        return [("out", key) for key in sorted(self.out)]

    def address(self, step: str, pairs: Pairs) -> str:
        return f"{reverse('planning:rollout', args=[self.activity.pk])}?{urlencode([('step', step), *pairs])}"

    def at_spaces(self, venues: Iterable[int] | None = None) -> str:
        return self.address("spaces", [*self.wish_pairs(), *self.spaces_pair(venues), *self.rule_pairs()])

    @property
    def at_clear(self) -> str:
        return self.address("spaces", [*self.spaces_pair(), *self.rule_pairs()])

    def at_rule(self) -> str:
        return self.address("rule", [*self.spaces_pair(), *self.rule_pairs()])

    def at_preview(self, *, page: int = 1) -> str:
        further = [("page", str(page))] if page > 1 else []
        return self.address("preview", [*self.spaces_pair(), *self.rule_pairs(), *self.out_pairs(), *further])


def numbers(typed: Iterable[str]) -> list[int]:
    return [number for one in typed if (number := whole(one, digits=9)) is not None]


def _is_out(typed: str) -> bool:
    venue, _dot, moment = typed.partition(".")
    return (
        venue.isascii()
        and venue.isdigit()
        and len(venue) < 10
        and (not moment or (moment.isdigit() and len(moment) == 12))
    )
