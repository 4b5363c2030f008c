"""The rows of the plan's table (活动安排表): each session by itself, or those that follow a rule in one row."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.refusals import Text
from programmes.planning.rules.folding import Stretch, folded, when_text
from programmes.planning.rules.wording import clock_words, span_words

# In the order that everybody is used to; on paper and on the screen alike.
HEADS: dict[str, Text] = {
    "number": pgettext_lazy("of a row", "No."),
    "title": pgettext_lazy("of an activity", "Name"),
    "when": pgettext_lazy("of a session", "Time"),
    "place": _("Place"),
    "audience": pgettext_lazy("of an activity", "For"),
    "content": pgettext_lazy("of an activity", "Content"),
    "department": pgettext_lazy("head of the plan table", "Department"),
    "in_charge": _("In charge"),
    "phone": _("Telephone"),
}


@dataclass(frozen=True, order=True)
class Said:
    """All that a row says but its time. Sessions that say the same may stand in one row."""

    title: str
    place: str
    audience: str
    content: str
    department: str
    in_charge: str
    phone: str


@dataclass(frozen=True)
class Occasion:
    """A session, as far as the table speaks of it."""

    code: str
    said: Said
    starts_at: datetime
    ends_at: datetime
    is_draft: bool


@dataclass(frozen=True)
class TableRow:
    """`codes`: the sessions in it; `drafts`: how many of them readers do not see yet."""

    number: int
    when: str
    said: Said
    codes: tuple[str, ...]
    drafts: int


@dataclass
class _Draft:
    when: str
    said: Said
    occasions: list[Occasion]

    @property
    def order(self) -> tuple[datetime, Said]:
        return self.occasions[0].starts_at, self.said


def each_row(occasions: Iterable[Occasion]) -> list[TableRow]:
    return _numbered(_Draft(span_words(one.starts_at, one.ends_at), one.said, [one]) for one in occasions)


def folded_rows(occasions: Iterable[Occasion], *, year: int) -> list[TableRow]:
    """Days are those of the zone in force; those of another year than `year` say theirs."""
    groups: dict[Said, dict[str, list[Occasion]]] = defaultdict(lambda: defaultdict(list))
    for one in occasions:
        groups[one.said][clock_words(one.starts_at, one.ends_at)].append(one)
    return _numbered(draft for said, clocks in groups.items() for draft in _drafts(said, clocks, year))


def _drafts(said: Said, clocks: dict[str, list[Occasion]], year: int) -> Iterable[_Draft]:
    """Two times on the same days are one row, too."""
    stretches: dict[Stretch, list[str]] = defaultdict(list)
    by_day: dict[tuple[str, date], list[Occasion]] = defaultdict(list)
    for clock in sorted(clocks):
        for one in clocks[clock]:
            by_day[clock, timezone.localtime(one.starts_at).date()].append(one)
        for stretch in folded(day for name, day in by_day if name == clock):
            stretches[stretch].append(clock)
    for stretch, times in stretches.items():
        found = [one for day in stretch.days for clock in times for one in by_day[clock, day]]
        yield _Draft(when_text(stretch, "、".join(times), year=year), said, found)


def _numbered(drafts: Iterable[_Draft]) -> list[TableRow]:
    return [
        TableRow(
            number,
            draft.when,
            draft.said,
            tuple(one.code for one in draft.occasions),
            sum(one.is_draft for one in draft.occasions),
        )
        for number, draft in enumerate(sorted(drafts, key=lambda draft: draft.order), start=1)
    ]
