"""Which activities a venue may take on by itself."""

from collections.abc import Iterable

from programmes.planning.choices import LocalField
from programmes.planning.models import Activity
from venues.models import Venue


def may_take_place(activity: Activity, venue: Venue, *, is_home: bool, planned: Iterable[str]) -> bool:
    """`is_home`: the programme names the venue among its own. Of a programme whose area the venue lies in, what the
    planner leaves the time of to branches, and all that the asker plans herself. The venue comes with its area.
    """
    area = activity.programme.area
    if not (is_home or venue.area.path.startswith(area.path)):
        return False
    return LocalField.TIME in activity.local_fields or any(area.path.startswith(path) for path in planned)
