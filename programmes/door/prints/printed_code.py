"""张贴码, on paper: A4, one code to scan, the venue's name, and what to do in three steps."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kit.frame import brand_of
from kit.pdf import LIMIT_SECONDS, pdf_of
from kit.seasons import season_of
from networks.models import Network
from programmes.door.models import PrintedCode


def printed_code_pdf(
    code: PrintedCode, *, address: str, network: Network, at: datetime, limit_seconds: int = LIMIT_SECONDS
) -> bytes:
    """Refused, in words, where it cannot be drawn."""
    context = {
        "venue": code.venue,
        "address": address,
        "network": network,
        "season": season_of(timezone.localtime(at).date()),
        "printed": _("Printed on %(moment)s") % {"moment": date_format(timezone.localtime(at), "DATETIME_FORMAT")},
    }
    html = render_to_string("door/printed_code_paper.html", context)
    return pdf_of(html, brand=brand_of(network), limit_seconds=limit_seconds)
