"""What sign-up shows on the staff's pages of an activity and of a session."""

from typing import Any

from django.http import HttpRequest

from kit import clock
from programmes.planning.choices import Counts
from programmes.planning.doors import may_plan
from programmes.planning.models import Activity, Session
from programmes.planning.rules.inherited import value_of
from programmes.signup import doors
from programmes.signup.choices import Way
from programmes.signup.models import Places, Terms
from programmes.signup.queries.approvals import count_asking
from programmes.signup.queries.circles import circles_of
from programmes.signup.queries.questions import asked_by
from programmes.signup.queries.standing import standing_of
from programmes.signup.rules.terms import cap_words, children_words, hours_words, opening_words


def of_activity(request: HttpRequest, activity: Activity) -> dict[str, Any]:
    terms = Terms.objects.filter(activity=activity).first()
    is_open = activity.dropped_at is None and activity.programme.dropped_at is None
    page: dict[str, Any] = {"terms": terms, "may_plan": is_open and may_plan(request, activity.programme.area)}
    if terms is not None and terms.way == Way.SIGN_UP:
        page |= {
            "signs_up": True,
            "opens": opening_words(terms),
            "closes": hours_words(terms.closes_hours),
            "cancels": hours_words(terms.cancel_hours),
            "children": children_words(terms),
            "often": cap_words(terms),
            "approval": terms.approval,
            "circles": circles_of(terms),
            "questions": len(asked_by(terms)),
        }
    return page


def of_session(request: HttpRequest, session: Session) -> dict[str, Any] | None:
    """Nothing where nobody signs up and nobody has."""
    standing = standing_of(session)
    taken = Places.objects.filter(session=session).values_list("taken", flat=True).first()
    if standing is None and not taken:
        return None
    capacity = value_of(session, "capacity")
    return {
        "standing": standing,
        "signs_up": standing is not None and standing.signs_up,
        "window": standing.window(clock.now()) if standing is not None and standing.signs_up else None,
        "taken": taken or 0,
        "asking": count_asking(session) if standing is not None and standing.terms.approval else 0,
        "capacity": capacity,
        "is_full": capacity is not None and (taken or 0) >= capacity,
        "counts_everyone": session.activity.counts == Counts.EVERYONE,
        "may_see": doors.may_receive(request, session),
    }
