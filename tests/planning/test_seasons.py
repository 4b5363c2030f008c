"""Seasons: phases in their order, the page of the year, and the dates that others begin with."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kit import clock
from kit.refusals import Refused
from networks.models import JournalLine, inside
from programmes.planning.choices import PhaseKind
from programmes.planning.commands import seasons as commands
from programmes.planning.models import Phase, Season
from programmes.planning.queries.season_page import page_of
from programmes.planning.queries.seasons import current_season, default_dates, phase_on, programmes_of
from programmes.planning.rules.seasons import Stretch, against_phases, offered_phases
from programmes.planning.rules.year_picture import WIDTH, Span, picture
from tests.planning import plans

LIST = "/plan/seasons/"


def said(**values):
    found = {"year": "2027", "theme": "向美而读", "starts_on": "2027-01-01", "ends_on": "2027-12-31"}
    for phase in offered_phases(2027):
        found[f"{phase.kind}_starts_on"], found[f"{phase.kind}_ends_on"] = str(phase.first), str(phase.last)
    return found | values


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


@pytest.mark.django_db
class TestPages:
    def test_open_a_season(self, planner, nanjing):
        offered = planner.get(f"{LIST}add/?year=2027").context["form"]
        assert offered["winter_starts_on"].value() == date(2026, 12, 1)
        assert offered["autumn_ends_on"].value() == date(2027, 11, 30)
        answer = planner.post(f"{LIST}add/", said(spring_goal="征集作品"))
        assert (answer.status_code, answer["Location"]) == (302, "/plan/seasons/2027/")
        with inside(nanjing):
            phases = Phase.objects.order_by("starts_on").values_list("kind", "starts_on", "ends_on", "goal")
            assert list(phases) == [
                ("winter", date(2026, 12, 1), date(2027, 2, 28), ""),
                ("spring", date(2027, 3, 1), date(2027, 5, 31), "征集作品"),
                ("summer", date(2027, 6, 1), date(2027, 8, 31), ""),
                ("autumn", date(2027, 9, 1), date(2027, 11, 30), ""),
            ]
        assert "向美而读" in planner.get(LIST).content.decode()

    @pytest.mark.parametrize(
        ("values", "fields"),
        [
            ({"year": "1999"}, ["year"]),
            ({"starts_on": "2027-12-31", "ends_on": "2027-01-01"}, ["ends_on"]),
            ({"year": "2030"}, ["starts_on"]),
            ({"spring_starts_on": "2027-02-01"}, ["spring_starts_on"]),
            ({"autumn_ends_on": "2028-01-01"}, ["autumn_starts_on"]),
            ({"winter_starts_on": "2026-01-01"}, ["winter_starts_on"]),
            ({"summer_ends_on": ""}, ["summer_ends_on"]),
            ({"summer_ends_on": "nonsense"}, ["summer_ends_on"]),
        ],
    )
    def test_what_is_refused(self, planner, nanjing, values, fields):
        answer = planner.post(f"{LIST}add/", said(**values))
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == fields
        with inside(nanjing):
            assert not Season.objects.exists()

    def test_a_year_has_one_season(self, planner, nanjing):
        planner.post(f"{LIST}add/", said())
        answer = planner.post(f"{LIST}add/", said())
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["year"])

    def test_two_who_add_the_same_year_at_once(self, nanjing):
        """What the second is told whose look at the years was as early as the first's."""
        values = {
            "year": 2027,
            "theme": "",
            "summary": "",
            "starts_on": date(2027, 1, 1),
            "ends_on": date(2027, 12, 31),
        }
        with inside(nanjing):
            commands._create(values, at=clock.now())
            with pytest.raises(Refused) as no:
                commands._create(values, at=clock.now())
            assert [refusal.code for refusal in no.value.refusals] == ["year_is_taken"]
            assert Season.objects.count() == 1

    def test_change_season_and_phases(self, planner, nanjing):
        planner.post(f"{LIST}add/", said())
        values = said(theme="四季有书", winter_starts_on="", winter_ends_on="", spring_ends_on="2027-05-20")
        assert planner.post(f"{LIST}2027/change/", values).status_code == 302
        with inside(nanjing):
            assert list(Phase.objects.order_by("starts_on").values_list("kind", "ends_on"))[:2] == [
                ("spring", date(2027, 5, 20)),
                ("summer", date(2027, 8, 31)),
            ]
            assert Season.objects.get().theme == "四季有书"
            assert JournalLine.objects.get(verb="planning.season_changed").changed == ["phases", "theme"]
        planner.post(f"{LIST}2027/change/", values)
        with inside(nanjing):
            assert JournalLine.objects.filter(verb="planning.season_changed").count() == 1

    def test_it_does_not_shrink_past_its_programmes(self, planner, nanjing):
        with inside(nanjing):
            plans.programme("读者节", starts_on=date(2027, 4, 1), ends_on=date(2027, 12, 20))
        answer = planner.post(f"{LIST}2027/change/", said(ends_on="2027-11-30"))
        assert answer.status_code == 422
        assert "读者节" in answer.content.decode()

    def test_close_and_open_again(self, planner, nanjing):
        soon = clock.now() + timedelta(days=3)
        year = soon.year
        with inside(nanjing):
            session = plans.session(soon, activity=plans.activity(programme=plans.programme(year=year)))
            session.published_at = clock.now()
            session.save()
        answer = planner.post(f"{LIST}{year}/close/")
        assert [refusal.code for refusal in answer.context["refusals"]] == ["sessions_to_come"]
        with inside(nanjing):
            session.delete()
        assert planner.post(f"{LIST}{year}/close/").status_code == 302
        answer = planner.post(f"{LIST}{year}/change/", said(year=str(year)))
        assert answer.status_code == 422
        assert planner.post(f"{LIST}{year}/again/").status_code == 302
        with inside(nanjing):
            assert Season.objects.get().closed_at is None


@pytest.mark.django_db
class TestTheYear:
    def test_what_the_page_counts(self, planner, nanjing):
        at = datetime(2027, 4, 10, 10, 0, tzinfo=nanjing.zone)
        with inside(nanjing):
            brand = plans.brand("阅美四季", hue=128)
            festival = plans.programme("读者节", brand=brand, starts_on=date(2027, 4, 1), ends_on=date(2027, 4, 30))
            plans.programme("未定", starts_on=date(2027, 9, 1), ends_on=date(2027, 9, 30))
            activity = plans.activity(programme=festival)
            first, second, third = (plans.session(at + timedelta(days=day), activity=activity) for day in range(3))
            first.published_at = clock.now()
            first.save()
            third.called_off_at, third.call_off_reason = clock.now(), "停电"
            third.save()
            season = festival.season
            lines = [(line.programme.title, line.planned, line.published) for line in programmes_of(season)]
            page = page_of(season, nanjing, today=date(2027, 4, 1))
        assert lines == [("读者节", 2, 1), ("未定", 0, 0)]
        assert [(part.name, part.look.hue, part.planned) for part in page.parts] == [
            ("阅美四季", 128, 2),
            ("", nanjing.brand_hue, 0),
        ]
        assert second.pk is not None
        text = planner.get(f"{LIST}2027/").content.decode()
        assert 'style="' not in text
        assert "读者节" in text

    def test_it_costs_the_same(self, planner, nanjing):
        at = datetime(2027, 4, 10, 10, 0, tzinfo=nanjing.zone)
        with inside(nanjing):
            plans.season()
        planner.get(f"{LIST}2027/")
        counts = []
        for many in (1, 4):
            with inside(nanjing):
                for number in range(many):
                    programme = plans.programme(f"项目{many}-{number}", brand=plans.brand(f"品牌{many}-{number}"))
                    plans.session(at, activity=plans.activity(programme=programme))
            with CaptureQueriesContext(connection) as seen:
                planner.get(f"{LIST}2027/")
            counts.append(len(seen))
        assert counts[0] == counts[1]

    def test_default_dates(self, nanjing):
        with inside(nanjing):
            season = plans.season()
            for phase in offered_phases(2027):
                Phase.objects.create(season=season, kind=phase.kind, starts_on=phase.first, ends_on=phase.last)
            days = [
                (date(2026, 12, 5), (date(2027, 1, 1), date(2027, 2, 28))),
                (date(2027, 4, 10), (date(2027, 4, 10), date(2027, 5, 31))),
                (date(2027, 12, 5), (date(2027, 12, 5), date(2027, 12, 31))),
                (date(2028, 2, 1), (date(2027, 1, 1), date(2027, 12, 31))),
            ]
            assert [default_dates(season, today) for today, _wanted in days] == [wanted for _today, wanted in days]
            assert phase_on(season, date(2027, 8, 31)).kind == PhaseKind.SUMMER
            assert phase_on(season, date(2027, 12, 1)) is None

    def test_the_current_season(self, nanjing):
        with inside(nanjing):
            assert current_season(date(2027, 1, 1)) is None
            for year in (2026, 2027, 2028):
                plans.season(year, closed_at=clock.now() if year == 2026 else None)
            found = [current_season(day).year for day in (date(2026, 6, 1), date(2027, 6, 1), date(2029, 1, 1))]
        assert found == [2027, 2027, 2028]


DAYS = st.dates(date(2026, 6, 1), date(2028, 6, 1))


@given(st.dictionaries(st.sampled_from(list(PhaseKind)), st.tuples(DAYS, DAYS)))
def test_phases_that_pass_lie_in_order(wanted):
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    phases = [Stretch(kind, *days) for kind, days in wanted.items()]
    if list(against_phases(phases, first=first, last=last)):
        return
    days = [day for kind in PhaseKind if kind in wanted for day in wanted[kind]]
    assert days == sorted(days)
    assert all(day <= last for day in days)


@given(st.lists(st.tuples(DAYS, st.integers(0, 400), st.text("读书日节周", min_size=1, max_size=9)), max_size=30), DAYS)
def test_the_picture_stays_in_its_frame(lines, today):
    spans = [Span(first, first + timedelta(days=length), label) for first, length, label in lines]
    drawn = picture(
        date(2026, 12, 1),
        date(2027, 12, 31),
        phases=spans,
        off=spans,
        school=spans,
        days=spans,
        programmes=spans,
        today=today,
    )
    bars = [*drawn.months, *drawn.phases, *drawn.off, *drawn.school, *drawn.days, *drawn.programmes]
    assert all(0 <= bar.x <= WIDTH and bar.x + bar.width <= WIDTH + 3 for bar in bars)
    assert all(bar.y + 20 <= drawn.height for bar in bars)
    lanes = {}
    for bar in sorted(drawn.days, key=lambda bar: bar.x):
        lanes.setdefault(bar.y, []).append(bar)
    for row in lanes.values():
        for before, after in pairwise(row):
            if before.anchor == after.anchor == "start":
                assert before.x + len(before.span.label) * 13 <= after.x
