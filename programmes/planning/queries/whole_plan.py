"""All sessions of a season, as rows of a table that can be taken in again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from people.queries.workplace import within
from programmes.planning.choices import Audience, PlaceKind
from programmes.planning.models import Engagement, Host, Season, Session
from programmes.planning.queries.lines import sessions_with_places
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.plan_rows import clock_time, state_of
from programmes.planning.rules.wording import age_words, weekday_word

MANY = 2_000


def count_of(season: Season, *, paths: tuple[str, ...]) -> int:
    return int(_sessions(season, paths).count())


def plan_rows(season: Season, *, paths: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """By time. Two statements for each two thousand."""
    rows = _sessions(season, paths).select_related(None)
    keys = list(rows.order_by("starts_at", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), MANY):
        some = keys[start : start + MANY]
        found = {row.pk: row for row in sessions_with_places().filter(pk__in=some)}
        hosts = hosts_of_sessions(some)
        yield from (row_of(found[key], hosts[key]) for key in some)


def hosts_of_sessions(sessions: Iterable[int]) -> dict[int, list[Host]]:
    """By the session's id, in the order in which they were asked."""
    found: dict[int, list[Host]] = defaultdict(list)
    for row in Engagement.objects.filter(session__in=list(sessions)).select_related("host").order_by("pk"):
        found[row.session_id].append(row.host)
    return found


def row_of(session: Session, hosts: Iterable[Host]) -> dict[str, Any]:
    """Values by column; the session comes with its places."""
    activity, programme = session.activity, session.activity.programme
    first, last = timezone.localtime(session.starts_at).date(), timezone.localtime(session.ends_at).date()
    audiences = [str(Audience(one).label) for one in activity.audiences]
    return {
        "code": session.code,
        "season": programme.season.year,
        "programme": programme.title,
        "activity": activity.title,
        "number": session.venue.number if session.venue else "",
        "venue": session.venue.name if session.venue else "",
        "room": session.room.name if session.room else "",
        "kind": str(PlaceKind(session.place_kind).label),
        "place_name": session.place_name,
        "address": session.address,
        "district": "" if session.venue else session.area.name,
        "safety_notice": session.safety_notice.title if session.safety_notice else "",
        "day": first,
        "weekday": weekday_word(first),
        "starts": clock_time(session.starts_at),
        "ends": clock_time(session.ends_at),
        "last_day": last if last != first else None,
        "hosts": "、".join(host.name for host in hosts),
        "title": value_of(session, "title"),
        "capacity": value_of(session, "capacity"),
        "in_charge": value_of(session, "in_charge"),
        "phone": value_of(session, "phone"),
        "notice": session.notice,
        "audience": "、".join(audiences),
        "age": age_words(value_of(session, "from_months"), value_of(session, "to_months")),
        "state": state_of(session),
    }


def _sessions(season: Season, paths: tuple[str, ...]) -> Any:
    return Session.objects.filter(within("area__path", paths), activity__programme__season=season)
