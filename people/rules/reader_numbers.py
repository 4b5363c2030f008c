"""Reader numbers as they are typed and shown. What they look like differs from library to library."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal

_BLANKS = re.compile(r"[\s\-_.·/]+")
_USUAL = re.compile(r"^[A-Z0-9]{4,24}$")


def tidy(typed: str) -> str:
    """Full-width narrowed, blanks and dashes out, in capitals: one spelling for one number."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", typed)).upper()


def against_number(number: str) -> Iterator[Refusal]:
    """`number` as `tidy` gives it; none at all takes the number away."""
    if number and not _USUAL.match(number):
        yield Refusal(
            "not_a_reader_number",
            _("A reader number has 4 to 24 digits or letters."),
            _("It stands on the front of the library card."),
            field="number",
        )


def against_sharing(holders: Iterable[str]) -> Iterator[Refusal]:
    """`holders`: the names of others of the family who have it. A card is one reader's."""
    for name in holders:
        yield Refusal(
            "number_of_the_family",
            _("This number is already kept for %(name)s.") % {"name": name or _("another adult of your family")},
            _("Everybody has a card of their own; please look at the number on this one."),
            field="number",
        )
        return


def masked(number: str) -> str:
    """The end is what people compare: ****4821."""
    return f"****{number[-4:]}" if number else ""
