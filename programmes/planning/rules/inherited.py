"""What a session takes from its activity, and what it says itself."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kit.refusals import Text
from programmes.planning.models import Activity, Session

# Fields that a session may say itself; empty, they are the activity's.
FIELDS: dict[str, Text] = {
    "title": _("title"),
    "summary": _("in one line"),
    "capacity": _("places"),
    "from_months": _("from the age of, in months"),
    "to_months": _("up to the age of, in months"),
    "adult_needed": _("children come with an adult"),
    "mode": _("on site or live"),
    "stream_url": _("address of the stream"),
    "in_charge": _("in charge"),
    "phone": _("telephone"),
}


@dataclass(frozen=True)
class Inherited:
    """One field of a session: what holds, what the activity says, and whether the session says it itself."""

    name: str
    label: Text
    value: Any
    activity_value: Any
    is_own: bool


def is_said(value: Any) -> bool:
    """False and 0 are said; nothing and an empty text are not."""
    return value is not None and value != ""


def value_of(session: Session, name: str) -> Any:
    own = getattr(session, name)
    return own if is_said(own) else getattr(session.activity, name)


def fields_of(session: Session) -> list[Inherited]:
    activity: Activity = session.activity
    return [
        Inherited(name, label, value_of(session, name), getattr(activity, name), is_own=is_said(getattr(session, name)))
        for name, label in FIELDS.items()
    ]
