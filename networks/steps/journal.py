"""The journal: one line for every command that changes something."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
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
    """Values of fields that the subject's model lists in `personal_fields` are dropped; their names stay.

    A model whose values are noted has to say which are personal, even if none is: forgetting it must not tell.
    """
    line = line_of(verb, subject=subject, actor=actor, changed=changed, values=values, reason=reason)
    line.save(force_insert=True)
    return line


@step
def note_each(
    verb: str,
    *,
    subjects: Iterable[models.Model],
    actor: models.Model | int | None = None,
    values: Callable[[Any], Mapping[str, Any]] = lambda _subject: {},
) -> None:
    """The same for many rows in one statement; `values` are asked of each."""
    JournalLine.objects.bulk_create(
        [
            line_of(verb, subject=subject, actor=actor, changed=(), values=values(subject), reason="")
            for subject in subjects
        ],
        batch_size=1_000,
    )


def line_of(
    verb: str,
    *,
    subject: models.Model,
    actor: models.Model | int | None,
    changed: Iterable[str] = (),
    values: Mapping[str, Any] | None = None,
    reason: str = "",
) -> JournalLine:
    """Not written yet: for whoever writes it together with what it tells of."""
    kept: dict[str, Any] = {}
    if values:
        personal: frozenset[str] | None = getattr(subject, "personal_fields", None)
        if personal is None:
            raise TypeError(f"{type(subject).__name__} has to declare personal_fields before its values are noted.")
        kept = {name: value for name, value in values.items() if name not in personal}
    return JournalLine(
        actor_id=actor.pk if isinstance(actor, models.Model) else actor,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        changed=sorted({*changed, *(values or {})}),
        values=json.loads(json.dumps(kept, cls=DjangoJSONEncoder)),
        reason=reason[:200],
    )
