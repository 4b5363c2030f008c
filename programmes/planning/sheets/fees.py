"""劳务费清单: who gets what for which session, to be signed. Neither bank nor identity numbers."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.sheets import Column
from programmes.planning.choices import FeeTitle
from programmes.planning.queries.fees import FeeLine, sum_of


def columns() -> tuple[Column, ...]:
    return (
        Column("number", pgettext("of a line", "No."), width=6),
        Column("name", pgettext("of a person", "Name"), width=12),
        Column("title", _("Title for the fee"), width=16),
        Column("unit", _("Works at"), width=24),
        Column("activity", _("Activity"), width=28),
        Column("day", _("Date"), width=12),
        Column("time", _("Time"), width=14),
        Column("lessons", _("Lessons"), width=8),
        Column("rate", _("Rate, yuan"), width=10),
        Column("fee", _("Sum, yuan"), width=12),
        Column("remark", _("Remark"), width=20),
        Column("signature", _("Signature"), width=16),
    )


def rows_of(lines: Sequence[FeeLine]) -> list[dict[str, Any]]:
    """Numbered, with the sum below."""
    found = [_row(number, line) for number, line in enumerate(lines, start=1)]
    if not found:
        return []
    total: dict[str, Any] = {column.name: "" for column in columns()}
    return [*found, total | {"name": _("In all"), "fee": sum_of(lines)[0]}]


def _row(number: int, line: FeeLine) -> dict[str, Any]:
    session, ends_at = line.session, line.starts_at + (line.session.ends_at - line.session.starts_at)
    return {
        "number": number,
        "name": line.host.name,
        "title": "" if line.host.fee_title == FeeTitle.NONE else str(line.host.get_fee_title_display()),
        "unit": line.host.unit,
        "activity": session.title or session.activity.title,
        "day": line.starts_at.date(),
        "time": f"{line.starts_at:%H:%M}–{ends_at:%H:%M}",
        "lessons": line.lessons,
        "rate": "" if line.is_own or line.rate is None else line.rate,
        "fee": "" if line.fee is None else line.fee,
        "remark": remark(line),
        "signature": "",
    }


def remark(line: FeeLine) -> str:
    if line.is_own:
        return _("agreed for this session")
    return _("still to be agreed") if line.fee is None else ""
