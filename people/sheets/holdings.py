"""The register of holdings as a table, for whoever audits it."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from kit.sheets import csv_bytes, excel_bytes
from kit.sheets.columns import Column
from people.queries.retention import Line

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def _kept(line: Line) -> str:
    return str(line.holding.retention.since if line.holding.retention else line.holding.kept)


_COLUMNS = (
    Column("title", _("Class of data"), take=lambda line: str(line.holding.title), width=18),
    Column("what", _("What is kept"), take=lambda line: str(line.holding.what), width=44),
    Column("why", _("What for"), take=lambda line: str(line.holding.why), width=36),
    Column("basis", _("On what basis"), take=lambda line: str(line.holding.basis), width=36),
    Column("who_sees", _("Who can see it"), take=lambda line: str(line.holding.who_sees), width=36),
    Column("days", _("Days"), take=lambda line: line.days),
    Column("since", _("Counted from"), take=_kept, width=28),
    Column("rows", _("Rows now"), take=lambda line: line.rows),
    Column("due", _("Go tonight"), take=lambda line: line.due),
    Column("oldest", _("Oldest"), take=lambda line: line.oldest, width=18),
    Column("stays", _("What stays after erasing"), take=lambda line: str(line.holding.stays), width=36),
)


def register_sheet(lines: Sequence[Line], *, kind: str, zone: ZoneInfo) -> bytes:
    if kind == "csv":
        return csv_bytes(lines, columns=_COLUMNS, zone=zone)
    return excel_bytes(lines, columns=_COLUMNS, title=str(_("What is kept")), zone=zone)
