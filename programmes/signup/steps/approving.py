"""Who asks for a place is found and held; and the staff hear of it once for each session and day."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from kit.command import step
from networks.steps.outbox import post
from programmes.planning.models import Session
from programmes.signup.messages import APPROVAL_ASKED
from programmes.signup.models import Registration
from programmes.signup.queries.approvals import asking
from programmes.signup.steps.places import lock_places


@step
def asking_of(session: Session, codes: Collection[str]) -> list[Registration]:
    """The session's count first, then the registrations, as all who change one go."""
    if not asking(session).filter(code__in=codes).exists():
        return []
    lock_places(session.pk)
    rows = asking(session).filter(code__in=codes).select_related("session")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


@step
def ask_staff(session: Session, *, at: datetime) -> None:
    day = timezone.localtime(at).date()
    post(APPROVAL_ASKED, payload={"session": session.pk}, dedupe_key=f"{session.pk}:{day}")
