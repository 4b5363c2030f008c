"""What upper rooms hang on a person's own pages, filled in their `apps.ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.refusals import Text
from networks.choices import PrivacyTextKind
from networks.models import Area, Network
from people.models import Child, Person
from people.registers.holdings import Holding as Holding
from people.registers.holdings import Owner as Owner
from people.registers.holdings import Retention as Retention
from people.registers.holdings import Section as Section
from people.registers.holdings import holdings as holdings

# Where somebody of the staff begins who signs in without being under way elsewhere: the address, or nothing. The first counts.
FirstPage = Callable[[Person], str]
first_pages: list[FirstPage] = []


class AccountGroup(Enum):
    """Under which heading of /me/ a page stands; in this order."""

    FAMILY = "family"
    LIBRARY = "library"
    ACCOUNT = "account"

    @property
    def label(self) -> Text:
        return _ACCOUNT_GROUPS[self]


_ACCOUNT_GROUPS: dict[AccountGroup, Text] = {
    AccountGroup.FAMILY: pgettext_lazy("group on one's own page", "My family"),
    AccountGroup.LIBRARY: pgettext_lazy("group on one's own page", "With the library"),
    AccountGroup.ACCOUNT: pgettext_lazy("group on one's own page", "My account"),
}


@dataclass(frozen=True)
class AccountPage:
    """A card on /me/. `count` may say how much waits there, `line` what it is about; either may ask the request.
    With `only_with_some` it is shown while something waits."""

    key: str
    label: Text
    url_name: str
    icon: str
    line: Text | Callable[[HttpRequest], Text] = ""
    count: Callable[[HttpRequest], int] | None = None
    group: AccountGroup = AccountGroup.LIBRARY
    place: int = 50
    only_with_some: bool = False


@dataclass(frozen=True)
class AccountCard:
    """One page as it stands on /me/ now."""

    page: AccountPage
    line: Text
    count: int


@dataclass
class AccountPages:
    pages: dict[str, AccountPage] = field(default_factory=dict)

    def add(self, page: AccountPage) -> None:
        if self.pages.setdefault(page.key, page).url_name != page.url_name:
            raise ValueError(f"Two rooms put {page.key!r} on a person's pages.")

    def for_request(self, request: HttpRequest) -> list[tuple[AccountGroup, list[AccountCard]]]:
        """By heading, without those that would stand empty."""
        pages = sorted(self.pages.values(), key=lambda page: page.place)
        found = [(group, _cards(pages, group, request)) for group in AccountGroup]
        return [(group, cards) for group, cards in found if cards]


def _cards(pages: list[AccountPage], group: AccountGroup, request: HttpRequest) -> list[AccountCard]:
    cards = [_card(page, request) for page in pages if page.group is group]
    return [card for card in cards if card.count or not card.page.only_with_some]


def _card(page: AccountPage, request: HttpRequest) -> AccountCard:
    line = page.line(request) if callable(page.line) else page.line
    return AccountCard(page, line, page.count(request) if page.count else 0)


account_pages = AccountPages()


# --- What families are asked ---------------------------------------------------------------


@dataclass(frozen=True)
class ConsentPurpose:
    """One thing that a guardian may agree to. A new `version` means new words: it is asked again when next needed.

    With `privacy_text` the version is that of the text in force. `is_needed`: without it nothing can be done for the
    child at all. `withdrawal` says before the button what ends when it is withdrawn.
    """

    key: str
    title: Text
    question: Text
    withdrawal: Text
    version: int = 1
    privacy_text: PrivacyTextKind | None = None
    is_per_child: bool = True
    is_needed: bool = False


@dataclass
class ConsentPurposes:
    purposes: dict[str, ConsentPurpose] = field(default_factory=dict)

    def add(self, purpose: ConsentPurpose) -> ConsentPurpose:
        if self.purposes.setdefault(purpose.key, purpose) != purpose:
            raise ValueError(f"Two rooms ask for the purpose {purpose.key!r}.")
        return purpose

    def __getitem__(self, key: str) -> ConsentPurpose:
        return self.purposes[key]

    def __contains__(self, key: str) -> bool:
        return key in self.purposes

    def all(self) -> tuple[ConsentPurpose, ...]:
        """What a child cannot do without comes first."""
        return tuple(sorted(self.purposes.values(), key=lambda purpose: not purpose.is_needed))


consent_purposes = ConsentPurposes()

# What a carer says in place of the guardian's own sentence.
DECLARATION = _("I declare that a guardian of the child knows the children's privacy rules and agrees.")

CHILD_DATA = consent_purposes.add(
    ConsentPurpose(
        key="people.child_data",
        title=_("The child's name and month of birth"),
        question=_(
            "I am a guardian of this child, I have read the children's privacy rules, and I agree that the library keeps "
            "the child's name and month of birth to sign the child up."
        ),
        withdrawal=_(
            "Nothing more can be registered for this child, and after the time that the library has set the child's data "
            "is erased. What the child took part in stays as a number without a name. Until then you can agree again."
        ),
        privacy_text=PrivacyTextKind.CHILDREN,
        is_needed=True,
    )
)
PHOTO = consent_purposes.add(
    ConsentPurpose(
        key="people.photo",
        title=_("Photographs and publicity of events"),
        question=_("May the library photograph or film our family at its events, and show the pictures in public?"),
        withdrawal=_(
            "From now on our staff take no pictures of your family for publication. Pictures that are out already are "
            "taken down when you tell us which."
        ),
        is_per_child=False,
    )
)
OWN_LOGIN = consent_purposes.add(
    ConsentPurpose(
        key="people.own_login",
        title=_("The child's own sign-in"),
        question=_("May this child sign in with a mobile number of their own and see their own records?"),
        withdrawal=_("The child can no longer sign in. Records and certificates stay the child's."),
    )
)


# --- Reader numbers ------------------------------------------------------------------------


class ReaderNumberCheck(Protocol):
    """A library's own system, asked outside any transaction. None: it cannot say, and staff look at the card."""

    def __call__(self, network: Network, *, number: str, name: str) -> bool | None: ...


@dataclass
class ReaderNumberChecks:
    checks: list[ReaderNumberCheck] = field(default_factory=list)

    def add(self, check: ReaderNumberCheck) -> None:
        self.checks.append(check)

    def ask(self, network: Network, *, number: str, name: str) -> bool | None:
        """The first that can say."""
        answers = (check(network, number=number, name=name) for check in self.checks)
        return next((answer for answer in answers if answer is not None), None)


reader_number_checks = ReaderNumberChecks()


# --- Two children that are one -------------------------------------------------------------

# A step of an upper room that moves its rows from the child that goes to the one that stays.
Merge = Callable[[Child, Child], None]


@dataclass
class Merges:
    """`function(kept, gone)` runs in the transaction that merges."""

    functions: dict[str, Merge] = field(default_factory=dict)

    def add(self, key: str, function: Merge) -> None:
        if self.functions.setdefault(key, function) is not function:
            raise ValueError(f"Two rooms merge children under the name {key!r}.")

    def run(self, *, kept: Child, gone: Child) -> None:
        for function in self.functions.values():
            function(kept, gone)


merges = Merges()


# --- When somebody leaves ------------------------------------------------------------------

# A step: moves what the first person was responsible for, in that area and below it, to the second.
HandOver = Callable[[Person, Person, Area, str], None]


@dataclass(frozen=True)
class Handover:
    """What hangs on a member of staff in an upper room. `count` is for the page before somebody leaves."""

    key: str
    title: Text
    count: Callable[[Person, tuple[str, ...]], int]
    move: HandOver


@dataclass
class Handovers:
    entries: dict[str, Handover] = field(default_factory=dict)

    def add(self, handover: Handover) -> None:
        if self.entries.setdefault(handover.key, handover) != handover:
            raise ValueError(f"Two rooms hand over {handover.key!r}.")

    def counts(self, person: Person, paths: tuple[str, ...]) -> list[tuple[Text, int]]:
        """What she is responsible for, by title."""
        return [(entry.title, entry.count(person, paths)) for entry in self.entries.values()]

    def hand_over(self, leaver: Person, *, to: Person, area: Area, role: str) -> None:
        for entry in self.entries.values():
            entry.move(leaver, to, area, role)


handovers = Handovers()


# --- Places by a number of their own -------------------------------------------------------

# Pairs of a number and the area that it stands for, in one statement.
NumberedPlaces = Callable[[], Iterable[tuple[str, int]]]


@dataclass
class PlaceNumbers:
    """An upper room whose places are areas says by which number staff know them: a table may name either."""

    functions: dict[str, NumberedPlaces] = field(default_factory=dict)

    def add(self, key: str, function: NumberedPlaces) -> None:
        if self.functions.setdefault(key, function) is not function:
            raise ValueError(f"Two rooms number places under the name {key!r}.")

    def pairs(self) -> list[tuple[str, int]]:
        return [pair for function in self.functions.values() for pair in function()]


place_numbers = PlaceNumbers()


# Sealed columns of upper rooms: called each night inside a command, each seals a batch anew of what lies under an older key
# or cipher, and says how many it did.
Resealer = Callable[[Network], int]
resealers: dict[str, Resealer] = {}
