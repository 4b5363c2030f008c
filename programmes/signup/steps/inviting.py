"""Places that are free are offered to those who wait: the oldest first that fits. The session's count is locked."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from kit import kept_pages
from kit.command import step
from networks.models.scoping import current_network
from networks.steps.journal import note_each
from networks.steps.outbox import post_each
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.messages import INVITED
from programmes.signup.models import Places, Registration, Terms
from programmes.signup.queries.standing import terms_in
from programmes.signup.rules.invitations import days_of, until_for


@step
def invite_who_fit(session_id: int, *, at: datetime) -> None:
    """All of a family or none of it. Whoever needs more than there is stays where it is in line, and it is written down
    that a smaller one went first.
    """
    places = Places.objects.select_related("session__activity__signup_terms").get(pk=session_id)
    if not places.waiting or places.left == 0 or places.session.called_off_at is not None:
        return
    until = answer_time(places.session, at=at)
    if until is None:
        return
    fitting, passed = _choose(places)
    if fitting:
        _invite(places, fitting, until=until)
        _pass_over(passed, at=at)


def answer_time(session: Session, *, at: datetime) -> datetime | None:
    """Until when somebody invited now would have to answer. None: nobody is invited any more."""
    network = current_network()
    return until_for(session, terms_in(session) or Terms(), at=at, days=days_of(network.zone, network.rules))


def in_line(session_id: int) -> "QuerySet[Registration]":
    rows: QuerySet[Registration] = Registration.objects.filter(session=session_id, ended_at=None, state=State.WAITS)
    return rows.order_by("rank", "waits_from", "pk")


def _choose(places: Places) -> tuple[list[Registration], list[Registration]]:
    """Who is invited, and who was before them but needs more."""
    fitting: list[Registration] = []
    passed: list[Registration] = []
    bigger: list[Registration] = []
    left = places.left
    for row in in_line(places.pk).iterator():
        if left == 0:
            break
        if left is not None and row.counted > left:
            row.passed_free = left
            bigger.append(row)
            continue
        fitting.append(row)
        passed += bigger
        bigger = []
        left = None if left is None else left - row.counted
    return fitting, passed


def _invite(places: Places, rows: Sequence[Registration], *, until: datetime) -> None:
    for row in rows:
        row.state, row.invited_until = State.INVITED, until
    Registration.objects.bulk_update(rows, ["state", "invited_until"])
    Places.objects.filter(pk=places.pk).update(
        taken=F("taken") + sum(row.counted for row in rows), waiting=F("waiting") - len(rows)
    )
    kept_pages.forget()
    note_each("signup.invited", subjects=rows, values=lambda row: {"places": row.counted, "invited_until": until})
    tell_invited(rows)


@step
def tell_invited(rows: Sequence[Registration]) -> None:
    """Once for each end that an invitation is given."""
    for row in rows:
        until = row.invited_until.isoformat() if row.invited_until else ""
        line = ({"registration": row.pk, "until": until}, f"{row.pk}:{until}")
        post_each(INVITED, lines=[line], expires_at=row.invited_until)


def _pass_over(rows: Sequence[Registration], *, at: datetime) -> None:
    for row in rows:
        row.passed_at = at
    Registration.objects.bulk_update(rows, ["passed_at", "passed_free"])
    note_each(
        "signup.passed_over", subjects=rows, values=lambda row: {"places": row.counted, "passed_free": row.passed_free}
    )
