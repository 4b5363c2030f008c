"""Tablets and volunteers' phones at the doors of some of the demo's spaces: one that works, one revoked, some that ended."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from kit.command import command
from networks.models import Area
from people.choices import Role
from people.models import Grant, Person
from programmes.door.choices import Stay
from programmes.door.models import DeskDevice
from programmes.door.rules.desk_devices import CODE_LIFE, ends_at
from programmes.planning.queries.session_table import midnight

# Of so many spaces, those of the keepers who came first.
SPACES = 6
# Name, for how long, joined how many days ago, and whether somebody revoked it the day after.
_DEVICES = (
    ("门口平板", Stay.MONTH, 12, False),
    ("志愿者手机", Stay.THREE_DAYS, 9, False),
    ("旧手机", Stay.MONTH, 20, True),
)


@command
def put_desk_devices(*, at: datetime) -> None:
    """Once."""
    if not DeskDevice.objects.exists():
        keepers = Grant.objects.filter(role=Role.KEEPER, ends_at=None).select_related("person", "area").order_by("pk")
        DeskDevice.objects.bulk_create(row for grant in keepers[:SPACES] for row in _of(grant.area, grant.person, at))


def _of(area: Area, keeper: Person, at: datetime) -> Iterator[DeskDevice]:
    for name, stay, days, is_revoked in _DEVICES:
        joined_at = at - timedelta(days=days)
        last = ends_at(stay, midnight=midnight(timezone.localtime(joined_at).date()), at=joined_at)
        revoked_at = joined_at + timedelta(days=1) if is_revoked else None
        yield DeskDevice(
            name=name,
            area=area,
            made_by=keeper,
            made_at=joined_at - timedelta(minutes=2),
            code_until=joined_at - timedelta(minutes=2) + CODE_LIFE,
            # Of a secret that no browser has.
            secret_hash=sha256(f"{area.path} {name}".encode()).digest(),
            joined_at=joined_at,
            expires_at=last,
            revoked_at=revoked_at,
            revoked_by=keeper if is_revoked else None,
            last_seen_at=min(last, revoked_at or at - timedelta(hours=15)),
        )
