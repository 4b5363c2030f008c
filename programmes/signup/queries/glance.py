"""All that a plain sign-up has to know, read by one statement.

It tells the same as `queries/families.py` and `queries/standing.py`, which ask piece by piece; a property test
(tests/signup/test_at_once.py) compares what both lead to.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kit.prepared import asked
from kit.rows import columns, made
from networks.models.scoping import current_network_id
from people.choices import ConsentAnswer, MemberRole
from people.models import Child, Household, Person
from people.registers import CHILD_DATA
from programmes.planning.models import Activity, SafetyNotice, Session
from programmes.signup.models import Places, Terms
from programmes.signup.rules.at_once import Glance

_HELD_BY_BOTH = ("id", "capacity", "from_months", "to_months", "adult_needed")
_SESSION = (
    *_HELD_BY_BOTH,
    "network_id",
    "code",
    "activity_id",
    "starts_at",
    "ends_at",
    "called_off_at",
    "safety_notice_id",
)
_ACTIVITY = (*_HELD_BY_BOTH, "slot_minutes", "counts", "children_per_adult")
_HOUSEHOLD = ("id", "network_id", "code")

_READ = f"""
SELECT {columns(Session, "session", *_SESSION)}, {columns(Activity, "activity", *_ACTIVITY)},
  {columns(Terms, "terms")}, {columns(Places, "places")}, {columns(Household, "household", *_HOUSEHOLD)},
  (SELECT role FROM people_member
    WHERE household_id = household.id AND person_id = %(by)s AND left_at IS NULL),
  (SELECT json_agg(json_build_array(child.id, child.birth_month, EXISTS (
      SELECT FROM people_consent AS said WHERE said.child_id = child.id AND said.purpose = %(purpose)s
        AND said.answer = %(given)s AND said.ended_at IS NULL AND (said.expires_at IS NULL OR said.expires_at > %(at)s)
        AND said.version = (SELECT version FROM networks_privacytext WHERE network_id = session.network_id
          AND kind = %(text)s AND published_at IS NOT NULL ORDER BY version DESC LIMIT 1)
    )) ORDER BY child.birth_month, child.id) FROM people_child AS child
    WHERE child.household_id = household.id AND child.code = ANY(%(children)s)
      AND child.erased_at IS NULL AND child.merged_into_id IS NULL),
  EXISTS (SELECT FROM signup_registration AS made WHERE made.network_id = session.network_id
      AND made.request_key = %(key)s)
    OR EXISTS (SELECT FROM signup_registration AS made WHERE made.session_id = session.id
      AND made.household_id = household.id AND made.ended_at IS NULL)
    OR EXISTS (SELECT FROM signup_seat AS seat JOIN people_child AS child ON child.id = seat.child_id
      WHERE seat.session_id = session.id AND seat.ended_at IS NULL AND child.code = ANY(%(children)s)
        AND child.household_id = household.id),
  nextval('signup_registration_id_seq')
FROM planning_session AS session
JOIN planning_activity AS activity ON activity.id = session.activity_id
JOIN signup_terms AS terms ON terms.activity_id = activity.id
JOIN signup_places AS places ON places.session_id = session.id
JOIN people_household AS household ON household.network_id = session.network_id
  AND household.code = %(household)s AND household.closed_at IS NULL
WHERE session.network_id = %(network)s AND session.code = %(session)s AND session.published_at IS NOT NULL
"""  # noqa: S608 - of names of columns alone


def glance_at(
    *, session: str, household: str, children: Sequence[str], by: Person, request_key: UUID, at: datetime
) -> Glance | None:
    """By codes. None where the session or the family is not there, or nobody has signed up yet, so that there is no count."""
    params = {
        "session": session,
        "household": household,
        "children": list(children),
        "by": by.pk,
        "key": request_key,
        "at": at,
        "network": current_network_id(),
        "purpose": CHILD_DATA.key,
        "text": CHILD_DATA.privacy_text,
        "given": ConsentAnswer.GIVEN,
    }
    row = asked(_READ, params)
    return _glance(row) if row is not None else None


def _glance(row: Sequence[Any]) -> Glance:
    values = iter(row)
    session, activity = made(Session, values, *_SESSION), made(Activity, values, *_ACTIVITY)
    terms, places = made(Terms, values), made(Places, values)
    household = made(Household, values, *_HOUSEHOLD)
    role, children, is_known, registration_id = values
    session.activity, activity.signup_terms = activity, terms
    if session.safety_notice_id is not None:
        session.safety_notice = SafetyNotice(pk=session.safety_notice_id)
    found = children or []
    return Glance(
        session=session,
        terms=terms,
        places=places,
        household=household,
        role=MemberRole(role) if role else None,
        children=[_child(pk, month) for pk, month, _agreed in found],
        are_agreed=all(agreed for _pk, _month, agreed in found),
        is_known=is_known,
        registration_id=registration_id,
    )


def _child(pk: int, month: str | None) -> Child:
    born = date.fromisoformat(month) if month else None
    return Child.from_db(connection.alias, ["id", "birth_month"], [pk, born])
