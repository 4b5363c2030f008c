"""A list as an Excel file that says itself what it is for, who took it out, and when it has to go."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kit.refusals import Text
from kit.sheets import Column, excel_bytes
from networks.models import Network
from people.models import Person


def exported(
    rows: Iterable[Any],
    *,
    columns: Sequence[Column],
    title: Text,
    network: Network,
    purpose: str,
    days: int,
    by: Person,
    at: datetime,
) -> bytes:
    line = _("%(library)s · %(title)s. For: %(purpose)s. Taken out by %(name)s on %(day)s. Destroy after %(end)s.") % {
        "library": network.library_name,
        "title": title,
        "purpose": purpose,
        "name": by.name or by.login,
        "day": date_format(localtime(at, network.zone), "Y-m-d H:i"),
        "end": date_format(localtime(at + timedelta(days=days), network.zone), "Y-m-d"),
    }
    return excel_bytes(rows, columns=columns, title=str(title), zone=network.zone, above=[line])
