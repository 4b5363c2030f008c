"""What a table of sessions may name: read once, in a constant number of statements, then asked row by row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from networks.models import Area
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Activity, Host, SafetyNotice, Season, Session
from programmes.planning.queries.lines import sessions_with_places
from programmes.planning.queries.whole_plan import hosts_of_sessions
from programmes.planning.rules.places import Where
from programmes.planning.rules.plan_rows import Names, kind_meant, unknown
from venues.models import Room, Venue
from venues.queries.venues import districts

Found = list[Refusal]
MOST_NAMED = 8


@dataclass
class Known:
    seasons: list[Season]
    activities: dict[tuple[int, str], list[Activity]]
    venues: "Venues"
    hosts: dict[str, list[Host]]
    districts: dict[str, Area]
    notices: dict[str, SafetyNotice]
    sessions: dict[str, Session]
    led_by: dict[int, list[Host]]
    host_near: Names = field(init=False)
    activity_near: dict[int, Names] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.host_near = Names(sorted(self.hosts))

    @classmethod
    def read(cls, values: Iterable[Mapping[str, Any]]) -> "Known":
        rows = list(values)
        seasons = list(Season.objects.order_by("-year"))
        asked = {season.pk for season in (_season(row, seasons) for row in rows) if season is not None}
        codes = {str(row["code"]) for row in rows if row.get("code")}
        sessions = {row.code: row for row in sessions_with_places().filter(code__in=codes)} if codes else {}
        return cls(
            seasons,
            _activities(asked),
            Venues.read(),
            _by_name(Host.objects.filter(closed_at=None).order_by("pk")),
            {area.name: area for area in districts()},
            _newest_notices(),
            sessions,
            hosts_of_sessions(row.pk for row in sessions.values()) if sessions else {},
        )

    def season_of(self, values: Mapping[str, Any], faults: Found) -> Season | None:
        season = _season(values, self.seasons)
        if season is None and values.get("season"):
            faults.append(Refusal("no_season", _("There is no season %(year)s.") % {"year": values["season"]}))
        elif season is None:
            text = _("%(day)s lies in no season.") % {"day": values["day"].isoformat()}
            faults.append(Refusal("no_season", text))
        return season

    def activity_of(self, values: Mapping[str, Any], season: Season, faults: Found) -> Activity | None:
        title, programme = values["activity"], values.get("programme") or ""
        found = self.activities.get((season.pk, title), [])
        fitting = [one for one in found if not programme or one.programme.title == programme]
        if len(fitting) == 1:
            return fitting[0]
        words = {"title": title, "year": season.year, "programme": programme}
        if fitting:
            named = "、".join(one.programme.title for one in fitting[:MOST_NAMED])
            text = _("Several programmes have an activity %(title)s: %(names)s.") % {**words, "names": named}
            faults.append(Refusal("activity_unclear", text, _("Name the programme.")))
        elif found:
            named = "、".join(one.programme.title for one in found[:MOST_NAMED])
            text = _("%(title)s is not in the programme %(programme)s, but in: %(names)s.") % {**words, "names": named}
            faults.append(Refusal("no_activity", text))
        else:
            text = _("The season %(year)s has no activity %(title)s.") % words
            faults.append(unknown("no_activity", text, self._near_activities(season).near(title)))
        return None

    def where_of(self, values: Mapping[str, Any], activity: Activity, faults: Found) -> Where | None:
        venue = self.venues.find(values, faults) if values.get("number") or values.get("venue") else None
        if faults:
            return None
        typed = PlaceKind(values["kind"]) if values.get("kind") else None
        kind = kind_meant(typed, has_venue=venue is not None, has_name=bool(values.get("place_name")))
        if kind is None:
            faults.append(Refusal("no_place", _("Say where it takes place: a venue, or a place outside.")))
            return None
        if kind in {PlaceKind.ROOM, PlaceKind.VENUE}:
            if venue is None:
                faults.append(Refusal("no_venue", _("Name the venue, or its number.")))
                return None
            return self._in_venue(values, venue, kind, explicit=typed is not None, faults=faults)
        return self._outside(values, kind, activity, faults)

    def hosts_of(self, names: Sequence[str], faults: Found) -> list[Host]:
        found = []
        for name in names:
            hosts = self.hosts.get(name, [])
            if len(hosts) == 1:
                found.append(hosts[0])
            elif hosts:
                text = _("There are %(count)s hosts called %(name)s.") % {"count": len(hosts), "name": name}
                faults.append(Refusal("host_unclear", text, _("Choose the one on the session's page.")))
            else:
                text = _("There is no host called %(name)s.") % {"name": name}
                faults.append(unknown("no_host", text, self.host_near.near(name)))
        return found

    def _in_venue(
        self, values: Mapping[str, Any], venue: Venue, kind: PlaceKind, *, explicit: bool, faults: Found
    ) -> Where | None:
        rooms = self.venues.rooms[venue.pk]
        if kind is PlaceKind.VENUE or (not explicit and not rooms and not values.get("room")):
            return Where(PlaceKind.VENUE, venue.area, venue=venue)
        room = self.venues.room(venue, values.get("room") or "", faults)
        return Where(PlaceKind.ROOM, venue.area, venue=venue, room=room) if room else None

    def _outside(self, values: Mapping[str, Any], kind: PlaceKind, activity: Activity, faults: Found) -> Where:
        area, district = activity.programme.area, values.get("district") or ""
        if district and district != area.name:
            area = self.districts.get(district, area)
            if area.name != district:
                text = _("There is no district called %(name)s.") % {"name": district}
                faults.append(unknown("no_district", text, Names(list(self.districts)).near(district)))
        notice, title = None, values.get("safety_notice") or ""
        if title:
            notice = self.notices.get(title)
            if notice is None:
                text = _("There is no safety notice called %(name)s.") % {"name": title}
                faults.append(unknown("no_notice", text, list(self.notices)[:MOST_NAMED]))
        return Where(
            kind,
            area,
            place_name=values.get("place_name") or "",
            address=values.get("address") or "",
            safety_notice=notice,
        )

    def _near_activities(self, season: Season) -> Names:
        if season.pk not in self.activity_near:
            self.activity_near[season.pk] = Names(sorted({title for key, title in self.activities if key == season.pk}))
        return self.activity_near[season.pk]


@dataclass
class Venues:
    by_number: dict[str, Venue]
    by_name: dict[str, list[Venue]]
    rooms: dict[int, list[Room]]
    near: Names

    @classmethod
    def read(cls) -> "Venues":
        """Those closed for good are known, too: a refusal names them better than silence."""
        rows = list(Venue.objects.select_related("area").order_by("closed_at", "pk"))
        rooms: dict[int, list[Room]] = defaultdict(list)
        for room in Room.objects.filter(closed_at=None).order_by("name", "pk"):
            rooms[room.venue_id].append(room)
        by_name: dict[str, list[Venue]] = defaultdict(list)
        for row in rows:
            if row.closed_at is None:
                by_name[row.name].insert(0, row)
            else:
                by_name[row.name].append(row)
        names = sorted({row.name for row in rows if row.closed_at is None})
        return cls({row.number: row for row in rows if row.number}, by_name, rooms, Names(names))

    def find(self, values: Mapping[str, Any], faults: Found) -> Venue | None:
        """By its number, else by its name; both may stand there, and then agree."""
        number, name = values.get("number") or "", values.get("venue") or ""
        if number:
            venue = self.by_number.get(number)
            if venue is None:
                faults.append(Refusal("no_venue", _("No venue has the number %(number)s.") % {"number": number}))
            elif name and venue.name != name:
                text = _("%(number)s is the number of %(venue)s, not of %(name)s.")
                faults.append(Refusal("other_venue", text % {"number": number, "venue": venue.name, "name": name}))
                return None
            return venue
        found = self.by_name.get(name, [])
        if not found:
            text = _("There is no venue called %(name)s.") % {"name": name}
            faults.append(unknown("no_venue", text, self.near.near(name)))
            return None
        return found[0]

    def room(self, venue: Venue, name: str, faults: Found) -> Room | None:
        rooms = self.rooms[venue.pk]
        fitting = [room for room in rooms if room.name == name] if name else rooms
        if len(fitting) == 1:
            fitting[0].venue = venue
            return fitting[0]
        named = "、".join(room.name for room in rooms[:MOST_NAMED]) or _("none")
        words = {"venue": venue.name, "name": name, "names": named}
        if name:
            text = _("%(venue)s has no room called %(name)s. It has: %(names)s.") % words
        else:
            text = _("%(venue)s has several rooms, or none: %(names)s. Say which.") % words
        faults.append(Refusal("no_room", text))
        return None


def _season(values: Mapping[str, Any], seasons: Sequence[Season]) -> Season | None:
    """By its year, else the one in which the date lies."""
    if values.get("season"):
        return next((one for one in seasons if one.year == values["season"]), None)
    day: date | None = values.get("day")
    return next((one for one in seasons if day and one.starts_on <= day <= one.ends_on), None)


def _activities(seasons: Iterable[int]) -> dict[tuple[int, str], list[Activity]]:
    found: dict[tuple[int, str], list[Activity]] = defaultdict(list)
    rows = Activity.objects.filter(programme__season__in=list(seasons), dropped_at=None, programme__dropped_at=None)
    for row in rows.select_related("programme__season", "programme__area").order_by("pk"):
        found[row.programme.season_id, row.title].append(row)
    return found


def _by_name(hosts: Iterable[Host]) -> dict[str, list[Host]]:
    found: dict[str, list[Host]] = defaultdict(list)
    for host in hosts:
        found[host.name].append(host)
    return found


def _newest_notices() -> dict[str, SafetyNotice]:
    rows = SafetyNotice.objects.filter(closed_at=None).order_by("title", "version")
    return {row.title: row for row in rows}
