"""The ticket's page turns by itself."""

from datetime import timedelta

import pytest
from django.test import Client

from kit import clock
from networks.models import inside
from people.models import Child
from programmes.signup.models import Terms
from tests.browsers import browser
from tests.door.doors import scanned
from tests.door.here.scenes import HOST, OF_ANY_PAGE, at_venue, there, told
from tests.planning import plans
from tests.signup.signing import another

pytestmark = pytest.mark.django_db


def test_an_open_ticket_hears_that_its_party_is_in_by_one_statement(nanjing, party, keeper, django_assert_num_queries):
    session, row = party
    client, address = Client(HTTP_HOST=HOST), f"/t/{row.ticket}/here/"
    assert f'data-ask="{address}"' in told(client.get(f"/t/{row.ticket}/"))
    assert client.get(address).status_code == 204
    with django_assert_num_queries(1 + OF_ANY_PAGE):
        client.get(address)
    scanned(nanjing, session, row, keeper)
    answer = client.get(address)
    assert (answer.status_code, "您已签到" in told(answer), "小雨" in told(answer)) == (200, True, False)
    assert client.get(f"/t/{'0' * 16}/here/").status_code == 404


def test_a_ticket_says_what_comes_next_and_tells_no_ages(nanjing, party, mother, home, keeper):
    """To whoever has its address what is for the ages of that session; to the family what is for its children."""
    session, row = party
    with inside(nanjing):
        for title, months in (("给四岁", (36, 83)), ("给十岁", (108, 140)), ("给小雨", (60, 95))):
            activity = another_activity(session, title, *months)
            at_venue(nanjing, another(nanjing, activity, later=timedelta(days=6)))
    scanned(nanjing, session, row, keeper)
    with inside(nanjing):
        Child.objects.filter(household=home).update(
            birth_month=(clock.now() - timedelta(days=365 * 9.6)).date().replace(day=1)
        )
    anybody, family_page = (
        told(client.get(f"/t/{row.ticket}/")) for client in (Client(HTTP_HOST=HOST), browser(mother))
    )
    shown = [[title in page for title in ("给四岁", "给十岁", "给小雨")] for page in (anybody, family_page)]
    assert shown == [[True, False, True], [False, True, False]]


def another_activity(session, title, first, last):
    activity = plans.activity(title, from_months=first, to_months=last, programme=session.activity.programme)
    Terms.objects.create(activity=activity)
    return activity


def test_a_ticket_leads_to_self_check_in_where_one_is(nanjing, party, screen):
    _session, row = party
    address = f"/t/{row.ticket}/"
    assert "我们到了，去签到" not in told(Client(HTTP_HOST=HOST).get(address))
    assert "我们到了，去签到" in told(there(None, nanjing, screen).get(address))
