"""To whom staff write about a session: the adults of its families, by how they stand."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import pgettext_lazy

from kit.refusals import Text
from people.models import Child, Member, Person
from programmes.planning.models import Session
from programmes.signup.choices import State
from programmes.signup.models import Registration

GROUPS: tuple[tuple[str, Text], ...] = (
    ("coming", pgettext_lazy("a letter goes to", "Families that are signed up")),
    ("waiting", pgettext_lazy("a letter goes to", "Families that wait: for approval, a place or an answer")),
    ("all", pgettext_lazy("a letter goes to", "All of them")),
)
_STATES: Mapping[str, tuple[State, ...]] = {
    "coming": (State.HOLDS,),
    "waiting": (State.ASKED, State.WAITS, State.INVITED),
    "all": tuple(State),
}


def people_of_session(code: str, group: str) -> "QuerySet[Person]":
    """Guardians and carers, and young people who signed themselves up."""
    session = Subquery(Session.objects.filter(code=code).values("pk")[:1])
    live = Registration.objects.filter(session=session, ended_at=None, state__in=_STATES.get(group, ()))
    homes = live.values("household")
    members = Member.objects.filter(household__in=homes, left_at=None, household__closed_at=None)
    young = Child.objects.filter(household__in=homes, person__in=live.values("by"), erased_at=None)
    rows: QuerySet[Person] = Person.objects.filter(
        Q(pk__in=members.values("person")) | Q(pk__in=young.values("person")), erased_at=None
    )
    return rows
