"""Areas are written here alone, so that every path tells the truth. Whoever changes the tree holds its root."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, Substr

from kit.command import step
from networks.choices import AreaKind
from networks.models import Area


@step
def hold_tree() -> None:
    """One change of the tree at a time: a path is made of the paths above it."""
    list(Area.objects.select_for_update(no_key=True).filter(parent=None).values_list("pk"))


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
def make_area(*, name: str, kind: AreaKind, parent: Area, code: str = "", place: int = 0) -> Area:
    """A new one below `parent`; two of one name there are the database's to refuse."""
    hold_tree()
    above = Area.objects.get(pk=parent.pk)
    area: Area = Area.objects.create(name=name, kind=kind, parent=above, code=code, place=place)
    area.path = f"{above.path}{area.pk}/"
    area.save(update_fields=["path"])
    return area


@step
def make_leaf(*, name: str, parent: Area, place: int = 0) -> Area:
    """The area that one venue owns; it is renamed, moved and closed with the venue, by the steps below."""
    return make_area(name=name, kind=AreaKind.VENUE, parent=parent, place=place)


@step
def make_leaves(leaves: Sequence[tuple[str, Area]]) -> list[Area]:
    """Leaves by name and parent, as `make_leaf` makes them, in a few statements for all of them."""
    hold_tree()
    made: list[Area] = Area.objects.bulk_create(
        [Area(name=name, kind=AreaKind.VENUE, parent=parent) for name, parent in leaves], batch_size=1_000
    )
    above = Area.objects.filter(pk=OuterRef("parent_id")).values("path")
    path = Concat(Subquery(above), Cast("pk", CharField()), Value("/"))
    Area.objects.filter(pk__in=[area.pk for area in made]).update(path=path)
    paths = dict(Area.objects.filter(pk__in=[area.pk for area in made]).values_list("pk", "path"))
    for area in made:
        area.path = paths[area.pk]
    return made


@step
def rename(area: Area, *, name: str) -> None:
    area.name = name
    area.save(update_fields=["name"])


@step
def move(area: Area, *, to: Area) -> None:
    """With all that lies below it, in one statement. Moving it under itself would cut it off, and raises."""
    hold_tree()
    area.refresh_from_db(fields=["path", "parent"])
    above = Area.objects.get(pk=to.pk)
    if above.path.startswith(area.path):
        raise ValueError("An area cannot lie below itself.")
    old, new = area.path, f"{above.path}{area.pk}/"
    Area.objects.filter(pk=area.pk).update(parent=above)
    Area.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    area.parent, area.path = above, new


@step
def close(area: Area, *, at: datetime) -> None:
    area.closed_at = at
    area.save(update_fields=["closed_at"])


@step
def reopen(area: Area) -> None:
    area.closed_at = None
    area.save(update_fields=["closed_at"])
