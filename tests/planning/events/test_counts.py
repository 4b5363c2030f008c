"""Beside each choice stands how many sessions it leaves: whoever takes it finds as many."""

import re
from datetime import timedelta

import pytest

from networks.models import Area
from programmes.planning.choices import Audience, Mode, StatisticClass
from programmes.planning.models import Brand
from tests.planning import plans
from tests.planning.events.reading import SATURDAY, WEDNESDAY, page, public

pytestmark = pytest.mark.django_db

PILL = re.compile(
    r'<a class="pill" id="pill-([^"]+)" href="([^"]+)"( aria-current="true")?[^>]*>.*?'
    r'<span class="pill-count numbers">(\d+)</span></a>',
    re.DOTALL,
)
TILE = re.compile(
    r'<a href="([^"]+)"( aria-current="true")?><span class="tile-name">[^<]+</span><span class="tile-count numbers">(\d+)'
)
FOUND = re.compile(r'class="finder-count">[^<]*<b class="numbers">(\d+)</b>')


def number(path):
    (found,) = FOUND.findall(page(path))
    return int(found)


def beside(path):
    """Each choice that is not taken yet: its address and its number. One that is taken counts what is shown."""
    shown = page(path)
    pills = [(href, is_on, count) for _key, href, is_on, count in PILL.findall(shown)]
    choices = [*pills, *TILE.findall(shown)]
    assert {int(count) for _href, is_on, count in choices if is_on} <= {number(path)}
    return {href.replace("&amp;", "&"): int(count) for href, is_on, count in choices if not is_on}


@pytest.fixture
def many(city):
    """Sessions that differ in all that a list is narrowed by."""
    rooms = [city["gulou"], plans.room("声屋", venue="玄武书房", district="玄武区")]
    rooms[1].venue.step_free = True
    rooms[1].venue.save()
    talks = plans.programme("夜谈", brand=plans.brand("夜声", hue=30))
    kinds = [
        {"audiences": [Audience.ADULTS], "from_months": None, "to_months": None, "mode": Mode.BOTH},
        {"audiences": [Audience.CHILDREN, Audience.FAMILIES], "from_months": 24, "to_months": None, "mode": Mode.LIVE},
        {"audiences": [], "from_months": None, "to_months": 71, "statistic_class": StatisticClass.EXHIBITION},
        {
            "audiences": [Audience.TEENS],
            "from_months": 144,
            "to_months": 215,
            "statistic_class": StatisticClass.TRAINING,
        },
    ]
    rows = []
    for place, kind in enumerate(kinds):
        activity = plans.activity(f"夜谈{place}", programme=talks if place % 2 else city["seed"].programme, **kind)
        start = WEDNESDAY + timedelta(hours=3 + place)
        rows += [
            plans.session(start + timedelta(days=place), activity=activity, room=rooms[place % 2]),
            plans.session(start + timedelta(days=7), activity=activity, room=rooms[1], mode=Mode.ON_SITE),
            plans.session(start + timedelta(days=4), activity=activity, from_months=60, to_months=83),
            plans.session(start - timedelta(days=20), activity=activity, ends_at=start + timedelta(days=place)),
            plans.session(start - timedelta(days=30), activity=activity, room=rooms[0]),
        ]
    public(*rows)
    return city


@pytest.mark.parametrize(
    "query",
    [
        "/events/?when=coming",
        "/events/?when=weekend",
        "/events/?day=2027-05-12&age=5",
        "/events/?month=2027-05&audience=families&mode=live",
        "/events/?district={xuanwu}&class=exhibition",
        "/events/?district=city&age=30",
        "/events/?with=step_free&brand={spring}",
        "/events/?q=夜谈&age=3&when=week",
        "/events/?venue={venue}&mode=on_site",
        "/events/week/?day=2027-05-15",
        "/events/week/?day=2027-05-12&audience=children",
        "/events/month/?m=2027-05&age=4",
        "/events/past/?month=2027-04&with=step_free",
    ],
)
def test_whoever_takes_a_choice_finds_as_many_as_stood_beside_it(many, query):
    xuanwu, spring = Area.objects.get(name="玄武区").pk, Brand.objects.get(name="春声").pk
    path = query.format(xuanwu=xuanwu, spring=spring, venue=many["gulou"].venue.slug)
    choices = beside(path)
    assert len(choices) > 30
    assert {href: number(href) for href in choices} == choices


def test_filters_cost_no_statement_more_for_more_choices(home, django_assert_num_queries):
    room = plans.room()
    public(plans.session(SATURDAY, activity=plans.activity(), room=room))
    queries = ("?when=week&age=4", "?day=2027-05-15&class=other&mode=on_site", "?with=step_free&free=yes")
    page("/events/?when=week")
    for more in (0, 4):
        for place in range(more):
            activity = plans.activity(
                f"第{place}回", programme=plans.programme(f"读{place}", brand=plans.brand(f"牌{place}"))
            )
            public(plans.session(SATURDAY, activity=activity, room=plans.room(venue=f"书房{place}")))
        for query in queries[:2]:
            with django_assert_num_queries(11):
                page(f"/events/{query}")
