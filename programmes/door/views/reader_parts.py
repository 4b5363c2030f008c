"""What the door shows to readers, on pages of the rooms below."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from programmes.door.queries.coming_in import came
from programmes.signup.models import Registration


def on_ticket(_request: HttpRequest, row: Registration) -> dict[str, Any] | None:
    """When the party came, and how many of it; no names, since the code alone opens the page."""
    here, first = came(row.pk)
    if first is None:
        return None
    return {"time": f"{timezone.localtime(first):%H:%M}", "here": here}
