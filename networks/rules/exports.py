from collections.abc import Iterator

from django.utils.translation import gettext as _

from kit.refusals import Refusal

LONGEST_DAYS = 30
MOST_ROWS = 20_000


def against_export(*, purpose: str, days: int, rows: int) -> Iterator[Refusal]:
    if not purpose.strip():
        yield Refusal("no_purpose", _("Say what the list is for."), field="purpose")
    if not 1 <= days <= LONGEST_DAYS:
        yield Refusal("days", _("A file can be fetched for 1 to %(days)s days.") % {"days": LONGEST_DAYS}, field="days")
    if rows > MOST_ROWS:
        yield Refusal(
            "too_many_rows",
            _("This list has %(rows)s rows; one file holds %(most)s.") % {"rows": rows, "most": MOST_ROWS},
            _("Narrow it by a filter, or take it out in parts."),
        )


def against_removing(*, is_removed: bool) -> Iterator[Refusal]:
    if is_removed:
        yield Refusal("removed", _("This file has been removed already."))
