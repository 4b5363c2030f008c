"""活动收尾: sessions that are over, with what is written of them, for those who run and those who plan them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kit import clock
from kit.tables import BulkAction, Cell, Column, Empty, Filter, ListTable, RowAction
from people.choices import Verb
from people.doors import may_anywhere, members_only
from programmes.door.models import Diary
from programmes.door.queries import absences as of_absences
from programmes.door.queries import diaries as of_diaries
from programmes.door.queries import disputes as of_disputes
from programmes.planning import doors as planning_doors
from programmes.planning.models import Session
from programmes.planning.queries import session_table as rows_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import clock_words, day_words

STATES = (
    (of_diaries.MISSING, pgettext_lazy("a diary", "not handed in")),
    (of_diaries.DRAFT, pgettext_lazy("a diary", "begun")),
    (of_diaries.HANDED_IN, pgettext_lazy("a diary", "handed in")),
)
NAMES = (
    (of_absences.UNKEPT, _("nobody was checked in")),
    (of_absences.OPEN, pgettext_lazy("absences", "not settled yet")),
    (of_absences.SETTLED, pgettext_lazy("absences", "settled")),
)
_SOME, _UNREAD, _UNSEEN = "some", "unread", "unseen"


def _diary(row: Session) -> Diary | None:
    return row.told  # type: ignore[attr-defined,no-any-return]


def _title(row: Session) -> Cell:
    return Cell(row.title or row.activity.title, href=reverse("door:diary", args=[row.code]))


def _when(row: Session) -> Cell:
    return Cell(day_words(row.starts_at), soft=clock_words(row.starts_at, row.ends_at))


def _place(row: Session) -> Cell:
    return Cell(place_words(row), soft=row.district_name or "")  # type: ignore[attr-defined]


def _state(row: Session) -> Cell:
    told = _diary(row)
    if told is None:
        return Cell(STATES[0][1], state="waiting")
    return Cell(STATES[2][1], state="good") if told.is_handed_in else Cell(STATES[1][1], state="few")


def _number(name: str) -> Any:
    def cell(row: Session) -> Cell:
        told = _diary(row)
        value = getattr(told, name) if told is not None and told.counted_at is not None else None
        return Cell("" if value is None else value)

    return cell


def _problems(row: Session) -> Cell:
    told = _diary(row)
    if told is None or not told.is_handed_in or not told.problems:
        return Cell()
    chips = () if told.read_at is not None else ((gettext("not read yet"), "warn"),)
    return Cell(told.problems, chips=chips)


def _problems_to_read(row: Session) -> Cell:
    """For planners, who mark that they have read them."""
    cell = _problems(row)
    if not cell.chips:
        return cell
    return replace(cell, actions=(RowAction(gettext("Mark as read"), reverse("door:diary-read", args=[row.code])),))


def _absent(row: Session) -> Cell:
    settlement = row.settled  # type: ignore[attr-defined]
    if settlement is None:
        return Cell("")
    link = reverse("door:absent", args=[row.code])
    if not settlement.was_kept:
        return Cell(gettext("door not kept"), href=link)
    told = gettext("%(absent)s of %(expected)s") % {"absent": settlement.absent, "expected": settlement.expected}
    return Cell(f"{settlement.absent}/{settlement.expected}", href=link, title=told)


def _disputed(row: Session) -> Cell:
    """To the door, where they are told."""
    if not row.is_disputed:  # type: ignore[attr-defined]
        return Cell()
    return Cell(gettext("to look at"), href=reverse("door:door", args=[row.code]), icon="warn")


def _whole(rows: Sequence[Session]) -> list[Session]:
    """With `told`, `settled` and `is_disputed`; five statements, however many they are."""
    lines = of_diaries.with_diaries(rows)
    settled = of_absences.settlements_of(lines)
    disputed = set(
        of_disputes.disputed(Session.objects.filter(pk__in=[row.pk for row in lines])).values_list("pk", flat=True)
    )
    for row in lines:
        row.settled, row.is_disputed = settled.get(row.pk), row.pk in disputed  # type: ignore[attr-defined]
    return lines


AFTER = ListTable(
    key="door.after",
    title=_("After sessions"),
    columns=(
        Column("title", _("Activity"), _title, sort=("activity__title", "starts_at"), fixed=True),
        Column("when", _("When"), _when, sort=("starts_at",)),
        Column("place", _("Where"), _place, sort=("venue__name", "starts_at")),
        Column("diary", pgettext_lazy("of a session", "Diary"), _state),
        Column("all", pgettext_lazy("of people", "in all"), _number("person_times"), number=True),
        Column("children", _("Children"), _number("children"), number=True, shown=False),
        Column("adults", _("Grown-ups"), _number("adults"), number=True, shown=False),
        Column("problems", _("Problems and ideas"), _problems, long=True),
        Column("absent", _("Families absent"), _absent, number=True),
        Column("alone", _("Without a network"), _disputed),
    ),
    filters=(
        Filter("from", _("From"), kind="date", apply=rows_of.from_day),
        Filter("until", _("Until"), kind="date", apply=rows_of.until_day),
        Filter("diary", pgettext_lazy("of a session", "Diary"), STATES, of_diaries.in_state),
        Filter(
            "problems",
            _("Problems and ideas"),
            ((_UNREAD, _("not read yet")), (_SOME, _("any"))),
            lambda rows, value: of_diaries.with_problems(rows, unread_only=value == _UNREAD),
        ),
        Filter("names", _("Who did not come"), NAMES, of_absences.in_state),
        Filter(
            "alone",
            _("Without a network"),
            ((_UNSEEN, _("to look at")),),
            lambda rows, _value: of_disputes.disputed(rows),
        ),
        Filter("venue", _("Venue"), kind="text", apply=rows_of.in_venue),
    ),
    search=rows_of.with_words,
    search_label=_("Activity, venue or code"),
    sort="-when",
    whole=_whole,
    bulk=(BulkAction("evidence", _("Evidence"), "door:evidence-of-many", icon="download"),),
    empty=Empty(_("Nothing is over yet"), _("Sessions stand here once they have taken place.")),
)


FOR_PLANNERS = replace(
    AFTER,
    columns=tuple(replace(one, cell=_problems_to_read) if one.name == "problems" else one for one in AFTER.columns),
)


@never_cache
@require_safe
@members_only
def after(request: HttpRequest) -> HttpResponse:
    rows = of_diaries.sessions_over(planning_doors.running_paths(request), at=clock.now())
    table = FOR_PLANNERS if may_anywhere(Verb.PLAN)(request) else AFTER
    return render(request, "door/after.html", {"table": table.page(request, rows)})
