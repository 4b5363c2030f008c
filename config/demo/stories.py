"""Stories and a page about the library, with drawings, so that the site looks like one that somebody looks after."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from cms.models import Corner, HomePage, Picture, PlainPage, Shown, StoriesPage, StoryPage
from cms.parts.body import Body
from config.demo.drawings import drawing
from config.demo.story_words import ABOUT, NANJING, SHENZHEN, Part, Told
from kit import clock
from kit.command import command
from kit.seasons import season_of
from networks.models import Network

_WORDS: dict[str, tuple[Told, ...]] = {"nanjing": NANJING, "shenzhen": SHENZHEN}


@command
def tell_stories(network: Network, *, at: datetime) -> None:
    """Once; what editors change afterwards stays."""
    home = HomePage.objects.get(network=network)
    list_of_stories = StoriesPage.objects.child_of(home).get()
    if list_of_stories.numchild or network.code not in _WORDS:
        return
    for number, told in enumerate(_WORDS[network.code]):
        _story(network, list_of_stories, told, number, at)
    slug, title, summary, parts = ABOUT
    home.refresh_from_db()
    home.add_child(
        instance=PlainPage(
            network=network, slug=slug, title=title, summary=summary, body=body_of(parts), show_in_menus=True
        )
    )


def _story(network: Network, above: StoriesPage, told: Told, number: int, at: datetime) -> None:
    days, slug, title, summary, by, parts = told
    day = clock.today(network.zone) - timedelta(days=days)
    story = StoryPage(
        network=network, slug=slug, title=title, summary=summary, by=by, told_on=day, body=body_of(parts),
        picture=drawn(network, title, day, number), first_published_at=at - timedelta(days=days),
    )  # fmt: skip
    above.add_child(instance=story)


def drawn(network: Network, title: str, day: object, number: int) -> Picture:
    file = ContentFile(drawing(season_of(day), number=number), name=f"{network.code}-{number}.jpg")  # type: ignore[arg-type]
    collection = Corner.objects.get().collection
    picture = Picture(
        title=title, description="剪纸般的山、水和一轮太阳", shows=Shown.NOBODY, collection=collection, file=file
    )
    picture.save()
    return picture


def body_of(parts: tuple[Part, ...]) -> list[tuple[str, object]]:
    kinds = Body().child_blocks
    return [(kind, kinds[kind].to_python(value)) for kind, value in parts]
