"""How tests read the lists and pages of sessions."""

import re
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.test import Client

from programmes.planning.models import Session
from programmes.planning.steps.sessions import publish_sessions

# A Wednesday, 10 o'clock in Nanjing.
WEDNESDAY = datetime(2027, 5, 12, 2, 0, tzinfo=UTC)
SATURDAY = WEDNESDAY + timedelta(days=3)
HOST = "nanjing.test"
TITLE = re.compile(r'<h3 class="session-title"><a href="/events/([\w-]+)/">([^<]+)</a>')


def page(path, client=None, status=200):
    answer = (client or Client(HTTP_HOST=HOST)).get(path)
    assert answer.status_code == status
    return answer.content.decode()


# All that is to come; without it an address of nothing shows the week.
COMING = "?when=coming"


def listed(query=COMING, path="/events/"):
    """Without what is offered in place of nothing."""
    found = page(f"{path}{query}").partition('<section class="wider"')[0]
    return [title for _code, title in TITLE.findall(found)]


def public(*sessions):
    with transaction.atomic():
        publish_sessions(sessions, by=None, at=WEDNESDAY)
    return Session.objects.get(pk=sessions[0].pk)
