"""People's own periodic work, and what a new library system needs of people: somebody who may administer it."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from kit import clock
from kit.refusals import refuse_if
from networks.engine.scopes import in_each_network
from networks.models import Area, Network
from networks.models.scoping import current_network_id
from networks.registers import HandedFact, OpeningPlan, Progress, every, job, listens_inside, opens_networks
from people.choices import Role
from people.commands import devices, leaving, retention, upkeep
from people.commands.copies import COPY_JOB, keep_copy
from people.commands.retention import RETENTION_JOB
from people.messages import CONSENT_WITHDRAWN
from people.models import DataCopy
from people.prints.data_copy import zip_of
from people.registers.holdings import holdings
from people.rules import phones
from people.rules.retention import NIGHTLY
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


@every(name="people.purge", at=NIGHTLY)
def purge() -> None:
    in_each_network(_purge)


def _purge(network: Network) -> None:
    """Who is to be told first is told before anything goes; what carers declared ends before children are counted."""
    at = clock.now()
    retention.end_declared(at=at)
    retention.remind_declared(at=at)
    retention.warn_silent(network, at=at)
    retention.turn_clock(network, at=at)


@job(RETENTION_JOB, title=_("Removing what has had its time"))
def turn_clock_now(progress: Progress, by: int) -> None:
    network = Network.objects.get(pk=current_network_id() or 0)
    progress.start(total=len(list(holdings)))
    counts = retention.turn_clock(
        network, at=clock.now(), by=by, told=lambda holding, _gone: progress.step(note=str(holding.title))
    )
    progress.result(**counts)


@job(COPY_JOB, title=_("A copy of your data"), limit_seconds=600)
def make_copy(progress: Progress, copy: int) -> None:
    row = DataCopy.objects.select_related("person__network").filter(pk=copy).first()
    if row is None or row.person.erased_at is not None:
        return
    progress.start(total=len(list(holdings)))
    content = zip_of(row.person, at=clock.now(), told=lambda holding: progress.step(note=str(holding.title)))
    keep_copy(row, content=content, at=clock.now())


@every(name="people.close_doors_behind_leavers", at=time(0, 20))
def close_doors_behind_leavers() -> None:
    in_each_network(lambda _network: leaving.close_doors_behind_leavers(at=clock.now()))


@every(name="people.remind_of_devices", at=time(9, 0))
def remind_of_devices() -> None:
    in_each_network(lambda _network: devices.remind_of_devices(at=clock.now()))


@every(name="people.seal_anew", at=time(3, 30))
def seal_anew() -> None:
    in_each_network(lambda network: upkeep.seal_anew(network=network))
