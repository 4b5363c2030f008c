"""Nothing fits: the nearest wider search, in one press, and what it finds near by."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.refusals import Text
from networks.models import Network
from programmes.planning.queries.cards import faces_of, lines_of
from programmes.planning.queries.faces import SessionFace, colours_of
from programmes.planning.queries.facets import Findings, Span
from programmes.planning.queries.finder import Aim, fitting, in_district, to_come
from programmes.planning.rules.facets import Facet
from programmes.planning.rules.finding import Wish
from programmes.planning.views.narrowing import Narrowing
from venues.queries.today import midnight

# So many of the wider search are shown at once.
NEAR = 3
# What is given up first, and what that changes in the wish. Place and time are what a family can least change.
_GIVEN_UP: tuple[tuple[Facet, dict[str, Any]], ...] = (
    (Facet.FREE, {"free": False}),
    (Facet.STEP_FREE, {"step_free": False}),
    (Facet.MODE, {"mode": ""}),
    (Facet.KIND, {"kind": ""}),
    (Facet.AUDIENCE, {"audience": ""}),
    (Facet.BRAND, {"brand": None}),
    (Facet.AGE, {"age": None, "mine": False}),
    (Facet.DISTRICT, {"district": None}),
    (Facet.TIME, {"when": ""}),
)


@dataclass(frozen=True)
class Wider:
    text: Text
    label: Text
    href: str
    faces: list[SessionFace]


def wider(narrowing: Narrowing, found: Findings, span: Span, *, network: Network) -> Wider | None:
    """None where nothing at all is to come. Counts say which search finds something; three statements at most where words or
    a venue are given up, and two for what is shown.
    """
    for aim, facet, number in _wider_aims(narrowing.aim, found, span):
        if number:
            page = Narrowing("planning:events", aim) if facet == "all" else replace(narrowing, aim=aim)
            href = page.href()
            return Wider(_text(facet, number), _label(facet, narrowing), href, _near(aim, facet, span, network))
    return None


def instead(narrowing: Narrowing, found: Findings, span: Span, *, network: Network) -> Wider | None:
    """Of a week or a month without anything: a later day, else a wider search."""
    return _later(narrowing, span, network) or wider(narrowing, found, span, network=network)


def _later(narrowing: Narrowing, span: Span, network: Network) -> Wider | None:
    aim = narrowing.aim
    number = _number(aim, to_come(span.at), span)
    if not number:
        return None
    href = Narrowing("planning:week", aim).href()
    return Wider(
        _text(Facet.TIME, number), _("To the next day with something"), href, _near(aim, Facet.TIME, span, network)
    )


def _wider_aims(aim: Aim, found: Findings, span: Span) -> Iterator[tuple[Aim, Facet | str, int]]:
    for facet, changes in _GIVEN_UP:
        wider_wish = aim.wish.changed(**changes)
        if wider_wish != aim.wish:
            without = replace(aim, wish=wider_wish)
            without = replace(without, district=None) if facet is Facet.DISTRICT else without
            without = replace(without, brand=None) if facet is Facet.BRAND else without
            yield without, facet, found.counts.without[facet]
    if aim.venue:
        anywhere = replace(aim, wish=aim.wish.changed(venue=""), venue=None)
        yield anywhere, "venue", _number(anywhere, span.time, span)
    if aim.wish.words:
        wordless = replace(aim, wish=aim.wish.changed(words=""))
        yield wordless, "words", _number(wordless, span.time, span)
    bare = replace(aim, wish=Wish(), district=None, venue=None, brand=None)
    yield bare, "all", _number(bare, to_come(span.at), span)


def _number(aim: Aim, time: Q, span: Span) -> int:
    return in_district(fitting(aim, at=span.at), aim).filter(time).count()


def _near(aim: Aim, facet: Facet | str, span: Span, network: Network) -> list[SessionFace]:
    """From the first day on, the next first; without a card for many."""
    time = to_come(span.at) if facet in {Facet.TIME, "all"} else span.time
    late = Case(When(starts_at__lt=midnight(span.first, span.zone), then=Value(1)), default=Value(0))
    rows = in_district(fitting(aim, at=span.at), aim).filter(time, called_off_at=None)
    lines = lines_of(rows.order_by(late, "starts_at", "pk")[:NEAR])
    return faces_of(
        [[line] for line in lines],
        at=span.at,
        colours=colours_of(aim.brands, network),
        districts=aim.areas,
        address=None,
    )


def _text(facet: Facet | str, number: int) -> Text:
    words = {"n": number}
    if facet is Facet.DISTRICT:
        return ngettext("In other districts there is %(n)s.", "In other districts there are %(n)s.", number) % words
    if facet is Facet.TIME:
        return ngettext("On other days there is %(n)s.", "On other days there are %(n)s.", number) % words
    if facet == "words":
        return _("Try a shorter word, or the name of a venue, a host or a book.")
    if facet == "all":
        return _("Take away a condition or try other words.")
    return ngettext("Without this condition there is %(n)s.", "Without this condition there are %(n)s.", number) % words


def _label(facet: Facet | str, narrowing: Narrowing) -> Text:
    if facet is Facet.DISTRICT:
        return _("Look in the whole city")
    if facet is Facet.TIME:
        return _("Look at all coming days")
    if facet == "words":
        place = narrowing.where
        return _("All sessions: %(place)s") % {"place": place} if place else _("Look without these words")
    if facet == "all":
        return _("Show all sessions")
    return _("Look without “%(filter)s”") % {"filter": narrowing.name_of(facet)}
