"""The journal: one line for every command that changes something."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from kit.command import step
from networks.models import JournalLine


@step
def note(
    verb: str,
    *,
    subject: models.Model,
    actor: models.Model | int | None = None,
    changed: Iterable[str] = (),
    values: Mapping[str, Any] | None = None,
    reason: str = "",
) -> JournalLine:
    """Values of fields that the subject's model lists in `personal_fields` are dropped; their names stay."""
    personal: frozenset[str] = getattr(subject, "personal_fields", frozenset())
    kept = {name: value for name, value in (values or {}).items() if name not in personal}
    return JournalLine.objects.create(
        actor_id=actor.pk if isinstance(actor, models.Model) else actor,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        changed=sorted({*changed, *(values or {})}),
        values=kept,
        reason=reason,
    )
