"""The staff's frame: what waits, the search over everything, and the area to work in."""

import pytest

from kit import clock
from networks.models import Area, inside
from people.choices import Role, Verb
from people.models import Device
from people.queries.workplace import area_in_view, paths_in_view

pytestmark = pytest.mark.django_db


@pytest.fixture
def areas(nanjing):
    with inside(nanjing):
        return {area.name: area for area in Area.objects.all()}


def page_of(client, path="/plan/"):
    return client.get(path).content.decode()


class TestWorkplace:
    def test_it_says_what_waits_and_leads_there(self, nanjing_cast, nanjing):
        desk = nanjing_cast.client("district")
        assert "今天没有等您处理的事" in page_of(desk)
        with inside(nanjing):
            Device.objects.create(person=nanjing_cast["keeper"], secret_hash=b"x", label="手机", asked_at=clock.now())
        page = page_of(desk)
        assert ["待确认的馆员手机" in page, "今天没有等您处理的事" in page] == [True, False]
        assert 'href="/plan/devices/"' in page.split('class="waits"')[1].split("</ul>")[0]
        assert "待确认的馆员手机" not in page_of(nanjing_cast.client("other_district"))

    def test_it_names_roles_and_areas(self, nanjing_cast):
        page = page_of(nanjing_cast.client("district"))
        assert [word in page for word in ("周敏", str(Role.DISTRICT_LIBRARIAN.label), "鼓楼区")] == [True, True, True]

    def test_a_keeper_has_a_bar_under_the_thumb_and_a_planner_has_none(self, nanjing_cast):
        assert 'class="bar"' in page_of(nanjing_cast.client("keeper"))
        assert 'class="bar"' not in page_of(nanjing_cast.client("planner"))


class TestSearch:
    def test_it_finds_pages_by_name_for_those_who_may_open_them(self, nanjing_cast):
        assert (
            'href="/plan/settings/"' in page_of(nanjing_cast.client("admin"), "/plan/search/?q=隐私").split("<main")[1]
        )
        page = page_of(nanjing_cast.client("planner"), "/plan/search/?q=隐私").split("<main")[1]
        assert ("没有找到" in page, "/plan/settings/" in page) == (True, False)

    def test_nothing_asked_is_nothing_found(self, nanjing_cast):
        page = page_of(nanjing_cast.client("planner"), "/plan/search/?q=%20").split("<main")[1]
        assert "没有找到" not in page

    @pytest.mark.parametrize("path", ["/plan/search/", "/plan/staff/", "/plan/venues/", "/plan/devices/", "/venues/"])
    def test_a_nul_is_no_letter(self, nanjing_cast, path):
        assert nanjing_cast.client("admin").get(f"{path}?q=%00王%00").status_code == 200

    @pytest.mark.parametrize(("part", "is_told"), [("district", True), ("keeper", False)])
    def test_for_families_it_leads_to_their_page(self, nanjing_cast, part, is_told):
        page = nanjing_cast.client(part).get("/plan/search/?q=张小雨").content.decode()
        assert ('href="/plan/families/">查找家庭' in page) == is_told

    def test_a_reader_has_none(self, nanjing_cast):
        assert nanjing_cast.client("reader").get("/plan/search/?q=a").status_code == 403


class TestArea:
    @pytest.fixture
    def ask(self, rf, nanjing_cast, nanjing):
        def run(part, *, query="", chosen=None):
            request = rf.get(f"/plan/{query}")
            request.user, request.session = nanjing_cast[part], {}
            if chosen:
                request.session["area"] = chosen.pk
            return request

        with inside(nanjing):
            yield run

    def test_nothing_chosen_is_all_that_the_rights_cover(self, ask, areas):
        request = ask("planner")
        assert (area_in_view(request), paths_in_view(request, Verb.PLAN)) == (None, (areas["南京市"].path,))

    def test_the_chosen_area_narrows_and_the_address_wins(self, ask, areas):
        gulou, jiangning = areas["鼓楼区"], areas["江宁区"]
        assert paths_in_view(ask("planner", chosen=gulou), Verb.PLAN) == (gulou.path,)
        both = ask("planner", chosen=gulou, query=f"?area={jiangning.pk}")
        assert (area_in_view(both), paths_in_view(both, Verb.PLAN)) == (jiangning, (jiangning.path,))

    def test_an_area_beyond_the_rights_is_not_there(self, ask, areas):
        request = ask("district", query=f"?area={areas['江宁区'].pk}")
        assert (area_in_view(request), paths_in_view(request, Verb.CLAIM)) == (None, (areas["鼓楼区"].path,))

    def test_an_area_above_the_rights_widens_nothing(self, ask, areas):
        request = ask("district", query=f"?area={areas['南京市'].pk}")
        assert paths_in_view(request, Verb.CLAIM) == (areas["鼓楼区"].path,)
        assert paths_in_view(request, Verb.PLAN) == ()

    @pytest.mark.parametrize("typed", ["x", "-1", "99999999999999999999", "1.5", ""])
    def test_nonsense_is_no_area(self, ask, typed):
        assert area_in_view(ask("planner", query=f"?area={typed}")) is None

    def test_it_is_kept_and_leads_back(self, nanjing_cast, areas):
        desk = nanjing_cast.client("planner")
        answer = desk.post("/plan/area/", {"area": areas["鼓楼区"].pk, "next": "/plan/jobs/"})
        assert (answer.status_code, answer["Location"]) == (302, "/plan/jobs/")
        assert '<span class="staff-area-name">鼓楼区</span>' in page_of(desk)
        desk.post("/plan/area/", {"area": "", "next": "https://evil.example/"})
        assert '<span class="staff-area-name">南京市</span>' in page_of(desk)

    def test_somebody_elses_area_is_not_kept(self, nanjing_cast, shenzhen_cast):
        with inside(shenzhen_cast.network):
            futian = Area.objects.get(name="福田区")
        desk = nanjing_cast.client("planner")
        assert desk.post("/plan/area/", {"area": futian.pk, "next": "//evil.example"})["Location"] == "/plan/"
        with inside(nanjing_cast.network):
            assert "area" not in desk.session

    def test_one_area_needs_no_switch(self, nanjing_cast):
        assert "staff-area-name" not in page_of(nanjing_cast.client("district"))


def test_the_help_lists_the_pages_of_ones_roles(nanjing_cast):
    assert str(Role.NETWORK_ADMIN.label) in page_of(nanjing_cast.client("admin"), "/plan/help/")
    assert nanjing_cast.client("reader").get("/plan/help/").status_code == 403
