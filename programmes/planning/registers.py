"""What upper rooms hang on planning, filled in their `apps.ready()`."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.expressions import Combinable

from kit.page_parts import CardParts, Faces, PageParts
from kit.refusals import Refusal, Text
from programmes.planning.choices import Availability
from programmes.planning.models import Activity, Session

# Asked before sessions become public, with all of them at once: by id, what speaks against it. A review, for one.
PublishGuard = Callable[[Sequence[Session], datetime], dict[int, Iterable[Refusal]]]
publish_guards: list[PublishGuard] = []

# Asked inside the transaction that has changed how many places sessions have, by their ids: what speaks against it. Where
# nothing does, a keeper writes what follows from it. Sign-up, for one.
CapacityKeeper = Callable[[Collection[int], datetime], Iterable[Refusal]]
capacity_keepers: list[CapacityKeeper] = []

# Told inside the transaction that copies activities: each copy, written, by its source's id.
ActivityCopier = Callable[[Mapping[int, Activity]], None]
activity_copiers: list[ActivityCopier] = []

# For staff: what upper rooms know of an activity and of a session.
activity_page_parts: PageParts[Activity] = PageParts()
session_page_parts: PageParts[Session] = PageParts()
# On the cards of today's sessions, for whoever runs them: what is counted, such as places that are taken; and ways that lead
# on, such as to the door. A way's template is a link or several, `class="button"`.
today_facts: CardParts[Session] = CardParts()
today_ways: CardParts[Session] = CardParts()
# How one comes to a session that comes with `event_joins`, in a sentence for a chat group; empty where there is nothing to say.
GroupLine = Callable[[Session, datetime], str]
group_lines: list[GroupLine] = []
# Sign-up, stories: below what a session's page says itself, or another body for that page.
event_page_parts: PageParts[Session] = PageParts()
event_faces: Faces[Session] = Faces()


@dataclass(frozen=True)
class ActivityPages:
    """Where readers find all about an activity, besides its sessions. `path`: an expression over sessions, so that it comes with
    them; null where there is no page. `address`: of such a path.
    """

    path: Callable[[], Combinable]
    address: Callable[[str], str]


# One room keeps such pages, if any does.
activity_pages: list[ActivityPages] = []

# How one comes to be there, high up on the page: where something is said here, planning keeps quiet about places.
event_ways: PageParts[Session] = PageParts()
# What the sessions of that page and of lists come with for the rooms above, in the same statement: names of relations.
event_joins: list[str] = []


@dataclass(frozen=True)
class ListChips:
    """Words with a state, for sessions in lists. `of`: of one that comes with `event_joins`, without a statement. `way`: of the
    same, the one button that it has, its word and its address, if there is something to press. `lacking`: by their ids, of
    those among many that share a card at which no place is to be had; one statement.
    """

    of: Callable[[Session, datetime], Iterable[tuple[Text, str]]]
    way: Callable[[Session, datetime], tuple[Text, str] | None]
    lacking: Callable[[Collection[int], datetime], Mapping[int, tuple[Text, str]]]


list_chips: list[ListChips] = []

# Sessions at which a family that comes at that instant finds a place or needs none, as a condition.
free_places: list[Callable[[datetime], Q]] = []


@dataclass(frozen=True)
class Offer:
    """Places at a session, as search engines are told of them. `left` None: as many as come."""

    availability: Availability
    left: int | None
    opens_at: datetime | None
    closes_at: datetime


# Of one that comes with `event_joins`, without a statement; None where nobody signs up. The first that knows counts.
event_offers: list[Callable[[Session, datetime], Offer | None]] = []


@dataclass(frozen=True)
class ReaderPages:
    """Where readers read all about a row of one kind. `path`: an expression over such rows; null where there is no page.
    `address`: of such a path.
    """

    path: Callable[[], Combinable]
    address: Callable[[str], str]


# Of an "activity", a "programme" and a "brand", if a room above has pages for them.
reader_pages: dict[str, ReaderPages] = {}
