"""The week of a venue: what makes sense, told in words before the database has to refuse it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.refusals import Refusal
from venues.choices import Weekday

DAY = 24 * 60
WEEK = 7 * DAY
MOST_SLOTS_A_DAY = 6


class Span(NamedTuple):
    """Minutes from midnight of the weekday; `closes` may lie beyond the next midnight."""

    weekday: int
    opens: int
    closes: int

    @property
    def start(self) -> int:
        return self.weekday * DAY + self.opens

    @property
    def end(self) -> int:
        return self.weekday * DAY + self.closes


def clock_face(minute: int) -> str:
    """9:00, 24:00, 次日2:00."""
    if minute <= DAY:
        return f"{minute // 60}:{minute % 60:02}"
    return _("%(time)s the next day") % {"time": clock_face(minute - DAY)}


def span_text(span: Span) -> str:
    if (span.opens, span.closes) == (0, DAY):
        return _("24 hours")
    return f"{clock_face(span.opens)}–{clock_face(span.closes)}"


def day_text(spans: Iterable[Span]) -> str:
    """All slots of one day, or that there are none."""
    return "、".join(span_text(span) for span in sorted(spans)) or pgettext("of a weekday", "Closed")


def against_week(spans: Sequence[Span]) -> Iterator[Refusal]:
    """Overlaps, also those of Sunday's last slot with Monday's first, which no constraint sees."""
    yield from (_impossible(span) for span in spans if not _is_possible(span))
    good = sorted((span for span in spans if _is_possible(span)), key=lambda span: (span.start, span.end))
    if not good:
        return
    for before, after in zip(good, [*good[1:], None], strict=True):
        end_of_after = after.start if after is not None else good[0].start + WEEK
        if before.end > end_of_after:
            yield _overlap(before, after or good[0])
    for weekday in Weekday:
        if sum(span.weekday == weekday for span in good) > MOST_SLOTS_A_DAY:
            yield Refusal(
                "too_many_slots",
                _("%(day)s has more than %(most)s slots.") % {"day": weekday.label, "most": MOST_SLOTS_A_DAY},
                field=f"day_{weekday.value}",
            )


def _is_possible(span: Span) -> bool:
    return 0 <= span.weekday <= 6 and 0 <= span.opens < DAY and span.opens < span.closes <= span.opens + DAY


def _impossible(span: Span) -> Refusal:
    return Refusal(
        "not_a_slot",
        _("%(slot)s is no time in which something can be open.") % {"slot": span_text(span)},
        _("A slot closes after it opens, at most a day later."),
        field=f"day_{span.weekday}",
    )


def _overlap(before: Span, after: Span) -> Refusal:
    if before.weekday == after.weekday:
        text = _("On %(day)s, %(one)s and %(other)s overlap.") % {
            "day": Weekday(before.weekday).label,
            "one": span_text(before),
            "other": span_text(after),
        }
    else:
        text = _("%(day)s %(one)s reaches into %(next)s %(other)s.") % {
            "day": Weekday(before.weekday).label,
            "one": span_text(before),
            "next": Weekday(after.weekday).label,
            "other": span_text(after),
        }
    return Refusal("slots_overlap", text, _("Join them, or let one end earlier."), field=f"day_{after.weekday}")


def in_order(spans: Iterable[Span]) -> list[Span]:
    return sorted(set(spans))
