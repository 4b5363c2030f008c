"""A row of the table of addresses; what its columns mean stands in tests/architecture/url_table.py."""

from dataclasses import dataclass

IN = "sign-in"


@dataclass(frozen=True)
class Row:
    address: str
    nobody: int | str = 200
    reader: int | str = 200
    owner: int | str = 200
    colleague: int | str = 200
    stranger: int | str = 200
    as_owner: str = "reader"
    as_colleague: str = "neighbour"
    method: str = "get"
    data: tuple[tuple[str, str], ...] = ()


def public(address: str, status: int = 200, *, stranger: int | None = None) -> Row:
    """The same to everybody; a stranger sees their own network's page."""
    return Row(address, status, status, status, status, stranger or status)


def own(address: str, status: int = 200, *, method: str = "get", without: int | None = None) -> Row:
    """Everybody's own page, once signed in; `without` a second factor it may answer differently."""
    bare = without or status
    return Row(address, IN, bare, status, bare, status, method=method)


def mine(address: str, status: int = 200, *, method: str = "get", others: int = 404, stranger: int = 404) -> Row:
    """A row of one person. To everybody else it is not there, or not theirs to see."""
    return Row(address, IN, others, status, others, stranger, method=method)


def staff(
    address: str,
    owner: str,
    colleague: str,
    *,
    status: int = 200,
    by_colleague: int = 403,
    stranger: int | None = None,
    method: str = "get",
    **data: str,
) -> Row:
    """Needs a right. A stranger with the same right in another network sees their own rows, or 404 for ours."""
    told = stranger or status
    return Row(address, IN, 403, status, by_colleague, told, owner, colleague, method, tuple(data.items()))


CONFIRM = 302  # first asked who they are once more
