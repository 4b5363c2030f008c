"""Who comes, on paper: A4, a big row with a box to tick for each child, by name."""

from collections.abc import Iterable, Mapping, Sequence
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
from programmes.signup.queries.questions import AnswerLine


@dataclass(frozen=True)
class Block:
    """A family or a class: a row for each of its children, or one for a party without names."""

    party: Party
    rows: tuple[tuple[Guest, str], ...]
    nameless: range
    # What the family said to questions that are for those at the door.
    said: str = ""


# By registration.
Lines = Mapping[int, Sequence[AnswerLine]]


def door_list_pdf(
    session: Session,
    coming: Coming,
    answers: Lines,
    *,
    network: Network,
    at: datetime,
    limit_seconds: int = LIMIT_SECONDS,
) -> bytes:
    """Without telephones. `answers`: those that one needs to know on the day. Refused, in words, where it cannot be drawn."""
    context = {
        "title": session.title or session.activity.title,
        "when": full_span_words(session.starts_at, session.ends_at),
        "place": place_words(session),
        "coming": coming,
        "blocks": blocks(coming, answers),
        "waiting": coming.waiting,
        "network": network,
        "season": season_of(timezone.localtime(session.starts_at).date()),
        "printed": _("Printed on %(moment)s") % {"moment": date_format(timezone.localtime(at), "DATETIME_FORMAT")},
    }
    html = render_to_string("signup/staff/door_list_paper.html", context)
    return pdf_of(html, brand=brand_of(network), limit_seconds=limit_seconds)


def blocks(coming: Coming, answers: Lines) -> list[Block]:
    """Those who hold places and were not invited only: families by the name of their first child, classes last."""
    rows = [party for party in coming.holding if party not in coming.waiting]
    ordered = sorted(rows, key=lambda party: (party.is_group, party.title))
    return [_block(party, answers.get(party.registration.pk, ())) for party in ordered]


def _block(party: Party, lines: Sequence[AnswerLine]) -> Block:
    rows = tuple((guest, _knowing(guest, lines)) for guest in party.guests)
    return Block(party, rows, range(party.nameless), _words(line for line in lines if not line.child))


def _knowing(guest: Guest, lines: Sequence[AnswerLine]) -> str:
    said = _words(line for line in lines if guest.child is not None and line.child == guest.child.pk)
    return "；".join(part for part in (guest.needs, said) if part)


def _words(lines: Iterable[AnswerLine]) -> str:
    return "；".join(f"{line.label}：{line.value}" for line in lines)
