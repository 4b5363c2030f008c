"""Albums of the demo's gallery: drawings of a season, and a tune to listen to."""

from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from cms.models import AlbumPage, Corner, GalleryPage
from config.demo.melody import melody
from config.demo.stories import body_of, drawn
from config.demo.story_words import lead, text
from kit import clock
from kit.command import command
from networks.models import Network

# Days ago, address, title, line, first words.
_ALBUMS: dict[str, tuple[tuple[int, str, str, str, str], ...]] = {
    "nanjing": (
        (6, "hua-li-de-yi-nian", "画里的一年", "孩子们剪出来的山、水和太阳", "一年四季，各画一张。挂在清凉门的墙上，从冬天走到秋天。"),
        (24, "tong-yue-jin-ling", "童阅金陵：茉莉花", "八音盒里的一首老歌", "故事开始前放一遍，孩子们就知道该坐好了。"),
        (61, "qiu-tian-de-yan-se", "秋天的颜色", "银杏黄的时候，我们把书搬到树下", "风一吹，书页和叶子一起翻。"),
    ),
    "shenzhen": ((9, "hai-bian-de-shu", "海边的书", "一座城的孩子画他们的海", "海是什么颜色，每个人画得都不一样。"),),
}  # fmt: skip
_WITH_A_TUNE = "tong-yue-jin-ling"
_IN_EACH = 3


@command
def hang_albums(network: Network, *, at: datetime) -> None:
    """Once; what editors change afterwards stays."""
    gallery = GalleryPage.objects.filter(network=network).first()
    if gallery is None or gallery.numchild:
        return
    for number, (days, slug, title, summary, words) in enumerate(_ALBUMS.get(network.code, ())):
        day = clock.today(network.zone) - timedelta(days=days)
        gallery.add_child(
            instance=AlbumPage(
                network=network, slug=slug, title=title, summary=summary, told_on=day,
                picture=drawn(network, title, day, 100 + number), first_published_at=at - timedelta(days=days),
                body=[*body_of((lead(words),)), *(_tune() if slug == _WITH_A_TUNE else _pictures(network, title, day, number))],
            )
        )  # fmt: skip


def _pictures(network: Network, title: str, day: date, number: int) -> list[tuple[str, object]]:
    """Of four seasons, counted back from the album's day."""
    shown = [
        drawn(network, f"{title}（{place + 1}）", day - timedelta(days=90 * place), 200 + 10 * number + place)
        for place in range(_IN_EACH)
    ]
    return [("pictures", {"heading": "", "pictures": [{"image": picture, "caption": ""} for picture in shown]})]


def _tune() -> list[tuple[str, object]]:
    file = Document.objects.create(
        title="茉莉花",
        file=ContentFile(melody(), name="mo-li-hua.wav"),
        collection=Corner.objects.get().collection,
    )
    words = "好一朵美丽的茉莉花，芬芳美丽满枝桠。这是一段八音盒，没有歌词。"
    return [
        ("sound", {"title": "茉莉花", "by": "八音盒", "file": file, "text": words}),
        *body_of((text("", "江南的老歌，孩子们都会哼。"),)),
    ]
