"""A young person's own login ends: a guardian said so, or took the consent back."""

from datetime import datetime

from kit.command import step
from networks.steps.journal import note
from people.models import Child, Consent, JoinLink, Person
from people.registers import OWN_LOGIN
from people.steps.families import lock_household


@step
def end_login(child: Child, *, by: Person | None, at: datetime) -> None:
    """The account stays, as a reader's without a family. Ending twice changes nothing."""
    JoinLink.objects.filter(child=child, used_at=None, revoked_at=None).update(revoked_at=at)
    if child.person_id is None:
        return
    child.person = None
    child.save(update_fields=["person"])
    note("people.young_login_ended", subject=child, actor=by, changed=["person"])


@step
def end_login_of_consent(consent_id: int, *, at: datetime) -> None:
    """Nothing, if the consent was about something else."""
    consent = Consent.objects.select_related("household", "child", "given_by").filter(pk=consent_id).first()
    if consent is None or consent.purpose != OWN_LOGIN.key or consent.child is None:
        return
    lock_household(consent.household)
    end_login(Child.objects.get(pk=consent.child_id), by=consent.given_by, at=at)
