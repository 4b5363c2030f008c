"""A table of sessions, judged row by row against the plan and against itself, in a constant number of statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from kit.sheets import Fate, Preview, Row, Sheet, Verdict
from programmes.planning.models import Activity, Host, Session
from programmes.planning.queries.judging import Judgement, Wish, judge
from programmes.planning.queries.plan_known import Known
from programmes.planning.queries.whole_plan import row_of
from programmes.planning.rules.changes import SessionChange
from programmes.planning.rules.inherited import is_said
from programmes.planning.rules.places import Where, where_is
from programmes.planning.rules.plan_rows import (
    Span,
    against_weekday,
    cell_words,
    clock_time,
    length_of,
    own_values,
    same_place,
    span_of,
)
from programmes.planning.rules.sessions import against_change

# Columns that a preview of changes leaves out, and those that say the place.
_NOT_SAID = frozenset({"code", "season", "programme", "activity", "weekday", "audience", "age", "state"})
_PLACE = frozenset({"number", "venue", "room", "kind", "place_name", "address", "district", "safety_notice"})


@dataclass
class Meant:
    """What one row means, as far as it can be read. `hosts` None: those who are there, `present`, stay."""

    row: Row
    session: Session | None = None
    activity: Activity | None = None
    span: Span | None = None
    where: Where | None = None
    hosts: list[Host] | None = None
    present: list[Host] = field(default_factory=list)
    own: dict[str, Any] = field(default_factory=dict)
    faults: list[Refusal] = field(default_factory=list)
    warnings: list[Refusal] = field(default_factory=list)

    @property
    def change(self) -> SessionChange | None:
        if self.session is None or self.span is None:
            return None
        return SessionChange(
            self.session,
            self.span.starts_at,
            self.span.ends_at,
            where=self.where,
            hosts=self.hosts,
            own=self.own,
        )


@dataclass(frozen=True)
class Judged:
    """`meant`: by the row's number, what is to be made or changed."""

    preview: Preview
    meant: dict[int, Meant]
    warnings: dict[int, tuple[str, ...]]

    def of(self, fate: Fate) -> list[Meant]:
        return [self.meant[verdict.row.number] for verdict in self.preview.of(fate)]


def judge_plan(sheet: Sheet, *, paths: Sequence[str], at: datetime) -> Judged:
    """`paths`: where whoever sends the table plans."""
    readable = [row for row in sheet.rows if not row.faults]
    known = Known.read(row.values for row in readable)
    meant = {row.number: _meant(row, known, tuple(paths)) for row in readable}
    _against_twice(meant.values())
    _against_there(meant.values())
    judged = _judged([one for one in meant.values() if not one.faults], at=at)
    verdicts = tuple(_verdict(row, meant.get(row.number), judged.get(row.number), at=at) for row in sheet.rows)
    told = {
        one.row.number: tuple(str(warning) for warning in (*one.warnings, *_doubts(judged.get(one.row.number))))
        for one in meant.values()
    }
    return Judged(Preview(verdicts), meant, {number: words for number, words in told.items() if words})


# --- What a row means ------------------------------------------------------------------------


def _meant(row: Row, known: Known, paths: tuple[str, ...]) -> Meant:
    values, meant = row.values, Meant(row)
    code = values.get("code") or ""
    if code:
        meant.session = known.sessions.get(code)
        if meant.session is None:
            text = _("There is no session with the number %(code)s.") % {"code": code}
            meant.faults.append(Refusal("no_session", text, _("Leave the number empty to make a new one.")))
            return meant
    _find_activity(meant, known)
    if meant.activity is None:
        return meant
    meant.span = span_of(values, length=length_of(meant.activity, meant.session))
    meant.warnings += against_weekday(values["day"], values.get("weekday") or "")
    if meant.session is None or _PLACE & values.keys():
        meant.where = known.where_of(values, meant.activity, meant.faults)
    _find_hosts(meant, known)
    meant.own = own_values(values, meant.activity, meant.session)
    _against_reach(meant, paths)
    if meant.session is not None and meant.where is not None and same_place(meant.where, where_is(meant.session)):
        meant.where = None
    return meant


def _find_activity(meant: Meant, known: Known) -> None:
    values, session = meant.row.values, meant.session
    if session is not None:
        programme = session.activity.programme
        said = (values["activity"], values.get("programme") or programme.title, values.get("season"))
        if said[:2] != (session.activity.title, programme.title) or said[2] not in {None, "", programme.season.year}:
            words = {"activity": session.activity.title, "programme": programme.title, "year": programme.season.year}
            text = _("This session belongs to %(activity)s (%(programme)s, %(year)s).") % words
            meant.faults.append(
                Refusal("other_activity", text, _("A session stays with its activity; make a new row for another."))
            )
        else:
            meant.activity = session.activity
        return
    season = known.season_of(values, meant.faults)
    if season is not None:
        meant.activity = known.activity_of(values, season, meant.faults)


def _find_hosts(meant: Meant, known: Known) -> None:
    """Names that are there already mean those who are there, whoever else is called so."""
    if meant.session is not None:
        meant.present = known.led_by.get(meant.session.pk, [])
    names = meant.row.values.get("hosts") or []
    is_same = sorted(names) == sorted({host.name for host in meant.present})
    if "hosts" not in meant.row.values or (meant.session is not None and is_same):
        return
    meant.hosts = known.hosts_of(names, meant.faults)


def _against_reach(meant: Meant, paths: tuple[str, ...]) -> None:
    activity, where = meant.activity, meant.where
    areas = [activity.programme.area] if activity is not None else []
    areas += [where.area] if where is not None else []
    areas += [meant.session.area] if meant.session is not None else []
    if not paths or not all(area.path.startswith(paths) for area in areas):
        meant.faults.append(Refusal("not_yours", _("It lies outside the area that you plan in.")))


# --- Against each other, and against what is there ---------------------------------------------


def _key(meant: Meant) -> tuple[Any, ...] | None:
    """Two new sessions of one activity at one place at one time are the same."""
    if meant.activity is None or meant.span is None or meant.where is None or meant.session is not None:
        return None
    where = meant.where
    venue, room = (where.venue.pk if where.venue else 0), (where.room.pk if where.room else 0)
    return meant.activity.pk, meant.span.starts_at, venue, room, where.place_name


def _against_twice(rows: Collection[Meant]) -> None:
    codes: dict[int, int] = {}
    keys: dict[tuple[Any, ...], int] = {}
    for one in rows:
        if one.session is not None:
            first = codes.setdefault(one.session.pk, one.row.number)
        elif key := _key(one):
            first = keys.setdefault(key, one.row.number)
        else:
            continue
        if first != one.row.number:
            one.faults.append(Refusal("twice", _("Row %(row)s says the same session.") % {"row": first}))


def _against_there(rows: Collection[Meant]) -> None:
    """A new row that means a session that is there: its number was left out."""
    asked = {key: one for one in rows if not one.faults and (key := _key(one))}
    leaving = {one.session.pk for one in rows if one.session is not None and one.change and one.change.moves}
    if not asked:
        return
    found = Session.objects.filter(
        activity__in={key[0] for key in asked}, starts_at__in={key[1] for key in asked}, called_off_at=None
    ).exclude(pk__in=leaving)
    fields = ("activity_id", "starts_at", "venue_id", "room_id", "place_name", "code")
    for activity, starts_at, venue, room, place, code in found.values_list(*fields):
        one = asked.get((activity, starts_at, venue or 0, room or 0, place))
        if one is not None:
            text = _("This session is there already: %(code)s.") % {"code": code}
            one.faults.append(Refusal("there_already", text, _("Write its number into the row to change it.")))


def _judged(rows: Sequence[Meant], *, at: datetime) -> dict[int, Judgement]:
    """By the row's number; rows that change neither time, place, places nor hosts are not asked about."""
    return judge([wish for one in rows if (wish := _wish(one)) is not None], at=at)


def _wish(one: Meant) -> Wish | None:
    change = one.change
    where = one.where or (where_is(one.session) if one.session is not None else None)
    if one.activity is None or one.span is None or where is None:
        return None
    moves = change is None or change.moves
    widens = change is not None and "capacity" in change.touched
    if not moves and not widens and one.hosts is None:
        return None
    return Wish(
        one.row.number,
        one.activity,
        one.span.starts_at,
        one.span.ends_at,
        where,
        one.present if one.hosts is None else one.hosts,
        capacity=one.own.get("capacity") or (one.session.capacity if one.session else None),
        session=one.session.pk if one.session else None,
        is_moved=moves,
        has_new_places=widens,
    )


def _doubts(judgement: Judgement | None) -> list[Refusal]:
    """A planner's own affair: told, and taken."""
    return [*judgement.doubts, *judgement.warnings] if judgement else []


# --- What becomes of it ------------------------------------------------------------------------


def _verdict(row: Row, meant: Meant | None, judgement: Judgement | None, *, at: datetime) -> Verdict:
    if meant is None:
        return Verdict(row, Fate.REFUSED, tuple(row.faults))
    change = meant.change
    touched = change.touched if change is not None else frozenset()
    faults = [*meant.faults, *(judgement.refusals if judgement else [])]
    if meant.session is not None and touched:
        faults += against_change(meant.session, moves=bool(change and change.moves), at=at)
    if faults:
        return Verdict(row, Fate.REFUSED, tuple(dict.fromkeys(str(fault) for fault in faults)))
    if meant.session is None:
        return Verdict(row, Fate.MADE, changes=dict(row.values))
    return Verdict(row, Fate.CHANGED if touched else Fate.UNCHANGED, changes=_changes(meant))


def _changes(meant: Meant) -> dict[str, tuple[str, str]]:
    """By column, what it said and what it says from now on."""
    if meant.session is None:
        return {}
    before = row_of(meant.session, meant.present)
    found = {}
    for name, value in meant.row.values.items():
        if name in _NOT_SAID or (name in _PLACE and meant.where is None) or (name == "hosts" and meant.hosts is None):
            continue
        was, now = cell_words(name, before[name]), cell_words(name, _said(meant, name, value))
        if was != now:
            found[name] = (was, now)
    return found


def _said(meant: Meant, name: str, value: Any) -> Any:
    """What an empty cell comes to."""
    if name == "ends" and meant.span is not None:
        return clock_time(meant.span.ends_at)
    if name in {"title", "capacity", "in_charge", "phone"} and not is_said(value) and meant.activity is not None:
        return getattr(meant.activity, name)
    if meant.where is None:
        return value
    where = meant.where
    places = {
        "number": where.venue.number if where.venue else "",
        "venue": where.venue.name if where.venue else "",
        "room": where.room.name if where.room else "",
        "kind": where.kind,
        "district": "" if where.venue else where.area.name,
    }
    return places.get(name, value)
