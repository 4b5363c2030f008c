"""What every page has to be: readable for a screen reader, and no wider than the screen."""

from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Only what is wrong comes back: a list of all that is right takes longer than to find it.
_LOOK = """() => axe.run(document, {resultTypes: ['violations'], elementRef: false}).then(found => found.violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => [one.id, one.nodes.map(node => node.html.slice(0, 120))]))"""


@cache
def _axe() -> str:
    return str(Axe().axe_script)


def serious(page: Page) -> Any:
    """What axe calls serious or critical: rule and places."""
    page.evaluate(_axe())
    return page.evaluate(_LOOK)


def sideways(page: Page) -> Any:
    """How far the page can be pushed sideways, in pixels."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
