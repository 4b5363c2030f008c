"""What can be scanned at a door: each room says by which shape of code it is called, in its `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from networks.models import Network
from programmes.door.choices import Way
from programmes.planning.models import Session
from programmes.signup.models import Registration


@dataclass(frozen=True)
class Scannable:
    """`spelled`: the code as it was printed, empty where what was read has another shape. `find` asks the database for it,
    within the network; the session is the one whose door is open. `way`: where it says more than camera or scanner.
    """

    key: str
    spelled: Callable[[str, Network], str]
    find: Callable[[str, Session, Network], Registration | None]
    way: Way | None = None
    place: int = 50


@dataclass
class Scannables:
    entries: dict[str, Scannable] = field(default_factory=dict)

    def add(self, entry: Scannable) -> None:
        if self.entries.setdefault(entry.key, entry) != entry:
            raise ValueError(f"Two rooms are scanned as {entry.key!r}.")

    def in_order(self) -> list[Scannable]:
        return sorted(self.entries.values(), key=lambda one: one.place)


scannables = Scannables()
