"""Many pages put into the tree at once. Wagtail's own way asks some ten times for each; a city has hundreds."""

from collections.abc import Collection, Sequence
from itertools import count

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from modelsearch.backends import get_search_backends
from wagtail.models import Page

from cms.models.base import OwnPage
from cms.page_form import in_pinyin
from kit import clock
from kit.command import step


@step
def plant(above: Page, pages: Sequence[OwnPage]) -> None:
    """Public at once, at the end of what stands below `above`; all of one model, each with its title. A page that has no address
    yet gets one from its title. Whoever calls holds `above`: two at once would put two pages in one place.
    """
    if not pages:
        return
    _place(above, pages)
    _write(pages)
    Page.objects.filter(pk=above.pk).update(numchild=F("numchild") + len(pages))
    index(type(pages[0]), pages)


def free_slug(title: str, taken: Collection[str]) -> str:
    """From a title, in pinyin; of two with one title, the second gets a number."""
    slug = in_pinyin(title) or "page"
    ways = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
    return next(way for way in ways if way not in taken)


def index(model: type[Page], pages: Sequence[Page]) -> None:
    """So that editors find them by name."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(model, pages)


def _place(above: Page, pages: Sequence[OwnPage]) -> None:
    at, kind = clock.now(), ContentType.objects.get_for_model(type(pages[0]))
    beside = dict(above.get_children().order_by("path").values_list("slug", "path"))
    taken = set(beside)
    last = max(beside.values(), default="")
    number = Page._str2int(last[-Page.steplen :]) if last else 0  # noqa: SLF001 - how the tree counts
    for place, page in enumerate(pages, start=number + 1):
        page.slug = free_slug(page.slug or page.title, taken)
        taken.add(page.slug)
        page.draft_title, page.numchild, page.depth = page.title, 0, above.depth + 1
        page.path = Page._get_path(above.path, page.depth, place)  # noqa: SLF001 - the same
        page.url_path = f"{above.url_path}{page.slug}/"
        page.content_type, page.locale_id = kind, above.locale_id
        page.live, page.first_published_at, page.last_published_at = True, at, at


def _write(pages: Sequence[OwnPage]) -> None:
    """Without revisions: there is nothing yet to go back to."""
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    bases = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in names}) for page in pages])
    for page, base in zip(pages, bases, strict=True):
        page.pk = page.page_ptr_id = page.id = base.pk
        page.save_base(raw=True, force_insert=True)
