"""What signs our pages for WeChat is fetched before it runs out: by one process, with no transaction open."""

import logging
from dataclasses import replace
from datetime import timedelta

from kit import clock
from networks.engine.scopes import in_each_network
from networks.models import Network
from networks.registers import every
from programmes.door.channels.wechat import NoTicket, fetch_ticket
from programmes.door.engine.wechat import account_of, keep, standing_of
from programmes.door.rules.wechat import SILENT, Account, Standing, is_due

log = logging.getLogger(__name__)


@every(name="door.wechat_tickets", seconds=60)
def renew_tickets() -> None:
    """Where nobody answers one network, the others wait for the next round: other periodic work waits behind this."""
    is_silent = False

    def renew(network: Network) -> None:
        nonlocal is_silent
        is_silent = is_silent or _renew(network) == SILENT

    in_each_network(renew)


def _renew(network: Network) -> str:
    """The error, if it was asked for and there was one."""
    account, before = account_of(network), standing_of(network)
    if account is None or not is_due(before, account, at=clock.now()):
        return ""
    try:
        keep(network, _fetched(account))
    except NoTicket as no:
        log.warning("wechat.no_ticket network=%s error=%s", network.code, no.code)
        last = before if before and before.app_id == account.app_id else Standing(account.app_id, clock.now())
        keep(network, replace(last, tried_at=clock.now(), error=no.code, detail=no.detail))
        return no.code
    return ""


def _fetched(account: Account) -> Standing:
    """Counted from before it was asked for."""
    at = clock.now()
    ticket = fetch_ticket(account)
    return Standing(account.app_id, at, ticket=ticket.text, until=at + timedelta(seconds=ticket.seconds), fetched_at=at)
