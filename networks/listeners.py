"""Networks' own periodic work: what is kept only for a while goes."""

from datetime import time, timedelta

from django.core.cache import cache

from kit import clock
from networks.commands import exports
from networks.engine import purges
from networks.engine.scopes import in_each_network
from networks.registers import every

FACTS_KEPT = timedelta(days=14)
JOBS_KEPT = timedelta(days=30)


@every(name="networks.purge_facts", at=time(3, 20))
def purge_facts() -> None:
    purges.facts(before=clock.now() - FACTS_KEPT)


@every(name="networks.purge_jobs", at=time(3, 40))
def purge_jobs() -> None:
    purges.jobs(before=clock.now() - JOBS_KEPT)


@every(name="networks.remove_expired_exports", seconds=3600)
def remove_expired_exports() -> None:
    in_each_network(lambda _network: exports.remove_expired(at=clock.now()))


@every(name="networks.purge_pulses", seconds=3600)
def purge_pulses() -> None:
    purges.pulses(before=clock.now() - timedelta(days=1))


@every(name="networks.drop_expired_cache", seconds=600)
def drop_expired_cache() -> None:
    """Redis does this by itself."""
    if drop := getattr(cache, "drop_expired", None):
        drop()
