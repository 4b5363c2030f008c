"""Where somebody's family lives or likes to go."""

from networks.models import Area
from people.models import Household, Person


def district_of(person: Person) -> Area | None:
    """That of the household they joined last, if it named one. One statement."""
    rows = Household.objects.filter(
        members__person=person, members__left_at=None, closed_at=None, district__isnull=False
    ).select_related("district")
    household: Household | None = rows.order_by("-members__joined_at", "-pk").first()
    return household.district if household else None
