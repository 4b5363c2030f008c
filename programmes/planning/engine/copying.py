"""What taking over programmes of another season would make, and what it would leave to be settled. Nothing is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.planning.choices import PhaseKind
from programmes.planning.models import Activity, Engagement, Host, Programme, Season, Session
from programmes.planning.queries.availability import HostTime, host_faults
from programmes.planning.queries.copying import Material, material
from programmes.planning.queries.judging import Wish, judge
from programmes.planning.rules.moving import by_series, moved, moved_span, retitled
from programmes.planning.rules.places import Where, where_is
from venues.choices import DayKind

M = TypeVar("M", bound=Model)
# Not said again in a new season.
_NOT_COPIED = frozenset({"id", "code", "made_at", "spent", "dropped_at", "copied_from", "network"})
_OWN = (
    "title", "summary", "capacity", "from_months", "to_months", "adult_needed", "mode", "stream_url", "in_charge",
    "phone", "notice",
)  # fmt: skip


@dataclass
class SessionCopy:
    """One session of the source, where it would go. With `reasons` it is left to be settled; `notes` are only said."""

    source: Session
    activity: Activity
    where: Where
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    engagements: list[Engagement] = field(default_factory=list)
    reasons: list[Refusal] = field(default_factory=list)
    notes: list[Refusal] = field(default_factory=list)

    @property
    def hosts(self) -> list[Host]:
        return [one.host for one in self.engagements]


@dataclass
class ActivityCopy:
    source: Activity
    copy: Activity
    is_there: bool


@dataclass
class ProgrammeCopy:
    """`sessions` are those that were not taken over before; with a `refusal` nothing of it is made. `is_joined`: the
    target has one of this title already, which keeps all that it says and takes what it lacks."""

    source: Programme
    copy: Programme
    is_there: bool
    is_joined: bool = False
    refusal: Refusal | None = None
    notes: list[Refusal] = field(default_factory=list)
    activities: list[ActivityCopy] = field(default_factory=list)
    sessions: list[SessionCopy] = field(default_factory=list)
    taken_before: int = 0

    @property
    def to_make(self) -> list[SessionCopy]:
        return [] if self.refusal else [one for one in self.sessions if not one.reasons]

    @property
    def to_settle(self) -> list[SessionCopy]:
        return [one for one in self.sessions if one.reasons]

    @property
    def noted(self) -> list[SessionCopy]:
        return [one for one in self.to_make if one.notes]


@dataclass
class TakeOver:
    material: Material
    programmes: list[ProgrammeCopy]

    @property
    def to_make(self) -> int:
        return sum(len(one.to_make) for one in self.programmes)

    @property
    def to_settle(self) -> int:
        return sum(len(one.sessions) if one.refusal else len(one.to_settle) for one in self.programmes)

    @property
    def noted(self) -> int:
        return sum(len(one.noted) for one in self.programmes)

    @property
    def taken_before(self) -> int:
        return sum(one.taken_before for one in self.programmes)

    @property
    def has_work(self) -> bool:
        return self.to_make > 0 or any(
            not one.is_there or not all(line.is_there for line in one.activities)
            for one in self.programmes
            if not one.refusal
        )


def prepare(source: Season, target: Season, chosen: Sequence[Programme], *, at: datetime) -> TakeOver:
    """Copies are made in memory; what was taken over before stands in their place."""
    found = material(source, target, chosen)
    programmes = [_programme(row, found) for row in found.programmes]
    _place(programmes, found)
    open_ones = [line for one in programmes if not one.refusal for line in one.sessions]
    _judge([line for line in open_ones if line.starts_at], at=at)
    _ask_hosts([line for line in open_ones if line.starts_at and not line.reasons])
    for line in open_ones:
        line.notes.extend(_day_notes(line, found))
    for one in programmes:
        _fit(one, found)
    return TakeOver(found, programmes)


def _copy(row: M, **values: Any) -> M:
    """Related rows that were read come along."""
    made = type(row)()
    for column in row._meta.concrete_fields:
        if column.name not in _NOT_COPIED and column.name not in values:
            setattr(made, column.attname, getattr(row, column.attname))
            if isinstance(column, ForeignKey) and column.is_cached(row):
                setattr(made, column.name, getattr(row, column.name))
    for name, value in values.items():
        setattr(made, name, value)
    return made


def _programme(row: Programme, found: Material) -> ProgrammeCopy:
    title = retitled(row.title, found.source_year, found.target_year)
    same = found.titles.get((row.area_id, title))
    there = found.programmes_there.get(row.pk) or (same if same and same.dropped_at is None else None)
    if there is not None:
        there.season = found.target
        one = ProgrammeCopy(row, there, is_there=True, is_joined=there.copied_from_id != row.pk)
    else:
        one = _fresh_programme(row, title, found)
    for activity in found.activities.get(row.pk, []):
        title = retitled(activity.title, found.source_year, found.target_year)
        made = found.activities_there.get(activity.pk)
        if made is None and there is not None:
            made = found.activity_titles.get((there.pk, title))
        copy = made or _copy(activity, title=title, programme=one.copy, copied_from=activity)
        copy.programme = one.copy
        one.activities.append(ActivityCopy(activity, copy, is_there=made is not None))
    return one


def _fresh_programme(row: Programme, title: str, found: Material) -> ProgrammeCopy:
    one = ProgrammeCopy(row, _copy(row, title=title, season=found.target, copied_from=row), is_there=False)
    if (row.area_id, title) in found.titles:
        one.refusal = Refusal(
            "title_is_taken",
            _("The season has a programme %(title)s already, which was dropped.") % {"title": title},
            _("Take that one up again, or rename it."),
        )
    brand = row.brand
    if brand is not None and brand.closed_at is not None:
        above = brand.parent
        one.copy.brand = above if above is not None and above.closed_at is None else None
        one.notes.append(Refusal("brand_closed", _("The brand %(brand)s is no longer used.") % {"brand": brand.name}))
    return one


def _place(programmes: Iterable[ProgrammeCopy], found: Material) -> None:
    """Each session's place and, by its series, its new day."""
    lines: dict[int, SessionCopy] = {}
    for one in programmes:
        for activity in one.activities:
            for session in found.sessions.get(activity.source.pk, []):
                if session.pk in found.sessions_there:
                    one.taken_before += 1
                    continue
                engaged = list(found.engagements.get(session.pk, []))
                line = SessionCopy(session, activity.copy, _where(session, found), engagements=engaged)
                one.sessions.append(line)
                lines[session.pk] = line
    # Series are counted with what was taken over before, so that a second run finds the same days.
    everything = [
        (session, timezone.localtime(session.starts_at)) for rows in found.sessions.values() for session in rows
    ]
    series = by_series(
        (
            session.pk,
            (session.activity_id, session.room_id or session.venue_id, session.place_name, start.time()),
            start.date(),
        )
        for session, start in everything
    )
    for part in series.values():
        days = moved((day for _key, day in part), found.source_year, found.target_year)
        for key, day in part:
            if key in lines:
                _move(lines[key], days[day], found)


def _where(session: Session, found: Material) -> Where:
    where = where_is(session)
    notice = where.safety_notice
    if notice is not None and notice.closed_at is not None:
        return replace(where, safety_notice=found.notices.get(notice.title))
    return where


def _move(line: SessionCopy, day: date | None, found: Material) -> None:
    source = line.source
    if day is None:
        kind = found.source_year.phase_of(timezone.localtime(source.starts_at).date())
        values = {"phase": PhaseKind(kind).label if kind else str(found.target)}
        text = _("%(phase)s has one such weekday fewer than before.") % values
        line.reasons.append(Refusal("no_day", text, _("Choose another day for it.")))
        return
    start = timezone.localtime(source.starts_at)
    line.starts_at = timezone.make_aware(datetime.combine(day, start.time()))
    line.ends_at = line.starts_at + (source.ends_at - source.starts_at)


def _judge(lines: Sequence[SessionCopy], *, at: datetime) -> None:
    """Without hosts: one who cannot come is left out, and the session stays."""
    wishes = [
        Wish(number, line.activity, line.starts_at, line.ends_at, line.where, capacity=line.source.capacity)
        for number, line in enumerate(lines)
        if line.starts_at is not None and line.ends_at is not None
    ]
    for number, judgement in judge(wishes, at=at).items():
        line = lines[number]
        line.reasons.extend(one for one in judgement.against() if one.code != "outside_programme")
        # A new programme is fitted to what it takes over; one that is there keeps its days.
        if line.activity.programme.pk is not None:
            line.notes.extend(one for one in judgement.against() if one.code == "outside_programme")


def _ask_hosts(lines: Sequence[SessionCopy]) -> None:
    asked = [
        HostTime((number, engagement.pk), engagement.host, line.starts_at, line.ends_at, takes=_takes(line))
        for number, line in enumerate(lines)
        for engagement in line.engagements
        if line.starts_at is not None and line.ends_at is not None
    ]
    for (number, key), refusals in host_faults(asked).items():
        line = lines[number]
        line.engagements = [one for one in line.engagements if one.pk != key]
        line.notes.extend(refusals)


def _takes(line: SessionCopy) -> tuple[datetime, datetime] | None:
    if line.starts_at is None or line.ends_at is None:
        return None
    return Wish(0, line.activity, line.starts_at, line.ends_at, line.where).takes


def _day_notes(line: SessionCopy, found: Material) -> Iterator[Refusal]:
    day = found.days.get(timezone.localtime(line.starts_at).date()) if line.starts_at else None
    if day is None or line.reasons:
        return
    if day.kind == DayKind.HOLIDAY:
        yield Refusal("on_a_holiday", _("It falls on a day off: %(name)s.") % {"name": day.name})
    else:
        yield Refusal("on_a_workday", _("Schools and offices work on that day: %(name)s.") % {"name": day.name})


def _fit(one: ProgrammeCopy, found: Material) -> None:
    """A new programme's dates hold all that is made in it."""
    if one.is_there:
        return
    days = [timezone.localtime(line.starts_at).date() for line in one.to_make if line.starts_at]
    one.copy.starts_on, one.copy.ends_on = moved_span(
        one.source.starts_on, one.source.ends_on, found.source_year, found.target_year, holding=days
    )


def own_of(source: Session) -> dict[str, Any]:
    """What the session says itself, and where it came from."""
    return {**{name: getattr(source, name) for name in _OWN}, "copied_from": source}
