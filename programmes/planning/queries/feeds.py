"""The sessions of a feed, as calendars take them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import Network
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Session, Slot
from programmes.planning.queries.faces import public_sessions
from programmes.planning.queries.finder import Aim, fitting, in_district
from programmes.planning.rules.feeds import Entry, lasts_days
from programmes.planning.rules.places import online_words
from programmes.planning.rules.told import public_phone
from programmes.planning.rules.wording import age_words, span_words

# What is over, and what was called off, stays so long.
KEPT = timedelta(days=30)
# The nearest come first; a calendar of a whole city for a year would help nobody.
MOST_COMING, MOST_OVER = 1600, 400


class _Row(NamedTuple):
    code: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    published_at: datetime
    moved_at: datetime | None
    changed_at: datetime | None
    called_off_at: datetime | None
    call_off_reason: str
    notice: str
    title: str
    summary: str
    from_months: int | None
    to_months: int | None
    venue: str | None
    room: str | None
    venue_address: str | None
    place_kind: str
    place_name: str
    address: str
    brand: str | None
    stream: str
    phone: str
    activity_phone: str
    venue_phone: str | None
    slot_minutes: int | None


Slots = Mapping[str, list[str]]


def entries_of(aim: Aim, *, network: Network, at: datetime, url: Callable[[str], str]) -> Iterator[Entry]:
    """By time. Two statements, however many there are, and one more where some have slots."""
    kept = in_district(fitting(aim, at=at), aim).filter(Q(called_off_at=None) | Q(called_off_at__gt=at - KEPT))
    over = _rows(kept.filter(ends_at__gt=at - KEPT, ends_at__lte=at).order_by("-starts_at", "-pk")[:MOST_OVER])
    coming = _rows(kept.filter(ends_at__gt=at).order_by("starts_at", "pk")[:MOST_COMING])
    rows = [*reversed(over), *coming]
    slots = _slots(rows)
    return (_entry(row, network, url, slots) for row in rows)


def entry_of(code: str, *, network: Network, url: Callable[[str], str]) -> Entry | None:
    """One session, as long as it has a page."""
    found = _rows(public_sessions().filter(code=code))
    return _entry(found[0], network, url, _slots(found)) if found else None


def entries_by_code(codes: Iterable[str], *, network: Network, url: Callable[[str], str]) -> dict[str, Entry]:
    """Of those that have a page. One statement, however many there are, and one more where some have slots."""
    rows = _rows(public_sessions().filter(code__in=list(codes)))
    slots = _slots(rows)
    return {row.code: _entry(row, network, url, slots) for row in rows}


def _slots(rows: Iterable[_Row]) -> Slots:
    """When they begin, by the session's code."""
    codes = [row.code for row in rows if row.slot_minutes]
    found: dict[str, list[str]] = defaultdict(list)
    if codes:
        slots = Slot.objects.filter(session__code__in=codes).order_by("starts_at")
        for code, starts_at in slots.values_list("session__code", "starts_at"):
            found[code].append(f"{timezone.localtime(starts_at):%H:%M}")
    return found


def _rows(rows: "QuerySet[Session]") -> list[_Row]:
    def own(name: str) -> Any:
        return Coalesce(NullIf(F(name), Value("")), F(f"activity__{name}"))

    return [
        _Row(*values)
        for values in rows.values_list(
            "code",
            "starts_at",
            "ends_at",
            "sequence",
            "published_at",
            "moved_at",
            "changed_at",
            "called_off_at",
            "call_off_reason",
            "notice",
            own("title"),
            own("summary"),
            Coalesce(F("from_months"), F("activity__from_months")),
            Coalesce(F("to_months"), F("activity__to_months")),
            "venue__name",
            "room__name",
            "venue__address",
            "place_kind",
            "place_name",
            "address",
            "activity__programme__brand__name",
            own("stream_url"),
            "phone",
            "activity__phone",
            "venue__phone",
            "activity__slot_minutes",
        )
    ]


def _entry(row: _Row, network: Network, url: Callable[[str], str], slots: Slots) -> Entry:
    is_off = row.called_off_at is not None
    return Entry(
        uid=f"{row.code}@{network.code}",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        changed_at=max(filter(None, (row.published_at, row.moved_at, row.changed_at, row.called_off_at))),
        sequence=row.sequence,
        is_off=is_off,
        # Many calendars show no state.
        title=_("Called off: %(title)s") % {"title": row.title} if is_off else row.title,
        place=_place(row),
        text="\n".join([*_text(row), *_to_take_part(row, slots.get(row.code, [])), url(row.code)]),
        url=url(row.code),
        category=row.brand or "",
    )


def _place(row: _Row) -> str:
    if row.place_kind == PlaceKind.STREAM:
        return online_words()
    name = " · ".join(part for part in (row.venue or row.place_name, row.room) if part)
    return "，".join(part for part in (name, row.venue_address or row.address) if part)


def _text(row: _Row) -> Iterable[str]:
    if row.called_off_at is not None:
        yield row.call_off_reason
    if row.notice:
        yield row.notice
    if row.summary:
        yield row.summary
    if row.from_months or row.to_months is not None:
        yield age_words(row.from_months, row.to_months)


def _to_take_part(row: _Row, slots: list[str]) -> Iterable[str]:
    if lasts_days(row.starts_at, row.ends_at):
        yield span_words(row.starts_at, row.ends_at)
    if slots:
        yield _("Times to come: %(times)s") % {"times": "、".join(slots)}
    if row.stream and row.called_off_at is None:
        yield _("Live stream: %(address)s") % {"address": row.stream}
    if phone := public_phone(row.phone, row.activity_phone, row.venue_phone or ""):
        yield _("Ask by telephone: %(phone)s") % {"phone": phone}
