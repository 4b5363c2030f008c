"""People's own periodic work, and what a new library system needs of people: somebody who may administer it."""

from datetime import time

from kit import clock
from kit.refusals import refuse_if
from networks.engine.scopes import in_each_network
from networks.models import Area, Network
from networks.registers import HandedFact, OpeningPlan, every, listens_inside, opens_networks
from people.choices import Role
from people.commands import upkeep
from people.messages import CONSENT_WITHDRAWN
from people.rules import phones
from people.steps.grants import give_role
from people.steps.persons import enrol
from people.steps.young import end_login_of_consent


@opens_networks("people")
def enter_administrators(network: Network, plan: OpeningPlan) -> None:
    root = Area.objects.get(parent=None)
    role = Role.OPERATOR if network.is_operator else Role.NETWORK_ADMIN
    for name, typed in plan.administrators:
        phone = phones.normal(typed)
        refuse_if(phones.against_number(phone, foreign_allowed=phones.foreign_allowed(network.rules)))
        person = enrol(network=network, phone=phone, name=name)
        give_role(person=person, role=role, area=root)


@listens_inside(CONSENT_WITHDRAWN, name="people.end_own_login")
def end_own_login(fact: HandedFact) -> None:
    """Whoever withdraws the consent to an own login need not end the login as well."""
    end_login_of_consent(fact.payload["consent"], at=fact.posted_at)


@every(name="people.purge", at=time(3, 20))
def purge() -> None:
    in_each_network(_purge)


def _purge(_network: Network) -> None:
    upkeep.purge_unverified(at=clock.now())
    upkeep.purge_sessions(at=clock.now())


@every(name="people.seal_anew", at=time(3, 30))
def seal_anew() -> None:
    in_each_network(lambda network: upkeep.seal_anew(network=network))
