"""Roll out an activity over many spaces; take it back; publish it."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.command import command
from kit.refusals import Refusal, refuse_if
from people.models import Person
from programmes.planning.engine.rollout import Plan, against, asked_days, plan
from programmes.planning.models import Activity, Rollout, Session
from programmes.planning.queries.batches import made_just_now
from programmes.planning.queries.publishing import publishing_faults
from programmes.planning.rules.asking import Ask
from programmes.planning.steps.clashes import refusing_clashes
from programmes.planning.steps.rollouts import touched, unmake, write_rollout
from programmes.planning.steps.sessions import publish_sessions
from programmes.planning.steps.sessions_many import lock_sessions


@command
def roll_out(
    *, activity: Activity, ask: Ask, seen: str, confirmed: int | None, zone: ZoneInfo, by: Person, at: datetime
) -> Rollout:
    """Judged anew: what was looked at counts only as far as it still holds. The activity comes with its season."""
    days = asked_days(ask)
    refuse_if(against(activity, ask, days, confirmed=confirmed))
    found = plan(activity, ask, days, zone=zone, at=at)
    refuse_if(against_plan(found, seen=seen, made_before=made_just_now(activity, ask, at=at)))
    with refusing_clashes(_taken_meanwhile):
        return write_rollout(found, by=by, at=at)


def against_plan(found: Plan, *, seen: str, made_before: Rollout | None) -> Iterator[Refusal]:
    """`made_before`: what the same ask made a moment ago; then that is what stands in the way."""
    is_stale = found.seen != seen
    if made_before is not None and (is_stale or not found.made):
        text = ngettext(
            "You have just made this roll-out: its %(count)s session is in the plan.",
            "You have just made this roll-out: its %(count)s sessions are in the plan.",
            made_before.made,
        )
        yield Refusal("made_already", text % {"count": made_before.made})
    elif is_stale:
        yield Refusal(
            "changed_meanwhile",
            _("Something has changed since you looked."),
            _("The preview below is new; look at it, then commit."),
        )
    elif not found.made:
        yield Refusal("nothing_to_make", _("Not one session can be made."), _("The reasons stand below the preview."))


def _taken_meanwhile() -> list[Refusal]:
    return [
        Refusal(
            "taken_meanwhile",
            _("Somebody else took a room or a host in this very moment, so nothing was written."),
            _("The preview below shows what is taken now; look at it, then commit."),
        )
    ]


@command
def undo_rollout(*, rollout: Rollout, by: Person, at: datetime) -> None:
    """Undoing twice changes nothing."""
    if rollout.undone_at is not None:
        return
    rows = list(Session.objects.select_for_update().filter(rollout=rollout).order_by("pk"))
    refuse_if(_against_undoing(touched(rows), len(rows)))
    try:
        unmake(rollout, by=by, at=at)
    except ProtectedError:
        refuse_if([Refusal("in_use", _("Something hangs on its sessions already."), _way_on())])


def _against_undoing(changed: int, of: int) -> Iterator[Refusal]:
    if changed:
        text = ngettext(
            "%(count)s of %(of)s sessions was published, changed or called off since.",
            "%(count)s of %(of)s sessions were published, changed or called off since.",
            changed,
        )
        yield Refusal("touched", text % {"count": changed, "of": of}, _way_on())


def _way_on() -> str:
    return _("The roll-out stays. You can call off the sessions that shall not take place, and say why.")


@command
def publish_rollout(*, rollout: Rollout, by: Person, at: datetime) -> int:
    """All drafts of it that are not over; returns how many became public."""
    keys = Session.objects.filter(rollout=rollout, published_at=None, called_off_at=None, ends_at__gt=at).values_list(
        "pk", flat=True
    )
    rows = list(lock_sessions(keys).values())
    refuse_if(refusal for refusals in publishing_faults(rows, at=at).values() for refusal in refusals)
    return len(publish_sessions(rows, by=by, at=at))
