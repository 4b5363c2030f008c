"""The tree of areas: paths tell the truth whatever is moved, and what cannot be is refused in words."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kit import clock
from kit.refusals import Refused
from networks.choices import AreaKind
from networks.commands import areas as commands
from networks.commands.open_network import open_network
from networks.models import Area, JournalLine, inside
from networks.registers import AreaGuards
from networks.steps import areas as steps
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(nanjing):
    with inside(nanjing):
        yield nanjing


def area(name: str) -> Area:
    return Area.objects.get(name=name)


def add(name: str, kind: AreaKind, parent: str) -> Area:
    return commands.add_area(name=name, kind=kind, parent=area(parent), code="", by=1)


def wrong_paths() -> list[str]:
    """Areas whose path is not their parent's with their own id."""
    rows = Area.objects.select_related("parent")
    return [row.name for row in rows if row.path != f"{row.parent.path if row.parent else '/'}{row.pk}/"]


def codes(no: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    return no.value.codes


def test_a_street_moves_with_all_that_lies_below_it(home):
    add("湖南路街道", AreaKind.STREET, "鼓楼区")
    add("裴家桥社区", AreaKind.COMMUNITY, "湖南路街道")
    with transaction.atomic():
        leaf = steps.make_leaf(name="清凉门阅读空间", parent=area("裴家桥社区"))
    commands.move_area(area("湖南路街道"), to=area("江宁区"), by=1)
    leaf.refresh_from_db()
    assert leaf.path.startswith(area("江宁区").path)
    assert wrong_paths() == []
    line = JournalLine.objects.latest("pk")
    assert (line.verb, line.values) == ("networks.area_moved", {"parent": [area("鼓楼区").pk, area("江宁区").pk]})


class TestTree(TestCase):
    """Whatever is moved where, every path stays its parent's with the own id at the end."""

    @settings(max_examples=10, deadline=None)
    @given(moves=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=12))
    def test_random_moves(self, moves):
        network = open_network(cast.NANJING)
        with inside(network), transaction.atomic():
            root = Area.objects.get(parent=None)
            rows = [steps.make_area(name=f"点{number}", kind=AreaKind.STREET, parent=root) for number in range(12)]
            for what, where in moves:
                try:
                    steps.move(rows[what], to=rows[where])
                except ValueError:
                    continue
            assert wrong_paths() == []
            assert Area.objects.filter(path__startswith=root.path).count() == Area.objects.count()


@pytest.mark.parametrize(
    ("name", "kind", "parent", "code"),
    [
        ("鼓楼区", AreaKind.DISTRICT, "南京市", "name_taken"),
        ("新区", AreaKind.DISTRICT, "鼓楼区", "wrong_floor"),
        ("某馆", AreaKind.VENUE, "鼓楼区", "a_venue"),
        ("又一市", AreaKind.CITY, "南京市", "wrong_floor"),
    ],
)
def test_what_cannot_be_added_says_why(home, name, kind, parent, code):
    before = Area.objects.count()
    with pytest.raises(Refused) as no:
        add(name, kind, parent)
    assert (codes(no), Area.objects.count()) == ((code,), before)


def test_an_area_is_not_moved_below_itself_or_under_a_namesake(home):
    add("湖南路街道", AreaKind.STREET, "鼓楼区")
    with pytest.raises(Refused) as no:
        commands.move_area(area("鼓楼区"), to=area("湖南路街道"), by=1)
    assert codes(no) == ("below_itself",)
    with pytest.raises(Refused) as no:
        commands.move_area(area("南京市"), to=area("鼓楼区"), by=1)
    assert codes(no) == ("the_city",)
    commands.add_area(name="湖南路街道", kind=AreaKind.STREET, parent=area("江宁区"), code="", by=1)
    street = Area.objects.get(name="湖南路街道", parent__name="鼓楼区")
    with pytest.raises(Refused) as no:
        commands.move_area(street, to=area("江宁区"), by=1)
    assert codes(no) == ("name_taken",)
    assert wrong_paths() == []


def test_an_area_closes_once_nothing_hangs_on_it_and_opens_again(home):
    add("湖南路街道", AreaKind.STREET, "鼓楼区")
    with pytest.raises(Refused) as no:
        commands.close_area(area("鼓楼区"), by=1, at=clock.now())
    assert codes(no) == ("areas_below",)
    commands.close_area(area("湖南路街道"), by=1, at=clock.now())
    commands.close_area(area("鼓楼区"), by=1, at=clock.now())
    with pytest.raises(Refused) as no:
        commands.reopen_area(area("湖南路街道"), by=1)
    assert codes(no) == ("closed",)
    commands.reopen_area(area("鼓楼区"), by=1)
    assert area("鼓楼区").closed_at is None
    with pytest.raises(Refused) as no:
        commands.close_area(area("南京市"), by=1, at=clock.now())
    assert "the_city" in codes(no)


def test_a_place_on_the_map_has_two_sides_and_lies_on_it(home):
    for values in ({"tile_column": 3}, {"tile_column": 12, "tile_row": 1}):
        with pytest.raises(Refused):
            commands.change_area(area("鼓楼区"), values=values, by=1)
    commands.change_area(area("鼓楼区"), values={"tile_column": 3, "tile_row": 4, "name": "鼓楼"}, by=1)
    row = area("鼓楼")
    assert (row.tile_column, row.tile_row) == (3, 4)
    commands.change_area(row, values={"tile_column": None, "tile_row": None}, by=1)
    assert area("鼓楼").tile_column is None


def test_two_guards_of_one_name_are_a_mistake():
    guards = AreaGuards()
    guards.add("people.roles", lambda area: iter(()))
    with pytest.raises(ValueError, match="Two guards"):
        guards.add("people.roles", lambda area: iter(()))
