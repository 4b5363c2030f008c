"""佐证材料, on paper: A4, each session begins a page."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kit.frame import brand_of
from kit.pdf import LIMIT_SECONDS, pdf_of
from kit.pictures import on_paper
from kit.seasons import season_of
from networks.models import Network
from programmes.door.models import DiaryPhoto
from programmes.door.queries.evidence import Evidence, unnamed_words
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import full_span_words

# Sharp enough at the width of a column.
PHOTO_SIDE = 1000


@dataclass(frozen=True)
class Sheet:
    """One session, ready to be drawn. `photos`: each with what stands in the page for it."""

    of: Evidence
    when: str
    place: str
    unnamed: str
    photos: tuple[tuple[DiaryPhoto, str], ...]


def evidence_pdf(
    rows: Sequence[Evidence],
    *,
    network: Network,
    with_problems: bool,
    at: datetime,
    limit_seconds: int = LIMIT_SECONDS,
) -> bytes:
    """Refused, in words, where it cannot be drawn."""
    context = {
        "title": rows[0].title if len(rows) == 1 else _("Evidence of sessions"),
        "sheets": [sheet_of(one) for one in rows],
        "with_problems": with_problems,
        "network": network,
        "season": season_of(timezone.localtime(rows[0].session.starts_at).date()),
        "printed": _("Printed on %(moment)s") % {"moment": date_format(timezone.localtime(at), "DATETIME_FORMAT")},
    }
    html = render_to_string("door/evidence_paper.html", context)
    return pdf_of(html, brand=brand_of(network), limit_seconds=limit_seconds)


def sheet_of(one: Evidence) -> Sheet:
    session = one.session
    return Sheet(
        one,
        full_span_words(session.starts_at, session.ends_at),
        place_words(session),
        unnamed_words(one),
        tuple((photo, _in_page(photo)) for photo in one.photos),
    )


def _in_page(photo: DiaryPhoto) -> str:
    content = base64.b64encode(on_paper(photo.image, PHOTO_SIDE)).decode()
    return f"data:image/jpeg;base64,{content}"
