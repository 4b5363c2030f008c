"""The demo's circles: a school class, reading clubs, invited families, and who is in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db.models import Q

from config.demo.named_families import NAMED
from config.demo.plan_nanjing_circles import HOME
from kit.command import command
from networks.models import Area, Network
from people.models import Child, Person
from people.queries.families import live_children, live_members
from people.queries.persons import person_with_phone
from people.rules import phones
from people.rules.ages import months_on
from programmes.signup.choices import CircleKind
from programmes.signup.commands.circles import make_circle, open_link
from programmes.signup.models import Circle, CircleMember
from programmes.signup.queries.families import agreed_to

# When they began, and within how many days the families had joined.
SINCE, JOINED_WITHIN = timedelta(days=75), 10
# How long their links work; at a later start they work again.
LINK_DAYS = 30


@dataclass(frozen=True)
class CirclePlan:
    """`venue`: whose it is; none, the whole city's. `months`: how old the children are when it begins. Without
    `is_of_children` whole families are in it; with `has_named` the named family as well. `link_days`: how long
    its link works; none, where staff fill it.
    """

    name: str
    kind: CircleKind
    venue: str
    way_in: str
    months: tuple[int, int]
    size: int
    is_of_children: bool = False
    has_named: bool = False
    link_days: int = LINK_DAYS


CLASS_CIRCLE, CLUB_CIRCLE, INVITED_CIRCLE = "晨光小学二（3）班", "清凉门亲子读书会", "今年的书香家庭"
SHENZHEN_CLUB = "荔枝亲子读书会"

CIRCLES: dict[str, tuple[CirclePlan, ...]] = {
    "nanjing": (
        CirclePlan(
            CLASS_CIRCLE,
            CircleKind.CLASS,
            HOME,
            "链接在班级群里，由班主任顾老师转发。",
            (84, 97),
            24,
            is_of_children=True,
            link_days=7,
        ),
        CirclePlan(
            CLUB_CIRCLE, CircleKind.CLUB, HOME, "来过两次亲子活动，就可以向馆员要链接。", (36, 80), 9, has_named=True
        ),
        CirclePlan(INVITED_CIRCLE, CircleKind.INVITED, "", "由图书馆邀请。", (40, 140), 16, link_days=0),
    ),
    "shenzhen": (
        CirclePlan(
            SHENZHEN_CLUB, CircleKind.CLUB, "荔枝公园童书馆", "向馆员要链接就可以加入。", (30, 95), 6, has_named=True
        ),
    ),
}


def enter_circles(network: Network, *, by: Person, at: datetime) -> None:
    """Once, after the families; links that have run out since are opened anew."""
    if Circle.objects.exists():
        for circle in Circle.objects.filter(opens_until__lte=at, closed_at=None):
            open_link(circle=circle, days=LINK_DAYS, by=by, at=at)
        return
    for plan in CIRCLES.get(network.code, ()):
        area = Area.objects.get(venue__name=plan.venue) if plan.venue else Area.objects.get(parent=None)
        circle = make_circle(area=area, name=plan.name, kind=plan.kind, way_in=plan.way_in, by=by, at=at - SINCE)
        if plan.link_days:
            open_link(circle=circle, days=plan.link_days, by=by, at=at)
        _fill(circle, plan, network, by=by, at=at)


@command
def _fill(circle: Circle, plan: CirclePlan, network: Network, *, by: Person, at: datetime) -> None:
    lot = Random(plan.name)  # noqa: S311 - sample data, the same each time
    found = _chosen(circle, plan, network, lot, at=at)
    first = {member.household_id: member.person for member in live_members().select_related("person").order_by("-pk")}
    CircleMember.objects.bulk_create(
        CircleMember(
            circle=circle,
            household=child.household,
            child=child if plan.is_of_children else None,
            added_by=first[child.household_id] if plan.link_days else by,
            joined_at=circle.made_at + timedelta(minutes=lot.randrange(JOINED_WITHIN * 24 * 60)),
        )
        for child in found
    )


def _chosen(circle: Circle, plan: CirclePlan, network: Network, lot: Random, *, at: datetime) -> list[Child]:
    """One child of each household, those who live near first; of a class, whose school nobody has written down."""
    mother = person_with_phone(phones.normal(NAMED[network.code].mother), network=network)
    named = Q(household__members__person=mother, household__members__left_at=None)
    rows = live_children().filter(household__closed_at=None, household__made_at__lt=circle.made_at)
    rows = rows.filter(school="") if plan.is_of_children else rows
    near = {int(part) for part in circle.area.path.split("/") if part}
    others = sorted(
        _of_an_age(rows.exclude(named).select_related("household").order_by("pk"), plan.months, at=at),
        key=lambda child: lot.random() + (child.household.district_id not in near),
    )
    once: dict[int, Child] = {}
    for child in [*(rows.filter(named).order_by("pk")[:1] if plan.has_named else ()), *others]:
        if len(once) < plan.size + plan.has_named:
            once.setdefault(child.household_id, child)
    return list(once.values())


def _of_an_age(children: Iterable[Child], months: tuple[int, int], *, at: datetime) -> Iterator[Child]:
    rows = list(children)
    agreed = agreed_to(rows, at=at)
    for child in rows:
        age = months_on(child.birth_month, at.date()) if child.birth_month is not None else -1
        if child.pk in agreed and months[0] <= age <= months[1]:
            yield child
