"""Everything by which somebody could go on working is taken away, in one transaction."""

from datetime import datetime

from allauth.usersessions.models import UserSession

from kit.command import step
from networks.steps.journal import note
from people.models import Device, LoginSession, Person


@step
def revoke_devices(person: Person, *, by: Person | None, at: datetime) -> int:
    rows = list(Device.objects.select_for_update().filter(person=person, confirmed_at__isnull=False, revoked_at=None))
    for device in rows:
        device.revoked_at = at
        device.save(update_fields=["revoked_at"])
        note("people.device_revoked", subject=device, actor=by)
    return len(rows)


@step
def end_all_sessions(person: Person) -> int:
    """Every browser is signed out at its next request."""
    keys = list(UserSession.objects.filter(user_id=person.pk).values_list("session_key", flat=True))
    LoginSession.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user_id=person.pk).delete()
    return len(keys)
