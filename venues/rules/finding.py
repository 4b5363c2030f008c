"""What a reader looks for among the venues, as the address of the list says it."""

import unicodedata
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from venues.choices import VenueKind
from venues.models import Venue
from venues.rules.access import ACCESS_KEYS

NOW = "now"
SUNDAY = "sunday"
LONGEST = 40


@dataclass(frozen=True)
class Wish:
    """Unknown values are as good as none: an old or mistyped address still shows the list."""

    words: str = ""
    district: int | None = None
    kind: str = ""
    when: str = ""
    access: frozenset[str] = frozenset()

    @classmethod
    def read(cls, query: QueryDict) -> "Wish":
        district = query.get("district", "")
        kind, when = query.get("kind", ""), query.get("open", "")
        return cls(
            words=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST],
            district=int(district) if district.isascii() and district.isdigit() and len(district) < 10 else None,
            kind=kind if kind in VenueKind.values else "",
            when=when if when in {NOW, SUNDAY} else "",
            access=ACCESS_KEYS & set(query.getlist("with")),
        )

    def fields(self) -> list[tuple[str, str]]:
        """As hidden inputs and addresses carry it; always in the same order."""
        pairs = [
            ("q", self.words),
            ("district", str(self.district or "")),
            ("kind", self.kind),
            ("open", self.when),
            *(("with", key) for key in sorted(self.access)),
        ]
        return [(name, value) for name, value in pairs if value]

    def query(self, **changes: Any) -> str:
        """With its question mark; nothing at all where nothing is wished for."""
        fields = replace(self, **changes).fields()
        return f"?{urlencode(fields)}" if fields else ""

    def toggled(self, key: str) -> frozenset[str]:
        return self.access ^ {key}

    @property
    def is_bare(self) -> bool:
        return self == Wish()

    def fits(self, venue: Venue, *, district: str) -> bool:
        """All but where and when: these are counted, and asked of the database."""
        if self.kind and venue.kind != self.kind:
            return False
        if not all(getattr(venue, key) for key in self.access):
            return False
        text = folded(f"{venue.name} {venue.address} {district}")
        return all(word in text for word in folded(self.words).split())


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
