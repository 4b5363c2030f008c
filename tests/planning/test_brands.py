"""The tree of brands: looks go down, positions change, and what is in use is not set aside."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from networks.models import inside
from programmes.planning.models import Brand
from programmes.planning.queries.brands import looks, tree
from programmes.planning.rules.brands import against_place, depth_of, looks_of
from tests.planning import plans

LIST = "/plan/brands/"


def said(**values):
    return {"name": "小馆长", "parent": "", "colour": "inherited", "mark": "", **values}


def names(nanjing):
    return [(line.depth, line.brand.name) for line in tree(nanjing)]


@pytest.fixture
def planner(nanjing_cast):
    return nanjing_cast.client("planner")


@pytest.mark.django_db
class TestPages:
    def test_a_brand_with_sub_brands(self, planner, nanjing):
        assert planner.post(f"{LIST}add/", said(name="阅美四季", colour="15", mark="plum")).status_code == 302
        with inside(nanjing):
            top = Brand.objects.get(name="阅美四季")
        planner.post(f"{LIST}add/", said(name="绘本故事会", parent=str(top.pk), colour="own", hue="77"))
        planner.post(f"{LIST}add/", said(name="读者节", parent=str(top.pk)))
        with inside(nanjing):
            known = {Brand.objects.get(pk=key).name: look for key, look in looks(nanjing).items()}
            assert names(nanjing) == [(0, "阅美四季"), (1, "绘本故事会"), (1, "读者节")]
        assert [(known[name].hue, known[name].mark) for name in ("阅美四季", "绘本故事会", "读者节")] == [
            (15, "plum"),
            (77, "plum"),
            (15, "plum"),
        ]
        page = planner.get(LIST).content.decode()
        assert page.count("mark-winter") == 3
        assert "colour as the brand above" not in page

    def test_order(self, planner, nanjing):
        with inside(nanjing):
            first, second = plans.brand("甲", place=1), plans.brand("乙", place=2)
        planner.post(f"{LIST}{second.pk}/move/", {"way": "up"})
        with inside(nanjing):
            assert names(nanjing) == [(0, "乙"), (0, "甲")]
        planner.post(f"{LIST}{second.pk}/move/", {"way": "down"})
        planner.post(f"{LIST}{second.pk}/move/", {"way": "down"})
        with inside(nanjing):
            assert names(nanjing) == [(0, "甲"), (0, "乙")]
        assert first.pk != second.pk

    def test_what_is_refused(self, planner, nanjing):
        with inside(nanjing):
            top = plans.brand("一")
            middle = plans.brand("二", parent=top)
            low = plans.brand("三", parent=middle)
        for address, values, field in (
            ("add/", said(name="一"), "name"),
            ("add/", said(name="四", parent=str(low.pk)), "parent"),
            (f"{top.pk}/", said(name="一", parent=str(low.pk)), "parent"),
            ("add/", said(name="五", colour="own"), "hue"),
            ("add/", said(name="五", colour="own", hue="400"), "hue"),
        ):
            answer = planner.post(f"{LIST}{address}", values)
            assert answer.status_code == 422
            assert list(answer.context["form"].errors) == [field]
        with inside(nanjing):
            assert names(nanjing) == [(0, "一"), (1, "二"), (2, "三")]

    def test_one_in_use_stays(self, planner, nanjing):
        with inside(nanjing):
            top = plans.brand("阅美四季")
            below = plans.brand("读者节", parent=top)
            programme = plans.programme("2027 读者节", brand=below)
        answer = planner.post(reverse("planning:brand-close", args=[below.pk]))
        assert answer.status_code == 422
        assert [refusal.code for refusal in answer.context["refusals"]] == ["programmes_use_it"]
        assert "2027 读者节" in answer.content.decode()
        with inside(nanjing):
            programme.season.closed_at = programme.season.made_at
            programme.season.save()
        answer = planner.post(reverse("planning:brand-close", args=[top.pk]))
        assert [refusal.code for refusal in answer.context["refusals"]] == ["brands_stand_below"]
        assert planner.post(reverse("planning:brand-close", args=[below.pk])).status_code == 302
        assert planner.post(reverse("planning:brand-close", args=[top.pk])).status_code == 302
        answer = planner.post(reverse("planning:brand-reopen", args=[below.pk]))
        assert [refusal.code for refusal in answer.context["refusals"]] == ["parent_is_closed"]
        assert planner.post(reverse("planning:brand-reopen", args=[top.pk])).status_code == 302
        with inside(nanjing):
            assert set(Brand.objects.filter(closed_at=None).values_list("name", flat=True)) == {"阅美四季"}

    def test_the_list_costs_the_same(self, planner, nanjing):
        planner.get(LIST)
        counts = []
        for names_ in (("甲",), ("乙", "丙", "丁")):
            with inside(nanjing):
                for name in names_:
                    plans.brand(name)
            with CaptureQueriesContext(connection) as seen:
                planner.get(LIST)
            counts.append(len(seen))
        assert counts[0] == counts[1]


@st.composite
def trees(draw):
    """Parents that come before their children."""
    count = draw(st.integers(min_value=1, max_value=8))
    return {key: draw(st.sampled_from([None, *range(key)])) for key in range(count)}


@given(trees(), st.data())
def test_no_place_makes_a_circle_or_a_fourth_level(parents, data):
    brand = data.draw(st.sampled_from([None, *parents]))
    parent = data.draw(st.sampled_from([None, *parents]))
    shallow = all(depth_of(key, parents) <= 3 for key in parents)
    if list(against_place(brand, parent, parents, closed=frozenset())) or not shallow:
        return
    after = {**parents, (len(parents) if brand is None else brand): parent}
    assert max(depth_of(key, after) for key in after) <= 3


@given(trees(), st.integers(min_value=0, max_value=359))
def test_a_look_comes_from_the_nearest_above(parents, hue):
    lines = {key: (parent, key * 7 if key % 3 == 0 else None, "") for key, parent in parents.items()}
    known = looks_of(lines, hue=hue)
    for key, (parent, own, _mark) in lines.items():
        wanted = own if own is not None else known[parent].hue if parent is not None else hue
        assert (known[key].hue, known[key].is_own_hue) == (wanted, own is not None)
