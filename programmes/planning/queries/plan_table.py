"""Sessions for the plan's table: four statements, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.queries.workplace import within
from programmes.planning.choices import Audience, PlaceKind, UnitRole
from programmes.planning.models import Activity, Season, Session
from programmes.planning.queries.availability import midnight
from programmes.planning.queries.units import units_of_activities
from programmes.planning.rules.periods import Period
from programmes.planning.rules.plan_table import Occasion, Said, TableRow, each_row, folded_rows
from programmes.planning.rules.units import PrintedLine
from programmes.planning.rules.wording import age_words

LONGEST_CONTENT = 80
_TIMES = ("code", "starts_at", "ends_at", "published_at")
_WORDS = (
    "activity_id",
    "place_kind",
    "place_name",
    "address",
    "title",
    "summary",
    "from_months",
    "to_months",
    "in_charge",
    "phone",
    "venue__name",
    "room__name",
)


@dataclass(frozen=True)
class _Home:
    """An activity with the units behind it."""

    activity: Activity
    units: list[PrintedLine]

    @property
    def department(self) -> str:
        """The department, else the units that host and organise."""
        own = self.activity.department or self.activity.programme.department
        names = [line.names for line in self.units if line.role in {UnitRole.HOSTS, UnitRole.ORGANISES}]
        return own or "、".join(name for line in names[:1] for name in line)


def occasions(period: Period, *, paths: tuple[str, ...], published_only: bool) -> list[Occasion]:
    """Sessions that begin in the period, not called off, under one of the area paths. Days are those of the zone in
    force."""
    rows: Any = Session.objects.filter(
        within("area__path", paths),
        starts_at__gte=midnight(period.first),
        starts_at__lt=midnight(period.last + timedelta(days=1)),
        called_off_at=None,
    )
    if published_only:
        rows = rows.filter(published_at__isnull=False)
    found = list(rows.order_by("starts_at", "pk").values(*_TIMES, *_WORDS))
    homes = _homes({row["activity_id"] for row in found})
    known: dict[tuple[Any, ...], Said] = {}
    return [_occasion(row, homes, known) for row in found]


def season_days() -> dict[int, tuple[date, date]]:
    """By year, the first and the last day, newest first."""
    rows = Season.objects.order_by("-year").values_list("year", "starts_on", "ends_on")
    return {year: (first, last) for year, first, last in rows}


def _homes(keys: Iterable[int]) -> dict[int, _Home]:
    rows = list(Activity.objects.filter(pk__in=list(keys)).select_related("programme"))
    units = units_of_activities(rows)
    return {row.pk: _Home(row, units[row.pk]) for row in rows}


def _occasion(row: dict[str, Any], homes: dict[int, _Home], known: dict[tuple[Any, ...], Said]) -> Occasion:
    """What a session says is put into words once for all that say the same."""
    words = tuple(row[name] for name in _WORDS)
    if words not in known:
        known[words] = _said(row, homes[row["activity_id"]])
    return Occasion(row["code"], known[words], row["starts_at"], row["ends_at"], is_draft=row["published_at"] is None)


def _said(row: dict[str, Any], home: _Home) -> Said:
    activity = home.activity
    programme = activity.programme
    return Said(
        title=_title(row["title"] or activity.title, programme.title),
        place=_place(row),
        audience=_audience(row, activity),
        content=_content(row["summary"] or activity.summary or activity.text),
        department=home.department,
        in_charge=row["in_charge"] or activity.in_charge or programme.in_charge,
        phone=row["phone"] or activity.phone or programme.phone,
    )


def _title(title: str, programme: str) -> str:
    """With its programme, unless one names the other."""
    return title if programme in title or title in programme else f"{programme}：{title}"


def _place(row: dict[str, Any]) -> str:
    if row["venue__name"]:
        return " · ".join(name for name in (row["venue__name"], row["room__name"]) if name)
    if row["place_kind"] == PlaceKind.STREAM and not row["place_name"]:
        return _("online")
    return "，".join(name for name in (row["place_name"], row["address"]) if name)


def _audience(row: dict[str, Any], activity: Activity) -> str:
    labels = [str(Audience(one).label) for one in activity.audiences]
    ages = [row[name] if row[name] is not None else getattr(activity, name) for name in ("from_months", "to_months")]
    if not labels or any(age is not None for age in ages):
        labels.append(age_words(*ages))
    return "、".join(labels)


def _content(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_CONTENT else f"{line[: LONGEST_CONTENT - 1]}…"


@dataclass(frozen=True)
class TableWish:
    """Which table: `paths` of areas that whoever asks may see, `area` the one of them that it is about, if it is one."""

    period: Period
    paths: tuple[str, ...]
    area: str = ""
    is_folded: bool = True
    published_only: bool = False


@dataclass(frozen=True)
class PlanTable:
    wish: TableWish
    rows: list[TableRow]

    @property
    def title(self) -> str:
        return _("Plan of activities, %(period)s") % {"period": self.wish.period.title}

    @property
    def sessions(self) -> int:
        return sum(len(row.codes) for row in self.rows)

    @property
    def drafts(self) -> int:
        return sum(row.drafts for row in self.rows)

    @property
    def under(self) -> str:
        """What it holds: 鼓楼区 · 共 120 场 · 其中 8 场尚未发布."""
        told = [
            self.wish.area,
            ngettext("%(n)s session in all", "%(n)s sessions in all", self.sessions) % {"n": self.sessions},
        ]
        if self.drafts:
            told.append(
                ngettext("%(n)s of them not published yet", "%(n)s of them not published yet", self.drafts)
                % {"n": self.drafts}
            )
        return " · ".join(word for word in told if word)


def plan_table(wish: TableWish) -> PlanTable:
    found = occasions(wish.period, paths=wish.paths, published_only=wish.published_only)
    year = wish.period.year or wish.period.first.year
    return PlanTable(wish, folded_rows(found, year=year) if wish.is_folded else each_row(found))
