"""What other rooms hang on networks, filled in their `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from networks.models import Network


@dataclass(frozen=True)
class OpeningPlan:
    """What the operator knows of a new city. Opening twice by the same plan changes nothing."""

    code: str
    name: str
    library_name: str
    city: str
    hosts: tuple[str, ...]
    districts: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    administrators: tuple[tuple[str, str], ...] = ()
    # In charge of personal information, named in the privacy texts; without them no texts are drafted.
    responsible: str = ""
    responsible_contact: str = ""
    tagline: str = ""
    brand_hue: int = 15
    is_operator: bool = False
    details: dict[str, str] = field(default_factory=dict)


# A step inside the opening command, called in the new network's scope.
Opener = Callable[[Network, OpeningPlan], None]
openers: dict[str, Opener] = {}


def opens_networks(name: str) -> Callable[[Opener], Opener]:
    """Register what a room has to make before a new network works. Called again, it completes what is missing."""

    def add(function: Opener) -> Opener:
        if openers.setdefault(name, function) is not function:
            raise ValueError(f"Two rooms open networks under the name {name!r}.")
        return function

    return add
