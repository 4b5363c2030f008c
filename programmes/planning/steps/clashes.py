"""The database decides who has a room or a host; what it refuses is said in words."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from kit.refusals import Refusal, Refused

GUARDS = ("a_room_holds_one_session", "a_host_is_in_one_place", "a_person_is_in_one_place")
_DEADLOCK = "40P01"


@contextmanager
def refusing_clashes(why: Callable[[], Iterable[Refusal]] = tuple) -> Iterator[None]:
    """What is written inside may pass through clashes on its way and ends without, or nothing of it stays and `Refused`
    is raised. `why` is asked then, and names who was quicker."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET CONSTRAINTS {', '.join(GUARDS)} DEFERRED")
            yield
            with connection.cursor() as cursor:
                cursor.execute(f"SET CONSTRAINTS {', '.join(GUARDS)} IMMEDIATE")
    except (IntegrityError, OperationalError) as error:
        if not _is_clash(error):
            raise
        # Outside the savepoint that failed, where the other's rows can be read.
        raise Refused(*(tuple(why()) or (_quicker(_guard_of(error)),))) from error


def _is_clash(error: Exception) -> bool:
    return bool(_guard_of(error)) or getattr(error.__cause__, "sqlstate", "") == _DEADLOCK


def _guard_of(error: Exception) -> str:
    found = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    return found if found in GUARDS else ""


def _quicker(constraint: str) -> Refusal:
    """Two wrote at the same moment, and the other one's session cannot be named."""
    if constraint == "a_room_holds_one_session":
        return Refusal(
            "room_taken", _("Somebody has just taken this room for that time."), _("Choose another one."), field="room"
        )
    if constraint:
        return Refusal(
            "host_taken",
            _("This host has just been asked elsewhere for that time."),
            _("Choose another one."),
            field="hosts",
        )
    return Refusal("at_once", _("Somebody was changing the same sessions at this moment."), _("Please try again."))
