"""Classes that come to the demo's reading spaces: those to come by the command that staff's click calls, those that came in bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from config.demo import names
from config.demo.families import month_of_birth
from config.demo.plan_nanjing_circles import HOME, VISITS
from config.demo.sign_up_dealing import day_of, lot_of
from kit.command import command
from networks.models import Network
from people.models import Person
from people.rules import phones
from people.steps.persons import enrol
from programmes.planning.models import Session
from programmes.planning.rules.inherited import value_of
from programmes.signup.choices import Source
from programmes.signup.commands.groups import GroupTold, sign_group_up
from programmes.signup.models import Group, Places, Registration
from programmes.signup.steps.seats import Guest, fill_seats
from programmes.signup.steps.tickets import give_ticket

# Names of classes are kept for thirty days, so none came longer ago.
BACK, AHEAD = timedelta(days=21), timedelta(days=14)
# Of the venues besides the keeper's own, so many have a class on such a morning.
TAKEN = 0.55
EARLY = timedelta(days=12)


@dataclass(frozen=True)
class SchoolClass:
    name: str
    teacher: str
    phone: str
    children: int
    months_old: int
    adults: int = 2


CLASSES: dict[str, tuple[SchoolClass, ...]] = {
    "nanjing": (
        SchoolClass("晨光小学二（3）班", "顾盼", "13800000008", 34, 90),
        SchoolClass("石城幼儿园大班", "钱玉梅", "13800400001", 26, 66, adults=3),
        SchoolClass("力学巷小学一（1）班", "宋文君", "13800400002", 31, 78),
        SchoolClass("小橘灯托管班", "葛琳", "13800400003", 14, 100, adults=1),
        SchoolClass("莫愁湖幼儿园中班", "裴晓岚", "13800400004", 22, 54, adults=3),
    ),
    "shenzhen": (
        SchoolClass("海湾小学一（2）班", "彭思远", "13900000008", 32, 78),
        SchoolClass("荔园幼儿园大班", "方佳怡", "13900400001", 20, 66, adults=3),
    ),
}


def bring_classes(network: Network, *, by: Person, at: datetime) -> None:
    """To each morning that nobody was counted for yet, at most one."""
    classes = CLASSES.get(network.code, ())
    rows = Session.objects.filter(
        activity__title=VISITS,
        published_at__isnull=False,
        called_off_at=None,
        signup_places=None,
        starts_at__gt=at - BACK,
        starts_at__lt=at + AHEAD,
    ).select_related("activity__signup_terms", "venue", "area")
    with timezone.override(network.zone):
        for session in rows.order_by("starts_at", "pk"):
            lot = lot_of(session)
            if session.venue.name != HOME and lot.random() > TAKEN:
                continue
            fitting = [one for one in classes if one.children <= (value_of(session, "capacity") or one.children)]
            # Another one each week.
            one = fitting[(day_of(session).isocalendar().week + session.venue_id) % len(fitting)]
            if session.starts_at > at:
                told = GroupTold(one.name, one.teacher, phones.normal(one.phone), one.adults, is_agreed=True)
                key = UUID(int=lot.getrandbits(128), version=4)
                guests = _guests(one, day_of(session), lot)
                sign_group_up(session=session, told=told, guests=guests, by=by, request_key=key, at=at)
            elif session.ends_at < at:
                _came(network, session, one, lot, by=by)


@command
def _came(network: Network, session: Session, one: SchoolClass, lot: Random, *, by: Person) -> None:
    """Written down some days before; nobody is told of it any more."""
    teacher = enrol(network=network, phone=phones.normal(one.phone), name=one.teacher)
    made_at = session.starts_at - EARLY * lot.uniform(0.2, 1)
    group = Group.objects.create(
        name=one.name, contact_name=one.teacher, contact=teacher, agreed_at=made_at, agreed_noted_by=by
    )
    Places.objects.create(session=session, capacity=value_of(session, "capacity"), taken=one.children)
    row = Registration(
        session=session,
        group=group,
        by=by,
        source=Source.GROUP,
        request_key=UUID(int=lot.getrandbits(128), version=4),
        adults=one.adults,
        counted=one.children,
        made_at=made_at,
    )
    give_ticket(row)
    row.save(force_insert=True)
    fill_seats(row, children=(), adults=one.adults, guests=_guests(one, day_of(session), lot))


def _guests(one: SchoolClass, day: date, lot: Random) -> Sequence[Guest]:
    """As the teacher's list has them, no two under one name."""
    found: dict[str, Guest] = {}
    for name in _names(lot):
        if len(found) == one.children:
            break
        month = month_of_birth(day, months_old=one.months_old + lot.randrange(12))
        found.setdefault(name, Guest(name, month))
    return list(found.values())


def _names(lot: Random) -> Iterator[str]:
    while True:
        yield names.full("child", lot)
