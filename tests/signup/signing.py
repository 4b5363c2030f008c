"""A session that families sign up for, and families, for tests: one call each."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from kit import clock
from networks.models import Network, inside
from people.models import Household, Person
from programmes.planning.models import Activity, Session
from programmes.planning.steps.sessions import publish_sessions
from programmes.signup.commands.registering import register
from programmes.signup.models import Places, Registration, Terms
from programmes.signup.steps.parties import Party
from tests.people import homes
from tests.planning import plans

SOON = timedelta(days=3)


def story_hour(
    network: Network, *, places: int | None = 20, terms: dict[str, Any] | None = None, **activity: Any
) -> Session:
    """Public, in three days, for children of 3 to 6 years; sign-up is open."""
    with inside(network):
        planned = plans.activity(capacity=places, programme=plans.programme(year=(clock.now() + SOON).year), **activity)
        Terms.objects.create(activity=planned, **(terms or {}))
        return another(network, planned)


def another(network: Network, activity: Activity, *, later: timedelta = SOON) -> Session:
    with inside(network):
        session = plans.session(clock.now() + later, activity=activity)
        with transaction.atomic():
            publish_sessions([session], by=None, at=clock.now())
        return Session.objects.get(pk=session.pk)


def family(network: Network, *, children: int = 1, name: str = "王芳") -> tuple[Household, Person]:
    with inside(network), transaction.atomic():
        person = Person.objects.create(name=name)
    return homes.home(network, person, children=children), person


def party(household: Household, *, children: int = 1, adults: int = 0) -> Party:
    return Party(tuple(child.code for child in homes.children_of(household)[:children]), adults)


def sign_up(
    network: Network,
    session: Session,
    household: Household,
    by: Person,
    *,
    children: int = 1,
    adults: int = 0,
    key: UUID | None = None,
) -> Registration:
    chosen = party(household, children=children, adults=adults)
    with inside(network):
        return register(
            household=household, session=session, party=chosen, by=by, request_key=key or uuid4(), at=clock.now()
        )


def wait(
    network: Network,
    session: Session,
    household: Household,
    by: Person,
    *,
    children: int = 1,
    key: UUID | None = None,
) -> Registration:
    """As by the button that joins the waiting list."""
    chosen = replace(party(household, children=children), waits=True)
    with inside(network):
        return register(
            household=household, session=session, party=chosen, by=by, request_key=key or uuid4(), at=clock.now()
        )


def taken(network: Network, session: Session) -> tuple[int, int]:
    """The count, and what the live registrations say."""
    with inside(network):
        live = Registration.objects.filter(session=session, ended_at=None)
        kept = Places.objects.filter(session=session).first()
        return (kept.taken if kept else 0), sum(row.counted for row in live)
