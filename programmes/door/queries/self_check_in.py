"""Screens and printed codes: what they show, and whether what was scanned off them still counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from kit import ids, sealed
from kit.ids import tidy_code
from networks.models import Network
from programmes.door.choices import BY_THEMSELVES, Way
from programmes.door.models import CheckIn, PrintedCode, Screen
from programmes.door.queries.desk import Line, lines_of
from programmes.door.rules import rotating
from programmes.door.rules.network_rules import allows_printed_codes
from programmes.door.rules.outcomes import closes_at, opens_at
from programmes.planning.models import Session
from programmes.planning.queries.session_table import midnight
from programmes.signup.choices import Way as SignUp
from programmes.signup.queries.standing import JOINS, terms_in
from venues.models import Venue
from venues.queries.venues import under

# What the code of a screen is made for.
SCREEN_CODE = "door.screen_code"
# What comes next is looked for so far ahead.
AHEAD = timedelta(days=14)
_BITS = 5 * rotating.CHARS


@dataclass(frozen=True)
class OnHere:
    """`open`: those whose door is open now; `coming`: the next one whose door is not."""

    open: list[Line]
    coming: Line | None

    @property
    def takes_families(self) -> bool:
        """Somebody can check in: not where only such is on as nobody signs up for."""
        return any(not line.is_free for line in self.open)


def screens() -> "QuerySet[Screen]":
    rows: QuerySet[Screen] = Screen.objects.filter(withdrawn_at=None).select_related("venue__area")
    return rows


def printed_codes() -> "QuerySet[PrintedCode]":
    rows: QuerySet[PrintedCode] = PrintedCode.objects.filter(ended_at=None).select_related("venue__area")
    return rows


def screens_within(paths: Iterable[str]) -> "QuerySet[Screen]":
    return screens().filter(under(paths, path="venue__area__path")).order_by("venue__name", "made_at", "pk")


def printed_codes_within(paths: Iterable[str]) -> "QuerySet[PrintedCode]":
    return printed_codes().filter(under(paths, path="venue__area__path")).order_by("venue__name", "pk")


def screen_of_secret(secret: str) -> Screen | None:
    row: Screen | None = screens().filter(secret=tidy_code(secret)).first()
    return row


def code_of(screen: Screen, number: int, *, network: Network) -> str:
    """Of these thirty seconds; made by a key that neither the screen nor the database has."""
    told = sealed.blind_index(f"{screen.code}:{number}", network_code=network.code, purpose=SCREEN_CODE)
    return ids.spelled(int.from_bytes(told[:8], "big") % (1 << _BITS), rotating.CHARS)


def screen_showing(code: str, rotating_code: str, *, network: Network, at: datetime) -> Screen | None:
    """The screen that shows this now, or did just before."""
    screen = screens().filter(code=tidy_code(code)).first()
    if screen is None:
        return None
    shown = tidy_code(rotating_code)
    for number in rotating.counting(at):
        if compare_digest(code_of(screen, number, network=network), shown):
            return screen
    return None


def printed_code_of(code: str, *, network: Network) -> PrintedCode | None:
    """One that hangs there still, where the library allows any."""
    if not allows_printed_codes(network.rules):
        return None
    return printed_codes().filter(code=tidy_code(code)).first()


def venue_by(way: Way, key: int, *, network: Network) -> Venue | None:
    """Where somebody is who scanned this before; None once it was withdrawn."""
    if way == Way.PRINTED and not allows_printed_codes(network.rules):
        return None
    rows: Any = screens() if way == Way.SCREEN else printed_codes()
    row = rows.filter(pk=key).first()
    return row.venue if row is not None else None


def on_here(venue: Venue, rules: Mapping[str, Any], *, at: datetime) -> OnHere:
    """Of the public sessions of a venue. Three statements."""
    rows = sessions_here(venue).filter(called_off_at=None)
    near = rows.filter(ends_at__gt=at - timedelta(days=1), starts_at__lt=at + AHEAD).order_by("starts_at", "pk")
    lines = lines_of(list(near), rules, at=at)
    coming = [line for line in lines if not line.is_open and not line.is_over]
    open_now = [replace(line, is_free=_is_free(line)) for line in lines if line.is_open]
    return OnHere(open_now, coming[0] if coming else None)


def sessions_here(venue: Venue) -> "QuerySet[Session]":
    rows: QuerySet[Session] = Session.objects.filter(venue=venue, published_at__isnull=False)
    return rows.select_related("activity", "venue", "room", "area", *JOINS)


def _is_free(line: Line) -> bool:
    """Nobody signs up, and nobody is signed up."""
    return is_without_sign_up(line.session) and not line.expected


def is_without_sign_up(session: Session) -> bool:
    """Without a statement where the session comes from `sessions_here`."""
    terms = terms_in(session)
    return terms is not None and terms.way == SignUp.FREE


def sessions_around(at: datetime, rows: "QuerySet[Session]", rules: Mapping[str, Any]) -> "QuerySet[Session]":
    """Those that lie in part on the day of this instant, and those whose door is open then."""
    today = midnight(timezone.localtime(at).date())
    begins, ended = at + (at - opens_at(at, rules)), at - (closes_at(at, rules) - at)
    return rows.filter(
        Q(starts_at__lt=today + timedelta(days=1), ends_at__gte=today) | Q(starts_at__lte=begins, ends_at__gte=ended)
    )


def by_themselves(session: Session) -> dict[Way, int]:
    """How many checked themselves in, by each way. One statement."""
    rows = CheckIn.objects.filter(session=session, undone_at=None, scan__way__in=BY_THEMSELVES)
    ways = list(rows.values_list("scan__way", flat=True))
    return {way: ways.count(way) for way in BY_THEMSELVES}
