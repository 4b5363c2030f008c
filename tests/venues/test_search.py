"""The staff's search finds the venues that their rights cover, and no others."""

import pytest

pytestmark = pytest.mark.django_db


def found(client, words):
    page = client.get("/plan/search/", {"q": words}).content.decode().split("<main")[1]
    return [name in page for name in ("清凉门阅读空间", "百家湖阅读空间")]


@pytest.fixture
def _two_venues(open_one):
    open_one("清凉门阅读空间", number="NJ029")
    open_one("百家湖阅读空间", district="江宁区", number="NJ077")


@pytest.mark.usefixtures("_two_venues")
@pytest.mark.parametrize(
    ("part", "words", "seen"),
    [
        ("planner", "阅读空间", [True, True]),
        ("planner", "nj077", [False, True]),
        ("district", "阅读空间", [True, False]),
        ("district", "NJ077", [False, False]),
        ("editor", "阅读空间", [False, False]),
    ],
)
def test_by_name_and_number_within_the_rights(nanjing_cast, part, words, seen):
    assert found(nanjing_cast.client(part), words) == seen


@pytest.mark.usefixtures("_two_venues")
def test_another_city_finds_its_own_alone(shenzhen_cast):
    assert found(shenzhen_cast.client("planner"), "阅读空间") == [False, False]
