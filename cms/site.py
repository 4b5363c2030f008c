"""Pages that editors write, for the map of the site."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from wagtail.models import Page

from cms.models import Corner
from networks.registers import SitePage, SiteSection


def count_pages(_at: datetime) -> int:
    return int(_shown().count())


def pages(request: HttpRequest, _at: datetime, part: slice) -> Iterable[SitePage]:
    """As each kind of page says itself: one without an address of its own names none. One statement for each kind."""
    found = [
        one
        for page in _shown().order_by("pk").defer_streamfields().specific()[part]
        for one in page.get_sitemap_urls(request)
    ]
    # Wagtail puts the site's own host before them, with the port under which the city was opened.
    return [(urlsplit(one["location"]).path, one["lastmod"]) for one in found]


def _shown() -> Any:
    """Below the network's front page, and the front page itself: published, and behind no password."""
    corner = Corner.objects.select_related("site__root_page").first()
    if corner is None:
        return Page.objects.none()
    return corner.site.root_page.get_descendants(inclusive=True).live().public()


SITE_PAGES = SiteSection("pages", count_pages, pages)
