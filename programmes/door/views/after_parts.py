"""What comes after a session, on pages of the rooms below."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from kit import clock
from people.choices import Verb
from people.doors import network_of
from people.queries.workplace import paths_in_view
from programmes.door import doors
from programmes.door.models import Absence, Diary
from programmes.door.queries.absences import expected_of, settlements_of, unkept
from programmes.door.queries.diaries import HANDED_IN, sessions_over, states_of, unread_problems, without_diary
from programmes.door.queries.disputes import disputed
from programmes.planning.doors import running_paths
from programmes.planning.models import Session
from programmes.planning.queries.session_table import midnight
from programmes.signup.models import Registration


def diaries_of(request: HttpRequest, sessions: Sequence[Session]) -> dict[int, dict[str, Any]]:
    """The way to the diary of each of today's sessions that is over. One statement."""
    at = clock.now()
    over = [one for one in sessions if _took_place(one) and one.ends_at <= at and doors.attends_at(request, one)]
    return {key: {"is_handed_in": state == HANDED_IN} for key, state in (states_of(over).items() if over else ())}


def of_session(request: HttpRequest, session: Session) -> dict[str, Any] | None:
    """The panel on a session's page, once it has begun."""
    if not _took_place(session) or session.starts_at > clock.now() or not doors.attends_at(request, session):
        return None
    return {"diary": Diary.objects.filter(session=session).first()}


def count_without_diary(request: HttpRequest) -> int:
    today = midnight(clock.today(network_of(request).zone))
    return without_diary(running_paths(request), midnight=today, at=clock.now()).count()


def count_problems(request: HttpRequest) -> int:
    return unread_problems(paths_in_view(request, Verb.PLAN), at=clock.now()).count()


def absent_from(request: HttpRequest, session: Session) -> dict[str, Any] | None:
    """Once it is over, where families had signed up."""
    if not _took_place(session) or session.ends_at > clock.now() or not doors.attends_at(request, session):
        return None
    expected = expected_of(session)
    if not expected:
        return None
    missing = sum(not row.came for row in expected)  # type: ignore[attr-defined]
    return {"settlement": settlements_of([session]).get(session.pk), "missing": missing, "expected": len(expected)}


def count_unkept(request: HttpRequest) -> int:
    return unkept(running_paths(request), network_of(request).rules, at=clock.now()).count()


def on_ticket(_request: HttpRequest, row: Registration) -> dict[str, Any] | None:
    """A plain word, and whom to tell; no names, since the code alone opens the page."""
    absence = Absence.objects.filter(registration=row, settled_at__isnull=False, corrected_at=None).first()
    return {"is_excused": absence.excused_at is not None} if absence is not None else None


def count_disputed(request: HttpRequest) -> int:
    return disputed(sessions_over(running_paths(request), at=clock.now())).count()


def _took_place(session: Session) -> bool:
    return session.published_at is not None and session.called_off_at is None
