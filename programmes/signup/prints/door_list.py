"""Who comes, on paper: A4, a big row with a box to tick for each child, by name."""

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kit.frame import brand_of
from kit.pdf import LIMIT_SECONDS, pdf_of
from kit.seasons import season_of
from networks.models import Network
from programmes.planning.models import Session
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import full_span_words
from programmes.signup.queries.coming import Coming, Guest, Party


@dataclass(frozen=True)
class Block:
    """A family or a class: a row for each of its children, or one for a party without names."""

    party: Party
    rows: tuple[Guest, ...]
    nameless: range


def door_list_pdf(
    session: Session, coming: Coming, *, network: Network, at: datetime, limit_seconds: int = LIMIT_SECONDS
) -> bytes:
    """Without telephones. Refused, in words, where it cannot be drawn."""
    context = {
        "title": session.title or session.activity.title,
        "when": full_span_words(session.starts_at, session.ends_at),
        "place": place_words(session),
        "coming": coming,
        "blocks": blocks(coming),
        "waiting": coming.waiting,
        "network": network,
        "season": season_of(timezone.localtime(session.starts_at).date()),
        "printed": _("Printed on %(moment)s") % {"moment": date_format(timezone.localtime(at), "DATETIME_FORMAT")},
    }
    html = render_to_string("signup/staff/door_list_paper.html", context)
    return pdf_of(html, brand=brand_of(network), limit_seconds=limit_seconds)


def blocks(coming: Coming) -> list[Block]:
    """Those who hold places and were not invited only: families by the name of their first child, classes last."""
    rows = [party for party in coming.holding if party not in coming.waiting]
    ordered = sorted(rows, key=lambda party: (party.is_group, party.title))
    return [Block(party, party.guests, range(party.nameless)) for party in ordered]
