"""Searching in Chinese: words stand anywhere in a text, whatever their width, case and punctuation."""

import re
import string
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, IntegerField, QuerySet, TextField, Value, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Of what is typed; more is not looked at.
LONGEST, MOST_WORDS, MOST_PIECES = 40, 6, 16
# Letters of a text around what was found in it.
_BEFORE, _AROUND = 16, 72
# Left out of texts, so that 你好阅读 finds 你好，阅读. The database does the same, by this very list.
SIGNS = f"{string.punctuation}{string.whitespace}、。〈〉《》「」『』【】〔〕〖〗〝〞—–―…‘’“”·•・‧～\u3000"
_WITHOUT_SIGNS = str.maketrans("", "", SIGNS)
_NO_LETTERS = re.compile(r"[^\w]|_")
_LATIN = re.compile(r"[ -~\u00c0-\u024f]+")
# No word holds it: what stands on its two sides is never found as one.
_BETWEEN = Value("\x1f")


@dataclass(frozen=True)
class Asked:
    """`words`: each has to stand somewhere. `is_near`: some of them will do, and the more the better. `at`: now."""

    words: tuple[str, ...]
    at: datetime
    is_near: bool = False

    def nearly(self) -> "Asked":
        """Where nothing was found: the words in pieces of two letters; what has one word whole has all its pieces."""
        pieces = dict.fromkeys(piece for word in self.words for piece in _pieces(word))
        return Asked(tuple(pieces)[:MOST_PIECES], self.at, is_near=True)


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_WITHOUT_SIGNS).lower()


def words_in(typed: str) -> tuple[str, ...]:
    """《小种子》 is looked for as 小种子, ＡＢＣ as abc; signs alone are no word."""
    plain = unicodedata.normalize("NFKC", typed[:LONGEST]).lower()[:LONGEST]
    return tuple(dict.fromkeys(_NO_LETTERS.sub(" ", plain).split()))[:MOST_WORDS]


def _pieces(word: str) -> list[str]:
    if len(word) < 3 or _LATIN.fullmatch(word):
        return [word]
    return [word[start : start + 2] for start in range(len(word) - 1)]


class _InWidth(Func):
    """As NFKC has it."""

    function = "normalize"
    template = "normalize(%(expressions)s, NFKC)"
    output_field = TextField()


# The text is folded once for all words.
_WHOLE_AND_WORDS = " AS said OFFSET 0) AS whole, unnest("


class _Standing(Func):
    """How many of the words stand in a text."""

    template = "(SELECT count(*)::int FROM (SELECT %(expressions)s) AS word WHERE strpos(said, word) > 0)"
    arg_joiner = _WHOLE_AND_WORDS
    output_field = IntegerField()


class _Rank(Func):
    template = (
        "(SELECT CASE WHEN bool_or(strpos(said, word) = 0) THEN 2 "
        "WHEN bool_or(place = 1 AND strpos(said, word) = 1) THEN 0 ELSE 1 END "
        "FROM (SELECT %(expressions)s) WITH ORDINALITY AS words (word, place))"
    )
    arg_joiner = _WHOLE_AND_WORDS
    output_field = IntegerField()


def _folded(*texts: str | Combinable) -> Lower:
    whole = Func(_BETWEEN, *texts, function="concat_ws", output_field=TextField())
    return Lower(Func(_InWidth(whole), Value(SIGNS), Value(""), function="translate", output_field=TextField()))


def _standing(words: Sequence[str], *texts: str | Combinable) -> _Standing:
    return _Standing(_folded(*texts), _list(words))


def _list(words: Sequence[str]) -> Value:
    return Value(list(words), output_field=ArrayField(TextField()))


def matching(rows: "QuerySet[Any]", asked: Asked, *, title: str, texts: Iterable[str | Combinable] = ()) -> Any:
    """Rows that hold the words, each with `rank`, `score` (how many stand in it) and `in_all` (how many rows hold them);
    the best first. `rank`: 0 where the title begins with the first word and holds the others, 1 where it holds them all.
    """
    words, said = asked.words, [title, *texts]
    rows = rows.alias(standing=_standing(words, *said))
    rows = rows.filter(standing__gte=1) if asked.is_near else rows.filter(standing=len(words))
    return rows.annotate(
        rank=_Rank(_folded(title), _list(words)),
        score=F("standing") if asked.is_near else Value(len(words)),
        in_all=Window(Count("pk")),
    ).order_by("-score", "rank")


def marked(text: str, words: Iterable[str]) -> SafeString:
    """With what was found in it marked."""
    done, parts = 0, []
    for start, end in _places(text, words):
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return mark_safe("".join([*parts, escape(text[done:])]))  # noqa: S308 - every piece is escaped above


def piece_of(texts: Iterable[str], words: Sequence[str]) -> str:
    """A few letters around the first thing found in the first text that has one; where none has, how the first begins."""
    plain = [said for text in texts if (said := " ".join(text.split()))]
    found = ((text, places[0][0]) for text in plain if (places := _places(text, words)))
    text, at = next(found, (plain[0] if plain else "", 0))
    start = max(0, at - _BEFORE)
    end = start + _AROUND
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _places(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """From where to where a word stands; those that touch are one."""
    letters, at = [], []
    for place, letter in enumerate(text):
        for plain in _folded_letter(letter):
            letters.append(plain)
            at.append(place)
    whole, found = "".join(letters), []
    for word in words:
        start = whole.find(word)
        while start >= 0:
            found.append((at[start], at[start + len(word) - 1] + 1))
            start = whole.find(word, start + len(word))
    return _joined(sorted(found))


def _joined(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


_folded_letter = lru_cache(maxsize=8192)(folded)
