"""Devices of a person, and those that wait for a district."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet

from networks.queries.rows import own_row
from people.choices import DeviceState, Role, Verb
from people.models import Device, LoginSession, Person
from people.queries.rights import open_grants
from people.rules import devices as rules
from people.rules.rights import RIGHTS, Rights


@dataclass(frozen=True)
class DeviceLine:
    device: Device
    state: DeviceState
    areas: str
    is_soon: bool = False

    @property
    def until(self) -> datetime | None:
        """While it is confirmed."""
        confirmed = self.device.confirmed_at
        return confirmed + rules.LIFE if confirmed and self.state == DeviceState.CONFIRMED else None


def hash_of(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def device_of(person: Person, *, secret: str) -> Device | None:
    """The device whose cookie is at hand, if this person ever signed in on it."""
    if not secret:
        return None
    return own_row(Device, "one.person_id = %s AND one.secret_hash = %s", person.pk, hash_of(secret))


def state_of(device: Device, *, at: datetime) -> DeviceState | None:
    """None for a browser that nobody asked to bind."""
    if device.asked_at is None:
        return None
    return rules.state_of(
        confirmed_at=device.confirmed_at, refused_at=device.refused_at, revoked_at=device.revoked_at, at=at
    )


def keepers_devices(rights: Rights, *, at: datetime) -> list[DeviceLine]:
    """Phones of keepers in the areas that these rights cover; waiting ones first. Three statements."""
    rows = devices_within(rights).select_related("person__network", "answered_by").order_by("-asked_at", "-pk")[:200]
    found = list(rows)
    grants = open_grants().filter(person__in={device.person_id for device in found}, role=Role.KEEPER)
    areas: dict[int, list[str]] = {}
    for person_id, name in grants.values_list("person_id", "area__name").order_by("area__place", "area_id"):
        areas.setdefault(person_id, []).append(name)
    lines = [
        DeviceLine(
            device,
            state,
            "、".join(areas.get(device.person_id, ())),
            is_soon=state == DeviceState.CONFIRMED and rules.runs_out_soon(device.confirmed_at, at=at),
        )
        for device in found
        if (state := state_of(device, at=at))
    ]
    return sorted(lines, key=lambda line: line.state != DeviceState.ASKED)


def devices_within(rights: Rights) -> "QuerySet[Device]":
    """Asked-for devices of keepers in the areas for which these rights confirm devices."""
    within = Q(pk=None)
    for path in rights.paths(Verb.CONFIRM_DEVICES):
        within |= Q(area__path__startswith=path)
    keepers = open_grants().filter(within, role=Role.KEEPER).values("person_id")
    rows: QuerySet[Device] = Device.objects.filter(person_id__in=keepers, asked_at__isnull=False)
    return rows


def devices_running_out(*, at: datetime) -> "QuerySet[Device]":
    """Of people who keep a place now, confirmed ones with two weeks left or less."""
    keepers = open_grants().filter(role=Role.KEEPER).values("person_id")
    rows: QuerySet[Device] = Device.objects.filter(
        person_id__in=keepers,
        revoked_at=None,
        confirmed_at__lte=at - rules.LIFE + rules.SOON,
        confirmed_at__gt=at - rules.LIFE,
    )
    return rows.order_by("pk")


def devices_asked(rights: Rights) -> "QuerySet[Device]":
    """Those that wait for an answer."""
    return devices_within(rights).filter(confirmed_at=None, refused_at=None, revoked_at=None)


def live_sessions(person: Person, *, at: datetime) -> list[UserSession]:
    """Where somebody is signed in now, newest first. One statement."""
    live = LoginSession.objects.filter(expire_date__gt=at).values("session_key")
    return list(UserSession.objects.filter(user_id=person.pk, session_key__in=live).order_by("-pk"))


def librarians_for(keeper: Person, *, verb: Verb) -> "QuerySet[Person]":
    """Who may answer for this keeper: rights with the verb over any of the keeper's areas. Two statements."""
    paths = open_grants().filter(person=keeper, role=Role.KEEPER).values_list("area__path", flat=True)
    over = {path[: place + 1] for path in paths for place, sign in enumerate(path) if sign == "/" and place}
    roles = [role for role, verbs in RIGHTS.items() if verb in verbs]
    able = open_grants().filter(role__in=roles, area__path__in=over).exclude(person=keeper).values("person_id")
    rows: QuerySet[Person] = Person.objects.select_related("network").filter(pk__in=able, is_active=True)
    return rows.order_by("pk")
