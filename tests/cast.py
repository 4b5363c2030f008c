"""The people and places that every test knows. The same names stand in the docs and the pictures."""

import time

from django.test import Client

from kit import clock
from kit.command import command
from networks.choices import PrivacyTextKind
from networks.commands.open_network import open_network
from networks.commands.privacy import publish_privacy_text
from networks.models import Area, Fact, Network, inside
from networks.registers import OpeningPlan
from people.choices import Role
from people.models import Person
from people.steps.grants import give_role
from people.steps.persons import enrol, verify

NANJING = OpeningPlan(
    code="nanjing",
    name="阅美四季",
    library_name="金陵图书馆",
    city="南京市",
    hosts=("nanjing.test",),
    districts=("玄武区", "鼓楼区", "江宁区"),
    zones=("江北新区",),
    responsible="许文静",
    responsible_contact="privacy@nanjing.test",
)
SHENZHEN = OpeningPlan(
    code="shenzhen",
    name="图书馆之城",
    library_name="深圳图书馆",
    city="深圳市",
    hosts=("shenzhen.test",),
    districts=("福田区", "南山区"),
    brand_hue=215,
    responsible="郑海珊",
    responsible_contact="privacy@shenzhen.test",
)
OPERATOR = OpeningPlan(
    code="operator",
    name="四季运营",
    library_name="四季运营团队",
    city="运营",
    hosts=("operator.test",),
    is_operator=True,
)

# part: name, phone, role, district (or the whole city)
PLAYERS: dict[str, tuple[str, str, Role | None, str]] = {
    "reader": ("王芳", "+8613800138010", None, ""),
    "neighbour": ("李桂英", "+8613800138011", None, ""),
    "planner": ("林晓梅", "+8613800138001", Role.PLANNER, ""),
    "district": ("周敏", "+8613800138002", Role.DISTRICT_LIBRARIAN, "district"),
    "other_district": ("唐越", "+8613800138009", Role.DISTRICT_LIBRARIAN, "other"),
    "keeper": ("陈静", "+8613800138003", Role.KEEPER, "district"),
    "editor": ("苏文", "+8613800138004", Role.EDITOR, ""),
    "admin": ("许文静", "+8613800138005", Role.NETWORK_ADMIN, ""),
    "coordinator": ("何平", "+8613800138006", Role.VOLUNTEER_COORDINATOR, ""),
    "operator": ("高远", "+8613700137001", Role.OPERATOR, ""),
}


def open_to_readers(plan: OpeningPlan) -> Network:
    """With the queue empty: what an opening leaves to be done later is the subject of few tests."""
    network = open_network(plan)
    with inside(network):
        Fact.objects.all().delete()
        for kind in (PrivacyTextKind.PRIVACY, PrivacyTextKind.CHILDREN):
            publish_privacy_text(kind=kind, at=clock.now(), actor=None)
    return network


class Cast:
    """One network's people, made when first asked for."""

    def __init__(self, network: Network, *, district: str = "", other: str = "") -> None:
        self.network = network
        self._places = {"district": district, "other": other}
        self._people: dict[str, Person] = {}

    @property
    def host(self) -> str:
        return next(host.host for host in self.network.hosts.all() if host.is_primary)

    def __getitem__(self, part: str) -> Person:
        if part not in self._people:
            self._people[part] = self._enter(part)
        return self._people[part]

    @command
    def _enter(self, part: str) -> Person:
        name, phone, role, place = PLAYERS[part]
        with inside(self.network):
            person = enrol(network=self.network, phone=phone, name=name)
            verify(person, at=clock.now())
            if role is not None:
                where = Area.objects.filter(name=self._places[place]) if place else Area.objects.filter(parent=None)
                give_role(person=person, role=role, area=where.get())
        return person

    def client(self, part: str | None = None, *, second_factor: bool = True) -> Client:
        """A browser at the network's host; signed in as that part, with the second factor already shown."""
        browser = Client(HTTP_HOST=self.host)
        if part is None:
            return browser
        person = self[part]
        with inside(self.network):
            browser.force_login(person, backend="config.sessions.PersonBackend")
            if second_factor:
                session = browser.session
                session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
                session["account_authentication_methods_user"] = str(person.pk)
                session.save()
        return browser
