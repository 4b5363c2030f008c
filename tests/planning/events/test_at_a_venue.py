"""What is on, on a venue's own page."""

from datetime import timedelta

import pytest

from networks.models import inside
from tests.planning import plans
from tests.planning.events.reading import HOST, SATURDAY, TITLE, page, public

pytestmark = pytest.mark.django_db


class TestAtAVenue:
    def test_its_page_says_what_is_on(self, city):
        venue = city["gulou"].venue
        shown = page(f"/venues/{venue.slug}/")
        assert [title for _code, title in TITLE.findall(shown)] == ["下午的小种子", "小种子"]
        assert f'href="/events/?venue={venue.slug}"' in shown
        assert f'href="webcal://{HOST}/venues/{venue.slug}/events.ics"' in shown

    def test_as_many_statements_for_one_as_for_four(self, city, django_assert_num_queries):
        venue = city["gulou"].venue
        page(f"/venues/{venue.slug}/")
        for more in (0, 3):
            for number in range(more):
                when = SATURDAY + timedelta(days=number + 1)
                public(plans.session(when, activity=city["seed"], room=city["gulou"]))
            with django_assert_num_queries(16):
                page(f"/venues/{venue.slug}/")

    def test_where_nothing_is_on_nothing_is_said(self, nanjing):
        with inside(nanjing):
            venue = plans.room().venue
        assert "这里的活动" not in page(f"/venues/{venue.slug}/")
