"""Pages of what the plan tells readers: made once, named as the plan names them, never taken away.

Called again it changes nothing, so the listener, the opening of a network, an upgrade and the demo all call the same.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wagtail.models import Page

from cms.models.of_plan import PlanPage
from cms.models.shelf import PAGES, ShelfPage
from cms.planting import index, plant
from kit import kept_pages
from kit.command import step
from networks.models.scoping import current_network_id


@step
def keep_all_pages() -> None:
    """Of all that readers know of."""
    for kind in PAGES:
        keep_pages(kind)


@step
def keep_pages(kind: str, keys: Collection[int] | None = None) -> None:
    """Of these things, as far as readers know of them; or of all."""
    things = PAGES[kind].told().order_by("pk")
    if keys is not None:
        things = things.filter(pk__in=keys)
    found = list(things)
    names = {thing.pk: str(thing) for thing in found}
    if not found:
        return
    known = _known(PAGES[kind], names)
    _name_anew(PAGES[kind], {pk: names[key] for key, (pk, title) in known.items() if title != names[key]})
    missing = [thing for thing in found if thing.pk not in known]
    if missing:
        _make(kind, missing)


def _known(page: type[PlanPage], keys: Collection[int]) -> dict[int, tuple[int, str]]:
    rows = page.objects.filter(**{f"{page.tie}__in": list(keys)}).values_list(page.tie, "pk", "title")
    return {key: (pk, title) for key, pk, title in rows}


def _name_anew(page: type[PlanPage], titles: Mapping[int, str]) -> None:
    for pk, title in titles.items():
        Page.objects.filter(pk=pk).update(title=title, draft_title=title)
    if titles:
        index(page, list(page.objects.filter(pk__in=titles)))
        kept_pages.forget()


def _make(kind: str, things: Sequence[Any]) -> None:
    """Whoever makes pages holds their shelf, and looks again then."""
    held = ShelfPage.objects.select_for_update().filter(network=current_network_id(), kind=kind)
    shelf: Any = held.first()
    if shelf is None:
        return
    page = PAGES[kind]
    known = _known(page, [thing.pk for thing in things])
    plant(
        shelf,
        [
            page(
                title=str(thing), slug=page.slug_of(thing), network_id=shelf.network_id, **{f"{page.tie}_id": thing.pk}
            )
            for thing in things
            if thing.pk not in known
        ],
    )
    kept_pages.forget()
