"""Who belongs to whom in the demo's families: drawn by lot, the same at every start."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from config.demo import names
from people.choices import MemberRole, Relation


@dataclass(frozen=True)
class AdultPlan:
    name: str
    role: MemberRole
    relation: Relation


@dataclass(frozen=True)
class ChildPlan:
    name: str
    months_old: int
    school: str = ""
    school_class: str = ""
    needs: str = ""


@dataclass(frozen=True)
class FamilyPlan:
    district: str
    adults: tuple[AdultPlan, ...]
    children: tuple[ChildPlan, ...]
    days_ago: int


NEEDS = ("花生过敏", "戴助听器，请坐在前排", "轮椅，需要无障碍入口", "怕吵，中途可能要出去一下")
# Every so many families somebody adds a child whom another family has already.
TWINS_EVERY = 97
APART = 31


def plans(code: str, count: int, districts: list[str]) -> Iterator[FamilyPlan]:
    chance = Random(f"families of {code}")  # noqa: S311 - sample data, the same each time
    earlier: list[FamilyPlan] = []
    for number in range(count):
        plan = _plan(chance, districts)
        if number and number % TWINS_EVERY == 0:
            plan = _with_a_child_of(earlier[number - APART], plan)
        earlier.append(plan)
        yield plan


def _plan(chance: Random, districts: list[str]) -> FamilyPlan:
    family = names.surname(chance)
    # A grandmother who begins alone; her answers wait for a guardian, so it was not long ago.
    alone = chance.random() < 0.04
    adults = (_grandparent(chance),) if alone else tuple(_adults(family, chance))
    children = tuple(_child(family, chance) for _ in range(chance.choices((1, 2, 3), (62, 33, 5))[0]))
    return FamilyPlan(
        district=chance.choice(districts) if chance.random() < 0.85 else "",
        adults=adults,
        children=_apart(children),
        days_ago=chance.randint(1, 24) if alone else chance.randint(20, 420),
    )


def _apart(children: tuple[ChildPlan, ...]) -> tuple[ChildPlan, ...]:
    """No two of one family under one name."""
    return tuple({child.name: child for child in children}.values())


def _adults(family: str, chance: Random) -> Iterator[AdultPlan]:
    yield AdultPlan(names.full("woman", chance), MemberRole.GUARDIAN, Relation.MOTHER)
    if chance.random() < 0.55:
        yield AdultPlan(names.full("man", chance, family=family), MemberRole.GUARDIAN, Relation.FATHER)
    if chance.random() < 0.35:
        yield _grandparent(chance)


def _grandparent(chance: Random) -> AdultPlan:
    kind = "elder_woman" if chance.random() < 0.7 else "elder_man"
    relation = chance.choice((Relation.MOTHERS_PARENT, Relation.FATHERS_PARENT))
    return AdultPlan(names.full(kind, chance), MemberRole.CARER, relation)


def _child(family: str, chance: Random) -> ChildPlan:
    months = int(chance.triangular(3, 15 * 12, 6 * 12))
    school = f"第{chance.choice('一二三四五六七八九')}{_school_kind(months)}" if chance.random() < 0.4 else ""
    return ChildPlan(
        name=names.full("child", chance, family=family),
        months_old=months,
        school=school if months >= 36 else "",
        school_class=f"（{chance.randint(1, 6)}）班" if school and months >= 72 else "",
        needs=chance.choice(NEEDS) if chance.random() < 0.03 else "",
    )


def _school_kind(months: int) -> str:
    if months < 72:
        return "幼儿园"
    return "小学" if months < 144 else "中学"


def _with_a_child_of(other: FamilyPlan, plan: FamilyPlan) -> FamilyPlan:
    """As when the other grandmother adds the same child once more."""
    return FamilyPlan(plan.district, plan.adults, (other.children[0],), plan.days_ago)
