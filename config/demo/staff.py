"""The demo's staff beside the named players: librarians of every district, keepers of most spaces, some only invited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random

from config.demo import names
from config.demo.persons import STAFF_PHONES, made
from kit.command import command
from networks.choices import AreaKind
from networks.models import Area, JournalLine, Network
from people.choices import Role
from people.models import Appointment, Device, Grant, Person
from venues.models import Venue

# Besides keepers and the librarians of districts; these hold for the whole city.
CITYWIDE = {
    "nanjing": {
        Role.PLANNER: 3,
        Role.EDITOR: 3,
        Role.VOLUNTEER_COORDINATOR: 2,
        Role.NETWORK_ADMIN: 1,
        Role.JUDGE: 6,
        Role.TEACHER: 8,
    },
    "shenzhen": {Role.PLANNER: 1, Role.EDITOR: 1, Role.JUDGE: 1},
}
# All who have a role or are offered one, the players counted.
STAFF = {"nanjing": 150, "shenzhen": 30}
# How long ago keepers' roles were offered that nobody has taken up; they hold for 14 days.
OFFERED_DAYS_AGO = (1, 2, 3, 4, 6, 8, 10, 12, 18, 25, 31)
DECLINED_DAYS_AGO = 9
OFFER_HOLDS = timedelta(days=14)
# When keepers' phones were confirmed. They hold for 90 days: some run out soon, some have.
CONFIRMED_DAYS_AGO = (3, 8, 15, 21, 30, 34, 41, 47, 52, 60, 66, 71, 78, 80, 84, 86, 88, 89, 95, 120)
ASKED_HOURS_AGO = (2, 20, 28, 50)
PHONES = ("iPhone · 微信", "Android · 微信", "HarmonyOS · 微信", "Android · Chrome")


@dataclass(frozen=True)
class Post:
    role: Role
    area: Area


@command
def appoint_staff(network: Network, *, at: datetime) -> None:
    """Once, after venues and players are there."""
    total = STAFF.get(network.code)
    keepers = Grant.objects.filter(role=Role.KEEPER).values("person_id").distinct().count()
    if total is None or keepers > 1:
        return
    chance = Random(f"staff of {network.code}")  # noqa: S311 - sample data, the same each time
    posts = list(_posts(network.code, chance))[: total - Grant.objects.values("person_id").distinct().count()]
    holders = made(network, _entries(network.code, posts, chance), at=at, chance=chance)
    offered = len(OFFERED_DAYS_AGO) + 1 if network.code == "nanjing" else 2
    admin = Grant.objects.filter(role=Role.NETWORK_ADMIN).select_related("person").order_by("pk")[0].person
    _grant(holders[:-offered], posts[:-offered], by=admin, at=at, chance=chance)
    _offer(holders[-offered:], posts[-offered:], by=admin, at=at)
    _bind_phones([one for one, post in zip(holders, posts, strict=True) if post.role == Role.KEEPER], by=admin, at=at)


def _posts(code: str, chance: Random) -> Iterator[Post]:
    """In the order in which they were filled: the city, the districts, then spaces as they come."""
    root = Area.objects.get(parent=None)
    for role, count in CITYWIDE[code].items():
        yield from [Post(role, root)] * count
    districts = list(Area.objects.filter(kind__in=[AreaKind.DISTRICT, AreaKind.ZONE]).order_by("place", "pk"))
    for district in [*districts, *districts[::3]]:
        yield Post(Role.DISTRICT_LIBRARIAN, district)
    kept = Grant.objects.filter(role=Role.KEEPER).values("area_id")
    leaves = [
        venue.area for venue in Venue.objects.filter(closed_at=None).exclude(area__in=kept).select_related("area")
    ]
    chance.shuffle(leaves)
    for leaf in leaves:
        yield Post(Role.KEEPER, leaf)


def _entries(code: str, posts: list[Post], chance: Random) -> Iterator[tuple[str, str]]:
    for number in range(len(posts)):
        kind = "woman" if chance.random() < 0.78 else "man"
        yield names.full(kind, chance), f"{STAFF_PHONES[code]}{number + 1:04}"


def _grant(holders: list[Person], posts: list[Post], *, by: Person, at: datetime, chance: Random) -> None:
    grants = []
    for person, post in zip(holders, posts, strict=True):
        starts_at = max(person.joined_at, at - timedelta(days=chance.randint(5, 400)))
        grants.append(Grant(person=person, role=post.role, area=post.area, granted_by=by, starts_at=starts_at))
    Grant.objects.bulk_create(grants)
    JournalLine.objects.bulk_create(
        JournalLine(
            at=grant.starts_at,
            actor_id=by.pk,
            verb="people.role_given",
            subject_kind="people.person",
            subject_id=grant.person_id,
            changed=["area", "role"],
            values={"role": [grant.role], "area": [grant.area_id]},
        )
        for grant in grants
    )


def _offer(invited: list[Person], posts: list[Post], *, by: Person, at: datetime) -> None:
    """The last one said no. Nobody of them has signed in yet."""
    Person.objects.filter(pk__in=[person.pk for person in invited]).update(phone_verified_at=None, seen_on=None)
    *days, declined = *OFFERED_DAYS_AGO[: len(invited) - 1], DECLINED_DAYS_AGO
    offers = [
        Appointment(
            person=person,
            role=post.role,
            area=post.area,
            name=person.name,
            offered_by=by,
            offered_at=at - timedelta(days=ago),
            expires_at=at - timedelta(days=ago) + OFFER_HOLDS,
        )
        for person, post, ago in zip(invited, posts, [*days, declined], strict=True)
    ]
    offers[-1].declined_at = at - timedelta(days=declined - 1)
    Appointment.objects.bulk_create(offers)


def _bind_phones(keepers: list[Person], *, by: Person, at: datetime) -> None:
    confirmed = [at - timedelta(days=ago) for ago in CONFIRMED_DAYS_AGO]
    asked = [at - timedelta(hours=ago) for ago in ASKED_HOURS_AGO]
    when = [*((then, then) for then in confirmed), *((then, None) for then in asked)]
    Device.objects.bulk_create(
        Device(
            person=keeper,
            secret_hash=sha256(f"demo {keeper.login}".encode()).digest(),
            label=PHONES[number % len(PHONES)],
            first_seen_at=asked_at,
            asked_at=asked_at,
            confirmed_at=confirmed_at,
            answered_by=by if confirmed_at else None,
        )
        for number, (keeper, (asked_at, confirmed_at)) in enumerate(zip(keepers[::3], when, strict=False))
    )
