"""A new library system, working, in one go."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from kit.command import command
from kit.refusals import Refusal, Refused
from networks.choices import AreaKind
from networks.models import Area, Network, NetworkHost, OpeningStep, inside
from networks.registers import OpeningPlan, openers
from networks.rules.opening import OPENING_ITEMS
from networks.steps.areas import ensure_area
from networks.steps.journal import note
from networks.steps.privacy import ensure_privacy_drafts

Row = TypeVar("Row", bound=models.Model)


@command
def open_network(plan: OpeningPlan, *, actor: int | None = None) -> Network:
    """Completes what is missing and leaves what is there, so a second call changes nothing."""
    return _open(plan, actor=actor)


@command
def open_new_network(plan: OpeningPlan, *, actor: int) -> Network:
    """For a form: a short name that is taken was meant for another city."""
    taken = Network.objects.filter(code=plan.code).first()
    if taken is not None:
        raise Refused(
            Refusal(
                "code_taken",
                _("%(name)s already has this short name.") % {"name": taken.library_name},
                _("Choose another one."),
                field="code",
            )
        )
    return _open(plan, actor=actor)


def _open(plan: OpeningPlan, *, actor: int | None) -> Network:
    network, made = _network(plan)
    _hosts(network, plan.hosts)
    with inside(network):
        root = Area.objects.filter(parent=None).first()
        root = root or ensure_area(name=plan.city, kind=AreaKind.CITY, parent=None)
        for kind, names in ((AreaKind.DISTRICT, plan.districts), (AreaKind.ZONE, plan.zones)):
            for place, name in enumerate(names, start=1):
                ensure_area(name=name, kind=kind, parent=root, place=place)
        _checklist(network)
        if plan.responsible and plan.responsible_contact:
            ensure_privacy_drafts(network, responsible=plan.responsible, contact=plan.responsible_contact)
        for opener in openers.values():
            opener(network, plan)
        if made:
            note("networks.opened", subject=network, actor=actor)
    return network


def _network(plan: OpeningPlan) -> tuple[Network, bool]:
    existing = Network.objects.select_for_update().filter(code=plan.code).first()
    if existing is not None:
        return existing, False
    fresh = Network(
        code=plan.code,
        name=plan.name,
        library_name=plan.library_name,
        tagline=plan.tagline,
        brand_hue=plan.brand_hue,
        is_operator=plan.is_operator,
        **plan.details,
    )
    _checked(fresh).save()
    return fresh, True


def _checked(row: Row, *, field: str = "") -> Row:
    """The row as it is, or what is wrong with it, told at the input it came from."""
    try:
        row.full_clean()
    except ValidationError as error:
        refusals = [
            Refusal("invalid", " ".join(texts), field=field or name) for name, texts in error.message_dict.items()
        ]
        raise Refused(*refusals) from error
    return row


def _hosts(network: Network, hosts: tuple[str, ...]) -> None:
    taken = NetworkHost.objects.filter(host__in=hosts).exclude(network=network).values_list("host", flat=True)
    if names := "、".join(sorted(taken)):
        raise Refused(
            Refusal(
                "host_taken",
                _("%(hosts)s already belongs to another network.") % {"hosts": names},
                _("Choose another host name."),
                field="hosts",
            )
        )
    has_primary = network.hosts.filter(is_primary=True).exists()
    for place, host in enumerate(hosts):
        row = NetworkHost(network=network, host=host, is_primary=place == 0 and not has_primary)
        if not network.hosts.filter(host=host).exists():
            _checked(row, field="hosts").save()


def _checklist(network: Network) -> None:
    OpeningStep.objects.bulk_create(
        [OpeningStep(network=network, key=item.key, owner=str(item.owner)) for item in OPENING_ITEMS],
        ignore_conflicts=True,
    )
