"""Reader numbers by what is known of them."""

from kit import sealed
from networks.models import Network
from people.models import ReaderNumber
from people.models.child import READER_NUMBER


def index_of_number(number: str, *, network: Network) -> bytes:
    """`number` as rules.reader_numbers.tidy gives it."""
    return sealed.blind_index(number, network_code=network.code, purpose=READER_NUMBER)


def is_taken(index: bytes) -> bool:
    """Checked for somebody already."""
    return ReaderNumber.objects.filter(number_index=index, checked_at__isnull=False).exists()
