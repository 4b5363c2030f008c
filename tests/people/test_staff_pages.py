"""What a library changes about itself, and how the operator opens a city."""

import pytest

from networks.models import CheckFile, JournalLine, Network, OpeningStep, PrivacyText, inside
from people.choices import Role
from people.models import Grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(nanjing_cast):
    return nanjing_cast.client("admin")


def settings_form(network: Network, **change: object) -> dict[str, object]:
    names = ["name", "library_name", "tagline", "brand_hue", "contact", "address", "icp_number", "police_number"]
    return {**{name: getattr(network, name) for name in names}, **change}


def test_the_library_changes_what_it_says_of_itself(admin, nanjing):
    answer = admin.post("/plan/settings/", settings_form(nanjing, icp_number="苏ICP备1号"))
    assert answer.status_code == 302
    assert "苏ICP备1号" in admin.get("/privacy/none/").content.decode()
    with inside(nanjing):
        line = JournalLine.objects.latest("pk")
    assert (line.verb, line.changed) == ("networks.changed", ["icp_number"])


def test_nonsense_is_shown_at_its_field_and_nothing_is_written(admin, nanjing):
    answer = admin.post("/plan/settings/", settings_form(nanjing, brand_hue=999, name="别的"))
    assert answer.status_code == 422
    nanjing.refresh_from_db()
    assert nanjing.name == "阅美四季"


def test_a_privacy_text_goes_from_draft_to_force_and_the_old_one_stays(admin, nanjing):
    assert admin.get("/privacy/terms/").status_code == 404
    assert admin.post("/plan/settings/privacy/terms/publish/").status_code == 302
    admin.get("/plan/settings/")  # the toast is shown once
    first = admin.get("/privacy/terms/").content.decode()
    assert "第 1 版" in first
    typed = {"body": "# 新的一节\n内容变了", "responsible": "钱多多", "contact": "025-1"}
    assert admin.post("/plan/settings/privacy/terms/", typed).status_code == 302
    admin.get("/plan/settings/")
    assert "内容变了" in admin.get("/plan/settings/privacy/terms/draft/").content.decode()
    assert admin.get("/privacy/terms/").content.decode() == first
    admin.post("/plan/settings/privacy/terms/publish/")
    newest, old = (admin.get(path).content.decode() for path in ("/privacy/terms/", "/privacy/terms/1/"))
    assert "内容变了" in newest
    assert "钱多多" in newest
    assert "内容变了" not in old
    assert "/privacy/terms/" in old
    with inside(nanjing):
        assert PrivacyText.objects.filter(kind="terms").count() == 2


def test_a_text_that_names_nobody_is_refused(admin):
    typed = {"body": "x", "responsible": "", "contact": "025-1"}
    assert admin.post("/plan/settings/privacy/terms/", typed).status_code == 422


@pytest.mark.parametrize("path", ["nonsense/", "nonsense/draft/"])
def test_an_unknown_text_is_not_there(admin, path):
    assert admin.get(f"/plan/settings/privacy/{path}").status_code == 404


def test_check_files_are_served_at_the_root_of_their_own_host(admin, nanjing, shenzhen_cast):
    typed = {"file-name": "MP_verify_a1.txt", "file-content": "a1"}
    assert admin.post("/plan/settings/check-files/", typed).status_code == 302
    answer = admin.get("/MP_verify_a1.txt")
    assert (answer.content, answer["Content-Type"]) == (b"a1", "text/plain; charset=utf-8")
    assert shenzhen_cast.client().get("/MP_verify_a1.txt").status_code == 404
    admin.post("/plan/settings/check-files/", {"remove": "MP_verify_a1.txt"})
    assert not CheckFile.objects.exists()


@pytest.mark.parametrize("name", ["../x.txt", "x.html", "a b.txt", ""])
def test_a_check_file_with_another_name_is_refused(admin, name):
    answer = admin.post("/plan/settings/check-files/", {"file-name": name, "file-content": "x"})
    assert answer.status_code == 422
    assert not CheckFile.objects.exists()


OPENING = {
    "library_name": "苏州图书馆",
    "name": "书香姑苏",
    "city": "苏州市",
    "code": "suzhou",
    "hosts": "suzhou.test",
    "districts": "姑苏区\n虎丘区\n*工业园区",
    "administrators": "陆羽",
    "phone": "138 0013 9000",
    "responsible": "陆羽",
    "responsible_contact": "privacy@suzhou.test",
}


@pytest.fixture
def desk(operator_cast):
    return operator_cast.client("operator")


def test_the_operator_opens_a_city_and_its_administrator_can_go_on(desk):
    answer = desk.post("/plan/operator/open/", OPENING)
    assert answer.status_code == 302
    suzhou = Network.objects.get(code="suzhou")
    with inside(suzhou):
        grant = Grant.objects.select_related("person", "area").get()
        assert (grant.role, grant.person.name, grant.area.name) == (Role.NETWORK_ADMIN, "陆羽", "苏州市")
        assert grant.person.phone == "+8613800139000"
        assert JournalLine.objects.get(verb="networks.opened").actor_id is not None
    page = desk.get("/plan/operator/suzhou/").content.decode()
    assert "suzhou.test" in page


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"hosts": "operator.test"}, "operator.test"),
        ({"phone": "12345"}, "11"),
        ({"code": "SU ZHOU"}, "id_code"),
        ({"hosts": "not a host"}, "id_hosts"),
    ],
)
def test_what_cannot_be_opened_says_why_and_leaves_nothing(desk, change, word):
    answer = desk.post("/plan/operator/open/", OPENING | change)
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert not Network.objects.filter(code="suzhou").exists()


def opening_form(network: Network, **change: str) -> dict[str, str]:
    steps = OpeningStep.objects.filter(network=network)
    return {f"{step.key}-{name}": getattr(step, name) for step in steps for name in ("state", "owner", "note")} | change


def test_lines_of_the_opening_list_are_set(desk, nanjing):
    change = {"icp-state": "done", "icp-owner": "许文静", "icp-note": "5 月已备案"}
    answer = desk.post("/plan/operator/nanjing/", opening_form(nanjing, **change))
    assert answer["Location"] == "/plan/operator/nanjing/"
    line = OpeningStep.objects.get(network=nanjing, key="icp")
    assert (line.state, line.owner, line.note) == ("done", "许文静", "5 月已备案")
    with inside(nanjing):
        noted = JournalLine.objects.filter(verb="networks.opening_step_set")
        assert [line.changed for line in noted] == [["note", "owner", "state"]]


def test_an_unknown_state_is_refused_and_nothing_is_written(desk, nanjing):
    change = {"icp-state": "perhaps", "sms-state": "done"}
    assert desk.post("/plan/operator/nanjing/", opening_form(nanjing, **change)).status_code == 422
    assert set(OpeningStep.objects.filter(network=nanjing).values_list("state", flat=True)) == {"open"}


def test_the_operator_s_own_home_is_not_in_the_list(desk, operator):
    assert desk.get("/plan/operator/operator/").status_code == 404


@pytest.mark.parametrize("how_many", [1, 4])
def test_the_list_of_cities_costs_the_same_for_many(desk, how_many, django_assert_num_queries):
    for number in range(how_many):
        Network.objects.create(code=f"city{number}", name="城", library_name="馆")
    desk.get("/plan/operator/")
    with django_assert_num_queries(10):
        desk.get("/plan/operator/")


def test_a_short_name_that_is_taken_is_refused_by_the_form(desk, nanjing):
    answer = desk.post("/plan/operator/open/", OPENING | {"code": "nanjing"})
    assert answer.status_code == 422
    assert "金陵图书馆" in answer.content.decode()
    assert not Network.objects.filter(library_name="苏州图书馆").exists()


def test_what_is_refused_does_not_show_in_the_frame(admin, nanjing):
    answer = admin.post("/plan/settings/", settings_form(nanjing, brand_hue=999, library_name="胡来"))
    assert "胡来</" not in answer.content.decode().split("<main")[0]


@pytest.mark.parametrize("name", ["robots.txt", "Security.txt"])
def test_files_that_speak_to_machines_are_not_check_files(admin, name):
    answer = admin.post("/plan/settings/check-files/", {"file-name": name, "file-content": "x"})
    assert answer.status_code == 422
    assert not CheckFile.objects.exists()
