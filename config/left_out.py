"""What a web process leaves out: a quarter of what it would keep in memory. Imported before anything else."""

import sys
from types import ModuleType
from typing import Any

# What others bring, and packages take where it is there: for colours that no web process shows, for formats that nobody
# sends, for texts of unknown encoding, which nobody hands in, and for questions to other servers, of which a web process
# asks none.
NOT_TO_BE_HAD = ("rich", "pygments", "greenlet", "yaml", "charset_normalizer", "requests")
# Wagtail's third interface for programs, which it builds for each type of page whether or not an address leads there. None does
# (`cms.urls`), and nothing else needs what stands behind it.
UNUSED = (
    "wagtail.api.v3.api",
    "wagtail.api.validators",
    "wagtail.documents.api.v3.registry",
    "wagtail.documents.api.v3.router",
    "wagtail.images.api.v3.registry",
    "wagtail.images.api.v3.router",
    "wagtail.snippets.api.v3",
    "wagtail.snippets.api.v3.router",
)


class _Nothing(ModuleType):
    """Whatever is taken from it can be called, and does nothing."""

    __path__: list[str] = []

    def __getattr__(self, name: str) -> "_Nothing":
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing(name)

    def __call__(self, *_args: Any, **_options: Any) -> None:
        """As those of Wagtail that register something, at its start."""


for _name in NOT_TO_BE_HAD:
    sys.modules.setdefault(_name, None)  # type: ignore[arg-type] # as the import system marks what is not to be had
for _name in UNUSED:
    sys.modules.setdefault(_name, _Nothing(_name))
