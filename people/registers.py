"""What upper rooms hang on a person's own pages, filled in their `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest

from kit.refusals import Text


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
