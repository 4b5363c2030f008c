"""Maps of a site for search engines, and what they are kept out of (sitemaps.org, RFC 9309)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.sax.saxutils import escape

# Pages in one file; the protocol allows ten times as many.
SIZE = 5000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def files_for(count: int) -> int:
    return -(-count // SIZE)


def index(addresses: Iterable[str]) -> str:
    """Of the files that hold the pages."""
    lines = "".join(f"<sitemap><loc>{escape(one)}</loc></sitemap>\n" for one in addresses)
    return f"{_HEAD}<sitemapindex {_NAMES}>\n{lines}</sitemapindex>\n"


def pages(home: str, found: Iterable[tuple[str, datetime | None]]) -> str:
    """`home`: what stands before each address, without a slash at its end."""
    lines = "".join(f"<url><loc>{escape(home + address)}</loc>{_changed(at)}</url>\n" for address, at in found)
    return f"{_HEAD}<urlset {_NAMES}>\n{lines}</urlset>\n"


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else ""


def robots(hidden: Iterable[str], *, site_map: str) -> str:
    """A question mark is followed by a star: readers that lose an empty query would keep out of the whole list."""
    lines = "".join(f"Disallow: {one}\n" for one in sorted(hidden))
    return f"User-agent: *\n{lines}\nSitemap: {site_map}\n"
