"""Stories, albums and plain pages for whoever searches the whole site. One statement each."""

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, F, Func, JSONField, TextField, Value
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.html import strip_tags

from cms.models import AlbumPage, PlainPage, StoryPage
from cms.models.base import WrittenPage
from kit.readers_search import Findings, Found
from kit.searching import Asked, matching
from networks.models.scoping import current_network_id

# What a part holds besides words.
_NO_WORDS = ("id", "type", "address", "brand", "district")
_WORDS = 'strict $.** ? (@.type() == "object").keyvalue() ? (@.value.type() == "string"{but}).value'.format(
    but="".join(f' && @.key != "{key}"' for key in _NO_WORDS)
)


class _WordsOf(Func):
    """All that a reader reads in the parts of a page, as a list."""

    function = "jsonb_path_query_array"
    output_field = JSONField()

    def __init__(self, body: str) -> None:
        super().__init__(
            F(body), Func(Value(_WORDS), function="", template="%(expressions)s::jsonpath", output_field=CharField())
        )


def _finder(kind: type[WrittenPage], *order: str) -> Callable[[Asked, int], Findings]:
    def find(asked: Asked, limit: int) -> Findings:
        pages = kind.objects.filter(network=current_network_id(), live=True).annotate(told=_WordsOf("body"))
        # Between two texts, and in place of what makes letters bold.
        words = Func(
            Cast("told", TextField()), Value('<[^>]*>|", "'), Value("\x1f"), Value("g"), function="regexp_replace"
        )
        found = matching(pages, asked, title="title", texts=("summary", words)).order_by("-score", "rank", *order)
        rows = list(found.defer("body")[:limit])
        return [_found(row) for row in rows], rows[0].in_all if rows else 0

    return find


def _found(row: Any) -> Found:
    texts = (row.summary, strip_tags(" ".join(row.told)))
    told_on = getattr(row, "told_on", None)
    line = date_format(told_on, "DATE_FORMAT") if told_on else ""
    return Found(row.title, row.address, line, texts, row.rank, row.score)


find_stories = _finder(StoryPage, "-told_on", "-pk")
find_albums = _finder(AlbumPage, "-told_on", "-pk")
find_plain = _finder(PlainPage, "path")
