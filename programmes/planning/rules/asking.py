"""What a roll-out is asked for, kept with it, and what speaks against it before a single place is looked at."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.refusals import Refusal
from programmes.planning.choices import AdjustedDays, HostLack, Pattern
from programmes.planning.rules.recurrence import Rule
from programmes.planning.rules.wording import full_day_words

# More than this is asked again, with the number; more than that goes in several roll-outs.
ASKED_AGAIN = 5_000
MOST = 20_000
LONGEST_DAYS = 550


@dataclass(frozen=True)
class Ask:
    """`room_name`: empty takes the smallest room that fits. `out`: venues ("12") and single places
    ("12.202703061000") that the planner takes out."""

    venues: tuple[int, ...]
    rule: Rule
    skips_closures: bool = True
    within_hours: bool = True
    room_name: str = ""
    hosts: tuple[int, ...] = ()
    host_lack: HostLack = HostLack.SKIP
    out: frozenset[str] = field(default=frozenset())


def kept(ask: Ask) -> dict[str, Any]:
    """As JSON can hold it."""
    values = asdict(ask)
    values["out"] = sorted(ask.out)
    rule = values["rule"]
    rule["first"], rule["last"] = ask.rule.first.isoformat(), ask.rule.last.isoformat()
    rule["dates"] = [day.isoformat() for day in ask.rule.dates]
    return values


def read_again(values: Mapping[str, Any]) -> Ask:
    """What `kept` gave."""
    rule = dict(values["rule"])
    rule["pattern"], rule["adjusted"] = Pattern(rule["pattern"]), AdjustedDays(rule["adjusted"])
    rule["first"], rule["last"] = date.fromisoformat(rule["first"]), date.fromisoformat(rule["last"])
    rule["dates"] = tuple(date.fromisoformat(day) for day in rule["dates"])
    for name in ("times", "weekdays", "which"):
        rule[name] = tuple(rule[name])
    rest = {name: value for name, value in values.items() if name != "rule"}
    rest["host_lack"] = HostLack(rest["host_lack"])
    for name in ("venues", "hosts"):
        rest[name] = tuple(rest[name])
    return Ask(rule=Rule(**rule), **{**rest, "out": frozenset(rest["out"])})


def against_span(first: date, last: date) -> Iterator[Refusal]:
    if last < first:
        yield Refusal("ends_before_it_starts", _("The last day lies before the first."), field="last")
    elif (last - first).days > LONGEST_DAYS:
        yield Refusal("too_long_a_time", _("That is more than a year and a half."), field="last")


def against_days(days: Collection[date], *, left_out: int) -> Iterator[Refusal]:
    """A rule that yields nothing says so, and whether the calendar took it all."""
    if days:
        return
    if left_out:
        yield Refusal(
            "all_days_off",
            _("Every day of this rule is a public holiday or worked in exchange."),
            _("Choose other days, or allow them below."),
            field="first",
        )
    else:
        yield Refusal(
            "no_days",
            _("This rule yields no day."),
            _("Look whether the weekdays occur between the first and the last day."),
            field="first",
        )


def against_season(days: Collection[date], first: date, last: date, *, season: str) -> Iterator[Refusal]:
    outside = sorted(day for day in days if not first <= day <= last)
    if outside:
        words = {
            "season": season,
            "first": full_day_words(first),
            "last": full_day_words(last),
            "day": full_day_words(outside[0]),
        }
        yield Refusal(
            "outside_the_season",
            ngettext(
                "%(day)s lies outside the season %(season)s, which goes from %(first)s to %(last)s.",
                "%(day)s and other days lie outside the season %(season)s, which goes from %(first)s to %(last)s.",
                len(outside),
            )
            % words,
            field="first" if outside[0] < first else "last",
        )


def against_number(number: int, *, confirmed: int | None) -> Iterator[Refusal]:
    if number > MOST:
        yield Refusal(
            "far_too_many",
            _("These would be %(count)s sessions; one roll-out makes %(most)s at most.")
            % {"count": f"{number:,}", "most": f"{MOST:,}"},
            _("Choose fewer spaces or a shorter time, and roll out several times."),
        )
    elif number > ASKED_AGAIN and confirmed != number:
        yield Refusal(
            "asked_again",
            _("These would be %(count)s sessions.") % {"count": f"{number:,}"},
            _("If that is what you want, type the number below."),
            field="confirmed",
        )


def number_of(ask: Ask, moments: int) -> int:
    """How many sessions it makes at most."""
    return len(ask.venues) * (ask.rule.count if ask.rule.pattern == Pattern.SPREAD else moments)
