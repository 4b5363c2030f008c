"""Which tests run in one process: those of a module that starts a whole demo or service once for all of them.

The marks of pytest-xdist for this (`xdist_group`) do nothing with pytest 9.2, which no longer lets a test's name be
changed; so its scheduler is told here, by the names themselves.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/local/test_demo.py", "tests/production/test_service.py")


class Shared(LoadScopeScheduling):
    """Modules that stay together go first, since they take longest; all others are dealt out test by test."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return module if module in TOGETHER else nodeid
