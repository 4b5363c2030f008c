"""Families with their tickets at a door that is open, and a keeper who stands there: made in a demo that belongs to the bench.

Run as a program of the demo's own: `python -m bench.arrivals FAMILIES DOORS`. Prints JSON.
"""

import json
import os
import sys
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main(families: int, doors: int) -> None:
    django.setup()
    from networks.models import Network, inside

    network = Network.objects.get(code="nanjing")
    with inside(network):
        told = [_door(number, families) for number in range(doors)]
        print(json.dumps({"doors": told, **_keeper()}))


def _door(number: int, families: int) -> dict[str, object]:
    """A session that begins in ten minutes; each family has a child and a grown-up."""
    from django.db import transaction

    from kit import clock
    from networks.models import Area
    from programmes.planning.choices import PlaceKind
    from programmes.planning.models import Activity, Programme
    from programmes.planning.rules.places import Where
    from programmes.planning.steps.sessions import SessionPlan, make_sessions, publish_sessions
    from programmes.signup.models import Terms

    now = clock.now()
    begins = now + timedelta(minutes=10 + number)
    with transaction.atomic():
        activity = Activity.objects.create(
            programme=Programme.objects.filter(season__year=begins.year).order_by("pk")[0],
            title=f"亲子阅读 {number + 1} {now:%H%M%S}",
            from_months=36,
            to_months=83,
            capacity=1_000_000,
        )
        Terms.objects.create(activity=activity)
        where = Where(PlaceKind.STREAM, Area.objects.get(parent=None))
        (session,) = make_sessions([SessionPlan(activity, begins, where)], by=None, at=now)
        publish_sessions([session], by=None, at=now)
        return {"session": session.code, "tickets": _tickets(session, families)}


def _tickets(session: Any, families: int) -> list[str]:
    from kit import clock
    from networks.models.scoping import current_network
    from people.models import Child, Household
    from programmes.signup.models import Registration, Seat
    from programmes.signup.steps.tickets import give_ticket

    now, network = clock.now(), current_network()
    homes = Household.objects.bulk_create([Household(made_at=now) for _one in range(families)])
    born = date(now.year - 5, now.month, 1)
    children = Child.objects.bulk_create(
        [Child(household=one, name="王小雨", birth_month=born, added_at=now) for one in homes]
    )
    rows = [
        Registration(network=network, session=session, household=one, request_key=uuid4(), counted=1, adults=1)
        for one in homes
    ]
    for row in rows:
        give_ticket(row)
    Registration.objects.bulk_create(rows)
    seats = [Seat(registration=row, session=session, child=child) for row, child in zip(rows, children, strict=True)]
    Seat.objects.bulk_create([*seats, *(Seat(registration=row, session=session) for row in rows)])
    return [row.ticket for row in rows]


def _keeper() -> dict[str, str]:
    """Somebody who plans for the whole city, signed in."""
    from allauth.usersessions.models import UserSession
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.db import transaction

    from config.sessions import SessionStore
    from kit import clock
    from networks.models import Area
    from networks.models.scoping import current_network
    from people.choices import Role
    from people.models import Person
    from people.steps.grants import give_role

    with transaction.atomic():
        keeper = Person.objects.create(name="陈静", seen_on=clock.today(current_network().zone))
        give_role(person=keeper, role=Role.PLANNER, area=Area.objects.get(parent=None))
        kept = SessionStore()
        kept[SESSION_KEY] = str(keeper.pk)
        kept[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        kept[HASH_SESSION_KEY] = keeper.get_session_auth_hash()
        kept.create()
        UserSession.objects.create(user=keeper, session_key=kept.session_key, ip="127.0.0.1")
    return {
        "session_cookie": f"{settings.SESSION_COOKIE_NAME}={kept.session_key}",
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
