"""The week of a venue is written as a whole."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from kit import kept_pages
from kit.command import command
from kit.refusals import Refusal, Refused, refuse_if
from networks.steps.journal import note
from networks.steps.outbox import post
from people.models import Person
from venues.messages import CHANGED
from venues.models import Venue
from venues.queries.hours import week_of
from venues.rules.hours import Span, against_week, in_order
from venues.rules.hours_text import week_text
from venues.rules.venues import against_change
from venues.steps.venues import lock_venue, write_week


@command
def set_hours(
    *, venue: Venue, week: Sequence[Span], seen: str, on_holidays: str, by: Person, at: datetime
) -> list[Span]:
    """`seen`: the week that the person had before their eyes, as `week_text` writes it. Returns the week that was."""
    row = lock_venue(venue)
    before = week_of(row)
    wanted = in_order(week)
    refuse_if([*against_change(row.closed_at), *against_week(list(week))])
    if week_text(before) != seen and before != wanted:
        raise Refused(
            Refusal(
                "changed_meanwhile",
                _("Somebody has changed these hours meanwhile: %(week)s.") % {"week": week_text(before)},
                _("Compare, and save again if yours are right."),
            )
        )
    changed = {}
    if before != wanted:
        write_week(row, wanted)
        changed["opening_hours"] = [week_text(before), week_text(wanted)]
    if row.on_holidays != on_holidays:
        changed["on_holidays"] = [row.on_holidays, on_holidays]
        row.on_holidays = on_holidays
        row.save(update_fields=["on_holidays"])
    if changed:
        note("venues.hours_set", subject=row, actor=by, values=changed)
        post(CHANGED, payload={"venue": row.pk, "changed": sorted(changed)}, dedupe_key=f"{row.pk}:{at.isoformat()}")
        kept_pages.forget()
    return before
