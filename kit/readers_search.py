"""What readers find at one place, whichever room it belongs to. A room adds its sources in `apps.ready()`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from kit.refusals import Text
from kit.searching import Asked, marked, piece_of


@dataclass(frozen=True)
class Found:
    """One thing. `line`: when and where, or whose it is; `texts`: what was searched besides, of which a piece is shown;
    `rank` and `score` as `kit.searching.matching` gives them; `is_over`: nothing of it is still to come.
    """

    title: str
    address: str
    line: Text = ""
    texts: Sequence[str] = ()
    rank: int = 2
    score: int = 0
    is_over: bool = False

    def marked_title(self, asked: Asked) -> SafeString:
        return marked(self.title, asked.words)

    def marked_piece(self, asked: Asked) -> SafeString:
        """Around what was found; where that is the title alone, how the first text begins."""
        return marked(piece_of(self.texts, asked.words), asked.words)


# The best of a kind, and how many there are of it in all.
Findings = tuple[Sequence[Found], int]


@dataclass(frozen=True)
class Source:
    """`find(asked, limit)` gives what everybody may see, the best first, in a constant number of statements. `everything`:
    the address of a list of all that these words find, if there is one.
    """

    key: str
    title: Text
    icon: str
    find: Callable[[Asked, int], Findings]
    everything: Callable[[str], str] | None = None
    place: int = 50


@dataclass(frozen=True)
class Group:
    source: Source
    found: Sequence[Found]
    count: int

    @property
    def order(self) -> tuple[int, int, bool, int]:
        best = self.found[0]
        return -best.score, best.rank, best.is_over, self.source.place


@dataclass
class ReadersSearch:
    sources: dict[str, Source] = field(default_factory=dict)

    def add(self, source: Source) -> None:
        if self.sources.setdefault(source.key, source) != source:
            raise ValueError(f"Two rooms let readers find {source.key!r}.")

    def find(self, asked: Asked, *, limit: int) -> list[Group]:
        """Kinds of which something was found, that with the best first. No words, no statement."""
        if not asked.words:
            return []
        found = [Group(source, *source.find(asked, limit)) for source in self.sources.values()]
        return sorted((group for group in found if group.found), key=lambda group: group.order)


readers_search = ReadersSearch()
