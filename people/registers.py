"""What upper rooms hang on a person's own pages, filled in their `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest

from kit.refusals import Text
from networks.choices import PrivacyTextKind


@dataclass(frozen=True)
class AccountPage:
    """A line on /me/. `count` may say how much waits there."""

    key: str
    label: Text
    url_name: str
    icon: str
    line: Text = ""
    count: Callable[[HttpRequest], int] | None = None


@dataclass
class AccountPages:
    pages: dict[str, AccountPage] = field(default_factory=dict)

    def add(self, page: AccountPage) -> None:
        if self.pages.setdefault(page.key, page) != page:
            raise ValueError(f"Two rooms put {page.key!r} on a person's pages.")

    def for_request(self, request: HttpRequest) -> list[tuple[AccountPage, int]]:
        return [(page, page.count(request) if page.count else 0) for page in self.pages.values()]


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


consent_purposes = ConsentPurposes()
