"""Roles are given and ended here."""

from collections.abc import Sequence
from datetime import datetime

from kit.command import step
from kit.refusals import refuse_if
from networks.models import Area
from networks.steps.journal import note
from people.choices import Role
from people.models import Grant, Person
from people.rules.appointing import against_losing_the_last_admin


@step
def give_role(*, person: Person, role: Role, area: Area, by: Person | None = None) -> Grant:
    """Until it is ended. Giving a role twice changes nothing."""
    if area.network_id != person.network_id:
        raise ValueError("A role is given in the person's own network.")
    grant: Grant
    grant, made = Grant.objects.get_or_create(
        person=person, role=role, area=area, ends_at=None, defaults={"granted_by": by}
    )
    if made:
        note("people.role_given", subject=person, actor=by, values={"role": [role], "area": [area.pk]})
    return grant


@step
def end_role(*, grant: Grant, by: Person | None, at: datetime) -> None:
    if grant.ends_at is not None and grant.ends_at <= at:
        return
    grant.ends_at = max(at, grant.starts_at)
    grant.save(update_fields=["ends_at"])
    note("people.role_ended", subject=grant.person, actor=by, values={"role": [grant.role], "area": [grant.area_id]})


@step
def end_roles(grants: Sequence[Grant], *, by: Person | None, at: datetime) -> None:
    """Refused when no administrator would be left. Two who end each other at once are decided one after the other."""
    if any(grant.role == Role.NETWORK_ADMIN for grant in grants):
        _refuse_to_lose_the_last_admin({grant.pk for grant in grants})
    for grant in grants:
        end_role(grant=grant, by=by, at=at)


def _refuse_to_lose_the_last_admin(ending: set[int]) -> None:
    """Whose last day is named already does not count as staying, and no clock is asked: that of whoever waited for the
    lock stands before the ending that they waited for."""
    staying = Grant.objects.filter(ends_at=None, role=Role.NETWORK_ADMIN, person__is_active=True)
    held = set(staying.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    refuse_if(against_losing_the_last_admin(others=len(held - ending)))


@step
def reopen_role(grant: Grant, *, by: Person) -> None:
    """Takes an ending back: the grant holds on as if it had not ended."""
    grant.ends_at = None
    grant.save(update_fields=["ends_at"])
    note(
        "people.role_ending_undone",
        subject=grant.person,
        actor=by,
        values={"role": [grant.role], "area": [grant.area_id]},
    )
