"""The operator gives and ends roles by command; every one is in the journal."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from kit.command import command
from kit.refusals import Refusal, Refused, refuse_if
from networks.models import Area, Network
from people.choices import Role
from people.models import Grant
from people.queries.persons import person_with_phone
from people.queries.rights import open_grants
from people.rules import phones
from people.steps.grants import end_role, give_role
from people.steps.persons import enrol


@command
def appoint(*, network: Network, role: Role, phone: str, name: str = "", area: str = "") -> Grant:
    """Enters the person if nobody has the number. `area` by its name; without one, the whole network."""
    number = phones.normal(phone)
    refuse_if(phones.against_number(number, foreign_allowed=phones.foreign_allowed(network.rules)))
    refuse_if(_against_role(network, role))
    place = _area(area)
    return give_role(person=enrol(network=network, phone=number, name=name), role=role, area=place)


@command
def dismiss(*, network: Network, role: Role, phone: str, at: datetime, area: str = "") -> None:
    """Ends the role that somebody holds for that area. What it opened is shut at the next request."""
    person = person_with_phone(phones.normal(phone), network=network)
    grant = open_grants().filter(person=person, role=role, area=_area(area)).first() if person else None
    if grant is None:
        raise Refused(Refusal("no_such_role", _("Nobody with this number holds that role there.")))
    end_role(grant=grant, by=None, at=at)


def _against_role(network: Network, role: Role) -> Iterator[Refusal]:
    if role == Role.OPERATOR and not network.is_operator:
        yield Refusal("operators_home_only", _("Operators belong to the operator's own home, not to a library."))


def _area(name: str) -> Area:
    found: Area | None = (Area.objects.filter(name=name) if name else Area.objects.filter(parent=None)).first()
    if found is None:
        raise Refused(Refusal("no_such_area", _("There is no area of this name."), _("Write it as the library does.")))
    return found
