"""Families with a child each, signed in, and sessions for them to come to: made in a demo that belongs to the bench.

Run as a program of the demo's own: `python -m bench.families FAMILIES PLACES…`. Prints JSON.
"""

import json
import os
import sys
from datetime import date, timedelta
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main(families: int, places: list[int]) -> None:
    django.setup()
    from networks.models import Network, inside

    network = Network.objects.get(code="nanjing")
    with inside(network):
        sessions = [_session(number, capacity) for number, capacity in enumerate(places)]
        print(json.dumps({"sessions": sessions, "families": [_family(number) for number in range(families)]}))


def _session(number: int, capacity: int) -> str:
    """Public, in a week, for children of 3 to 6 years."""
    from django.db import transaction

    from kit import clock
    from networks.models import Area
    from programmes.planning.choices import PlaceKind
    from programmes.planning.models import Activity, Programme
    from programmes.planning.rules.places import Where
    from programmes.planning.steps.sessions import SessionPlan, make_sessions, publish_sessions
    from programmes.signup.models import Terms

    now = clock.now()
    begins = now + timedelta(days=7, hours=number)
    with transaction.atomic():
        activity = Activity.objects.create(
            programme=Programme.objects.filter(season__year=begins.year).order_by("pk")[0],
            title=f"夏令营 {number + 1} {now:%H%M%S}",
            from_months=36,
            to_months=83,
            capacity=capacity,
        )
        Terms.objects.create(activity=activity)
        where = Where(PlaceKind.STREAM, Area.objects.get(parent=None))
        (session,) = make_sessions([SessionPlan(activity, begins, where)], by=None, at=now)
        publish_sessions([session], by=None, at=now)
    return str(session.code)


def _family(number: int) -> dict[str, str]:
    """Its session's cookie, and the codes that its sheet would send."""
    from allauth.usersessions.models import UserSession
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.db import transaction

    from config.sessions import SessionStore
    from kit import clock
    from networks.models.scoping import current_network
    from people.choices import ConsentAnswer, MemberRole
    from people.models import Child, Household, Member, Person
    from people.registers import CHILD_DATA
    from people.steps.consents import answer

    now, home_zone = clock.now(), current_network().zone
    today = clock.today(home_zone)
    with transaction.atomic():
        # She has looked at the page before: the first visit of a day writes that down.
        mother = Person.objects.create(name=f"王芳{number}", seen_on=clock.today(home_zone))
        home = Household.objects.create(made_at=now)
        Member.objects.create(household=home, person=mother, role=MemberRole.GUARDIAN, joined_at=now)
        born = date(today.year - 5, today.month, 1)
        child = Child.objects.create(household=home, name="小雨", birth_month=born, added_by=mother, added_at=now)
        answer(
            household=home,
            purpose=CHILD_DATA,
            answer=ConsentAnswer.GIVEN,
            by=mother,
            as_role=MemberRole.GUARDIAN,
            at=now,
            child=child,
        )
        kept = SessionStore()
        kept[SESSION_KEY] = str(mother.pk)
        kept[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        kept[HASH_SESSION_KEY] = mother.get_session_auth_hash()
        kept.create()
        UserSession.objects.create(user=mother, session_key=kept.session_key, ip="127.0.0.1")
    return {
        "session_cookie": f"{settings.SESSION_COOKIE_NAME}={kept.session_key}",
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "household": home.code,
        "child": child.code,
        "key": str(uuid4()),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), [int(one) for one in sys.argv[2:]])
