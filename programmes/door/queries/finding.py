"""Whose registration a code stands for, at the door of a session."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from networks.models import Network
from people.models import Household, ReaderNumber
from people.queries.reader_numbers import index_of_number
from programmes.door.choices import Way
from programmes.door.registers import Scannable, scannables
from programmes.door.rules import codes
from programmes.planning.models import Session
from programmes.planning.queries.session_table import midnight, until_day
from programmes.signup.models import Registration
from programmes.signup.rules.tickets import ticket_hash


@dataclass(frozen=True)
class Found:
    """What was asked for. Neither: nobody knows it here, and it may be `mistaken` for a ticket."""

    registration: Registration | None = None
    way: Way | None = None
    is_foreign: bool = False
    mistaken: codes.Mistaken = codes.Mistaken.OTHER


def found_by(read: str, session: Session, *, network: Network) -> Found:
    """By the first that knows it."""
    for one in scannables.in_order():
        code = one.spelled(read, network)
        row = one.find(code, session, network) if code else None
        if row is not None:
            return Found(row, one.way)
    hosts = set(network.hosts.values_list("host", flat=True))
    return Found(
        is_foreign=codes.is_foreign(read, network, hosts=hosts), mistaken=codes.mistaken_for(read, network, hosts=hosts)
    )


def found_in(session: Session, code: str) -> Found:
    """Of the list: one of this session, or nobody."""
    row: Registration | None = Registration.objects.filter(session=session, code=code).first()
    return Found(row)


def _by_ticket(code: str, _session: Session, network: Network) -> Registration | None:
    """One that was moved stands for where it was moved to."""
    row: Registration | None = Registration.objects.filter(
        ticket_hash=ticket_hash(code, network.code), forgotten_at=None
    ).first()
    while row is not None and row.ended_at is not None:
        after: Registration | None = Registration.objects.filter(follows=row).first()
        if after is None:
            break
        row = after
    return row


def _by_tail(code: str, session: Session, network: Network) -> Registration | None:
    """Within the session alone; where two end alike, nobody is guessed."""
    rows = Registration.objects.filter(session=session, forgotten_at=None).order_by("pk")
    found = []
    for row in rows:
        row.network = network
        if row.ticket.endswith(code):
            found.append(row)
    return found[0] if len(found) == 1 else None


def _by_reader_number(number: str, session: Session, network: Network) -> Registration | None:
    """Of whoever has this card, checked or not: this session first, then what is on that day."""
    cards = ReaderNumber.objects.filter(number_index=index_of_number(number, network=network))
    homes = Household.objects.filter(
        Q(children__reader_number__in=cards, children__erased_at=None)
        | Q(members__person__reader_number__in=cards, members__left_at=None)
    )
    keys = list(homes.values_list("pk", flat=True).distinct())
    day = timezone.localtime(session.starts_at).date()
    on_day = until_day(Session.objects.filter(starts_at__gte=midnight(day)), day)
    rows = Registration.objects.filter(household__in=keys, ended_at=None).filter(
        Q(session=session) | Q(session__in=on_day)
    )
    here = Case(When(session=session, then=Value(0)), default=Value(1), output_field=IntegerField())
    row: Registration | None = rows.order_by(here, "session__starts_at", "pk").first()
    return row


scannables.add(Scannable("ticket", codes.ticket_in, _by_ticket, place=10))
scannables.add(Scannable("ticket_end", codes.tail_in, _by_tail, place=20))
scannables.add(Scannable("reader_number", codes.reader_number_in, _by_reader_number, way=Way.READER_NUMBER, place=30))
