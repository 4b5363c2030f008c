"""Areas are written here alone, so that every path tells the truth."""

from kit.command import step
from networks.choices import AreaKind
from networks.models import Area


@step
def ensure_area(*, name: str, kind: AreaKind, parent: Area | None, code: str = "", place: int = 0) -> Area:
    """The area of that name below `parent`, made if it is missing."""
    area, made = Area.objects.get_or_create(
        parent=parent, name=name, defaults={"kind": kind, "code": code, "place": place}
    )
    if made:
        area.path = f"{parent.path if parent else '/'}{area.pk}/"
        area.save(update_fields=["path"])
    return area


@step
def make_leaf(*, parent: Area, name: str) -> Area:
    """The area that a venue owns. Its name must be free below `parent`; the caller has looked."""
    leaf: Area = Area.objects.create(parent=parent, kind=AreaKind.VENUE, name=name)
    leaf.path = f"{parent.path}{leaf.pk}/"
    leaf.save(update_fields=["path"])
    return leaf
