"""Writing and publishing privacy texts."""

from datetime import datetime

from kit import kept_pages
from kit.command import command
from networks.choices import PrivacyTextKind
from networks.models import PrivacyText
from networks.steps import privacy as steps
from networks.steps.journal import note


@command
def draft_privacy_text(
    *, kind: PrivacyTextKind, body: str, responsible: str, contact: str, actor: int | None
) -> PrivacyText:
    draft = steps.draft_privacy_text(kind=kind, body=body, responsible=responsible, contact=contact)
    note("networks.privacy_text_drafted", subject=draft, actor=actor)
    return draft


@command
def publish_privacy_text(*, kind: PrivacyTextKind, at: datetime, actor: int | None) -> PrivacyText:
    """The draft in hand takes the place of the version in force, which stays readable."""
    draft = PrivacyText.objects.select_for_update().get(kind=kind, published_at=None)
    steps.publish(draft, at=at)
    kept_pages.forget()
    note("networks.privacy_text_published", subject=draft, actor=actor, values={"version": draft.version})
    return draft
