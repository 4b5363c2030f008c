"""Reader numbers by what is known of them."""

from collections.abc import Iterable

from django.db.models import Q

from kit import sealed
from networks.models import Network
from people.models import Household, ReaderNumber
from people.models.child import READER_NUMBER


def index_of_number(number: str, *, network: Network) -> bytes:
    """`number` as rules.reader_numbers.tidy gives it."""
    return sealed.blind_index(number, network_code=network.code, purpose=READER_NUMBER)


def is_taken(index: bytes) -> bool:
    """Checked for somebody already."""
    return ReaderNumber.objects.filter(number_index=index, checked_at__isnull=False).exists()


def holders_of(index: bytes, households: Iterable[Household]) -> list[ReaderNumber]:
    """Adults and children of these families who have this number, checked or not. One statement."""
    rows = ReaderNumber.objects.filter(
        Q(child__household__in=households, child__erased_at=None, child__merged_into=None)
        | Q(person__memberships__household__in=households, person__memberships__left_at=None),
        number_index=index,
    )
    return list(rows.select_related("person", "child").distinct().order_by("pk"))
