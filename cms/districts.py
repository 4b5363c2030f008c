"""The city as tiles: a drawing of its districts, not a map."""

from networks.choices import AreaKind
from networks.models import Area


def tiles() -> list[Area]:
    """Districts and functional zones in the library's own order."""
    return list(
        Area.objects.filter(parent__parent=None, kind__in=[AreaKind.DISTRICT, AreaKind.ZONE]).order_by(
            "kind", "place", "pk"
        )
    )
