"""Roles are given and ended here."""

from datetime import datetime

from kit.command import step
from networks.models import Area
from networks.steps.journal import note
from people.choices import Role
from people.models import Grant, Person


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
