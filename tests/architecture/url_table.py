"""Every address of the service, and how each kind of visitor is answered there.

A row reads: route, an address of it, and the answers to
    nobody (not signed in) · a reader · the owner (has the right, or owns the row) · a colleague (staff of the same
    network without that right, or of another district) · a stranger (the owner's like in another network, at their
    own host, asking for this network's row).
IN is a redirect to sign-in. `owner` and `colleague` name parts of the cast. What third parties bring below one prefix
(Wagtail) is one row each; tests/cms walks their inside.
"""

from tests.architecture.url_rows import door, frame, notifications, people, planning, signup, venues
from tests.architecture.url_rows.row import IN, Row

__all__ = ["IN", "ROWS", "Row"]

_ROOMS = (door.ROWS, frame.ROWS, notifications.ROWS, people.ROWS, planning.ROWS, signup.ROWS, venues.ROWS)
ROWS: dict[str, Row] = {route: row for rows in _ROOMS for route, row in rows.items()}
if len(ROWS) < sum(map(len, _ROOMS)):
    raise ValueError("Two rooms name the same address.")
