"""The plan's table on paper: A4 landscape, in the library's hand."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kit.frame import brand_of
from kit.pdf import LIMIT_SECONDS, pdf_of
from kit.seasons import season_of
from networks.models import Network
from programmes.planning.queries.plan_table import PlanTable
from programmes.planning.rules.plan_table import HEADS


def table_pdf(table: PlanTable, *, network: Network, at: datetime, limit_seconds: int = LIMIT_SECONDS) -> bytes:
    """Refused, in words, where it cannot be drawn."""
    today = timezone.localtime(at).date()
    period = table.wish.period
    context = {
        "table": table,
        "heads": list(HEADS.values()),
        "network": network,
        "season": season_of(min(max(today, period.first), period.last)),
        "printed": printed_words(at),
    }
    html = render_to_string("planning/table/paper.html", context)
    return pdf_of(html, brand=brand_of(network), limit_seconds=limit_seconds)


def printed_words(at: datetime) -> str:
    return _("Printed on %(day)s") % {"day": date_format(timezone.localtime(at), "DATE_FORMAT")}
