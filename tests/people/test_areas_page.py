"""Areas and rules, by their pages."""

import pytest
from django.db import transaction

from networks.choices import AreaKind
from networks.commands.areas import add_area
from networks.models import Area, JournalLine, Network, inside
from networks.registers import network_rules
from networks.steps.areas import make_leaf
from people.choices import Role
from tests.browsers import browser, staff
from tests.docs.reading import ROOT, bare, table_rows

pytestmark = pytest.mark.django_db


def area(network, name: str) -> Area:
    with inside(network):
        return Area.objects.select_related("parent").get(name=name)


@pytest.fixture
def admin(nanjing):
    return browser(staff(nanjing, "13900000081", Role.NETWORK_ADMIN, name="许文静"))


@pytest.fixture
def librarian(nanjing):
    return browser(staff(nanjing, "13900000082", Role.DISTRICT_LIBRARIAN, area="鼓楼区", name="周敏"))


def test_a_district_adds_its_own_streets_and_nothing_else(nanjing, librarian):
    drum, other, root = (area(nanjing, name).pk for name in ("鼓楼区", "江宁区", "南京市"))
    street = {"name": "湖南路街道", "kind": "street", "code": ""}
    assert librarian.post(f"/plan/areas/{drum}/add/", street).status_code == 302
    assert librarian.post(f"/plan/areas/{other}/add/", street).status_code == 404
    assert librarian.post(f"/plan/areas/{root}/add/", street).status_code == 404
    made = area(nanjing, "湖南路街道").pk
    assert librarian.post(f"/plan/areas/{made}/", {"name": "湖南路", "code": "", "place": "1"}).status_code == 302
    assert librarian.post(f"/plan/areas/{drum}/", {"name": "鼓楼", "code": "", "place": "1"}).status_code == 403
    assert librarian.post(f"/plan/areas/{drum}/state/", {"state": "close"}).status_code == 403
    assert librarian.get("/plan/areas/map/").status_code == 403
    page = librarian.get("/plan/areas/").content.decode()
    assert ("湖南路" in page, "江宁区" in page) == (True, False)


def test_an_area_with_roles_stays_open_and_says_why(nanjing, admin, librarian):
    place = area(nanjing, "鼓楼区").pk
    answer = admin.post(f"/plan/areas/{place}/state/", {"state": "close"})
    assert (answer.status_code, answer["Location"]) == (302, f"/plan/areas/{place}/?closing=1#closing")
    page = admin.get(f"/plan/areas/{place}/?closing=1").content.decode()
    assert ("1 人在这里任职" in page, f'href="/plan/staff/?area={place}"' in page) == (True, True)
    assert ("确认停用" in page, area(nanjing, "鼓楼区").closed_at) == (False, None)
    empty = area(nanjing, "江宁区").pk
    asked = [admin.get(f"/plan/areas/{empty}/{query}").content.decode() for query in ("", "?closing=1")]
    assert ["确认停用" in page for page in asked] == [False, True]
    assert admin.post(f"/plan/areas/{empty}/state/", {"state": "close"}).status_code == 302
    assert area(nanjing, "江宁区").closed_at is not None
    assert admin.post(f"/plan/areas/{empty}/state/", {"state": "open"}).status_code == 302
    assert area(nanjing, "江宁区").closed_at is None
    assert admin.post(f"/plan/areas/{empty}/state/", {"state": "dance"}).status_code == 404


def test_a_street_is_moved_with_the_role_that_hangs_on_it(nanjing, admin):
    with inside(nanjing):
        street = add_area(name="湖南路街道", kind=AreaKind.STREET, parent=area(nanjing, "鼓楼区"), code="", by=1)
    keeper = browser(staff(nanjing, "13900000083", Role.KEEPER, area="湖南路街道", name="陈静"))
    target = area(nanjing, "江宁区")
    assert admin.post(f"/plan/areas/{street.pk}/move/", {"parent": str(target.pk)}).status_code == 302
    assert area(nanjing, "湖南路街道").path == f"{target.path}{street.pk}/"
    assert keeper.get("/plan/").status_code == 200
    answer = admin.post(f"/plan/areas/{target.pk}/move/", {"parent": str(street.pk)})
    assert answer.status_code == 422


def test_a_venue_is_no_area_of_this_page(nanjing, admin):
    with inside(nanjing), transaction.atomic():
        leaf = make_leaf(name="清凉门阅读空间", parent=Area.objects.get(name="鼓楼区"))
    assert admin.get(f"/plan/areas/{leaf.pk}/").status_code == 404
    assert "1 个在用馆点" in admin.get("/plan/areas/").content.decode()


def test_the_map_is_drawn_whole_or_not_at_all(nanjing, admin):
    one, two = area(nanjing, "鼓楼区"), area(nanjing, "江宁区")
    wrong = {f"{place.pk}-{side}": "2" for place in (one, two) for side in ("column", "row")}
    answer = admin.post("/plan/areas/map/", wrong)
    assert (answer.status_code, "同一位置：3-3" in answer.content.decode()) == (422, True)
    assert area(nanjing, "鼓楼区").tile_column is None
    half = {f"{one.pk}-column": "1"}
    assert admin.post("/plan/areas/map/", half).status_code == 422
    right = wrong | {f"{two.pk}-row": "3"}
    assert admin.post("/plan/areas/map/", right).status_code == 302
    places = [(area(nanjing, name).tile_column, area(nanjing, name).tile_row) for name in ("鼓楼区", "江宁区")]
    assert places == [(2, 2), (2, 3)]


def test_the_tree_costs_the_same_for_many(nanjing, admin, django_assert_num_queries):
    admin.get("/plan/areas/")
    with django_assert_num_queries(9):
        admin.get("/plan/areas/")
    with inside(nanjing):
        for number in range(4):
            add_area(name=f"街道{number}", kind=AreaKind.STREET, parent=area(nanjing, "鼓楼区"), code="", by=1)
    with django_assert_num_queries(9):
        admin.get("/plan/areas/")


# --- Rules ---------------------------------------------------------------------------------


def form_of(client) -> dict[str, str]:
    """As a browser would send it back."""
    form = client.get("/plan/settings/rules/").context["form"]
    typed = {}
    for name, field in form.fields.items():
        value = field.prepare_value(form.get_initial_for_field(field, name))
        if value is True:
            typed[name] = "on"
        elif value is not False:
            typed[name] = str(value)
    return typed


def test_every_rule_has_a_field_and_a_row_in_the_docs():
    rows = table_rows((ROOT / "docs/reference/network-rules.md").read_text(encoding="utf-8"))
    assert {bare(row[0]) for row in rows} == set(network_rules.entries)


def test_a_rule_is_changed_kept_and_put_back(nanjing, admin):
    form = form_of(admin)
    answer = admin.post("/plan/settings/rules/", form | {"silent_days": "90", "foreign_phones": "on"})
    assert answer.status_code == 302
    assert Network.objects.get(pk=nanjing.pk).rules == {"silent_days": 90, "foreign_phones": True}
    with inside(nanjing):
        line = JournalLine.objects.get(verb="networks.rules_changed")
    assert line.values == {"silent_days": [180, 90], "foreign_phones": [False, True]}
    admin.post("/plan/settings/rules/", form)
    assert Network.objects.get(pk=nanjing.pk).rules == {}


@pytest.mark.parametrize("change", [{"silent_days": "1"}, {"sms_a_day": "viel"}, {"sms_templates": "nonsense"}])
def test_nonsense_is_refused_at_its_field(nanjing, admin, change):
    form = form_of(admin)
    assert admin.post("/plan/settings/rules/", form | change).status_code == 422
    assert Network.objects.get(pk=nanjing.pk).rules == {}


def test_what_the_operator_set_by_hand_stays(nanjing, admin):
    Network.objects.filter(pk=nanjing.pk).update(rules={"later_rule": 3, "sms_templates": {"a": "SMS_1"}})
    form = form_of(admin)
    assert form["sms_templates"] == "a = SMS_1"
    admin.post("/plan/settings/rules/", form | {"sms_a_day": "9000"})
    assert Network.objects.get(pk=nanjing.pk).rules == {
        "later_rule": 3,
        "sms_templates": {"a": "SMS_1"},
        "sms_a_day": 9000,
    }
