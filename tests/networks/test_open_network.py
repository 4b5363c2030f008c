from dataclasses import replace

import pytest

from kit.refusals import Refused
from networks.commands.open_network import open_network
from networks.models import Area, JournalLine, Network, NetworkHost, OpeningStep, PrivacyText, inside
from networks.rules.opening import OPENING_KEYS
from tests.cast import NANJING, SHENZHEN

pytestmark = pytest.mark.django_db


def everything() -> dict[str, object]:
    network = Network.objects.get(code="nanjing")
    with inside(network):
        return {
            "hosts": list(NetworkHost.objects.order_by("host").values_list("host", "is_primary")),
            "areas": list(Area.objects.order_by("path").values_list("name", "kind", "path")),
            "texts": list(PrivacyText.objects.order_by("kind").values_list("kind", "version", "published_at")),
            "steps": sorted(OpeningStep.objects.filter(network=network).values_list("key", "state")),
            "journal": list(JournalLine.objects.order_by("pk").values_list("verb", flat=True)),
        }


def test_a_network_opens_with_all_it_needs():
    open_network(NANJING)
    made = everything()
    assert made["hosts"] == [("nanjing.test", True)]
    assert [(name, kind) for name, kind, _path in made["areas"]] == [
        ("南京市", "city"),
        ("玄武区", "district"),
        ("鼓楼区", "district"),
        ("江宁区", "district"),
        ("江北新区", "zone"),
    ]
    assert made["texts"] == [("children", 1, None), ("privacy", 1, None), ("terms", 1, None)]
    assert [key for key, _state in made["steps"]] == sorted(OPENING_KEYS)
    assert "networks.opened" in made["journal"]


def test_opening_twice_changes_nothing():
    open_network(NANJING)
    before = everything()
    open_network(NANJING)
    assert everything() == before


def test_opening_again_completes_what_is_missing_and_leaves_what_was_changed():
    network = open_network(replace(NANJING, districts=("玄武区",), zones=()))
    Network.objects.filter(pk=network.pk).update(name="改过的名字")
    open_network(NANJING)
    assert Network.objects.get(code="nanjing").name == "改过的名字"
    assert len(everything()["areas"]) == 5


def test_paths_lead_from_the_root_to_the_area():
    network = open_network(NANJING)
    with inside(network):
        for area in Area.objects.select_related("parent"):
            assert area.path == f"{area.parent.path if area.parent else '/'}{area.pk}/"


def test_a_host_of_another_network_is_refused_and_nothing_is_written():
    open_network(NANJING)
    with pytest.raises(Refused) as no:
        open_network(replace(SHENZHEN, hosts=("shenzhen.test", "nanjing.test")))
    assert no.value.codes == ("host_taken",)
    assert list(Network.objects.values_list("code", flat=True)) == ["nanjing"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hosts": ("Not A Host",)}, "hosts"),
        ({"code": "nan jing"}, "code"),
        ({"name": ""}, "name"),
        ({"brand_hue": 400}, "brand_hue"),
    ],
)
def test_nonsense_is_refused_at_its_field(change, field):
    with pytest.raises(Refused) as no:
        open_network(replace(NANJING, **change))
    assert field in {refusal.field for refusal in no.value.refusals}
    assert not Network.objects.exists()
