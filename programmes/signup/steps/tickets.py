"""Each registration has its ticket from the beginning, also while it waits."""

from kit import sealed
from networks.models.scoping import current_network
from programmes.signup.models import Registration
from programmes.signup.models.registration import TICKET
from programmes.signup.rules.tickets import new_ticket, ticket_hash


def give_ticket(row: Registration) -> None:
    """Before it is written for the first time."""
    network = current_network()
    code = new_ticket(network.code)
    row.ticket_hash = ticket_hash(code, network.code)
    row.ticket_sealed = sealed.seal(code, network_code=network.code, purpose=TICKET)
