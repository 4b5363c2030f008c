"""What every page's frame shows: season, brand, type size, languages, ways through the site."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from kit import clock, look, navigation, toasts
from kit.navigation import Group, Link, Place
from kit.palette import Brand
from kit.seasons import Season, season_of

LARGE = "large"


@dataclass(frozen=True)
class Frame:
    """Asked by templates, part by part; nothing is worked out for a page that does not show it."""

    request: HttpRequest

    def season(self) -> Season:
        return season_of(clock.today(timezone.get_current_timezone()))  # type: ignore[arg-type]

    def seasons(self) -> list[Season]:
        return list(Season)

    def is_large(self) -> bool:
        return self.request.COOKIES.get(settings.LARGE_TYPE_COOKIE_NAME) == LARGE

    def look(self) -> str:
        """The name of the network's style sheet; empty where no network is known."""
        network = getattr(self.request, "network", None)
        return look.name(brand_of(network)) if network else ""

    def languages(self) -> list[tuple[str, str]]:
        """The languages to choose from, if there is a choice."""
        network = getattr(self.request, "network", None)
        codes = {network.language, *network.other_languages} if network else set()
        return [pair for pair in settings.LANGUAGES if pair[0] in codes] if len(codes) > 1 else []

    def reader_links(self) -> list[Link]:
        return navigation.reader.links(self.request)

    def header_links(self) -> list[Link]:
        """Those of the reader's that the account's do not name already."""
        named = {link.address for link in self.account_links()}
        return [link for link in self.reader_links() if link.address not in named]

    def bar_addresses(self) -> set[str]:
        """What the bar under the thumb leads to, and the header of a phone need not."""
        return {link.address for link in self.reader_links()}

    def account_links(self) -> list[Link]:
        return navigation.account.links(self.request)

    def ways_on(self) -> list[Link]:
        """From a page that says no: where readers, and staff, may go instead."""
        found = {link.address: link for link in [*self.reader_links(), *self.account_links()]}
        return [link for address, link in found.items() if address not in {"/", self.request.path}]

    def footer_links(self) -> list[Link]:
        return navigation.footer.links(self.request)

    def staff_groups(self) -> list[tuple[Group, list[Link]]]:
        return navigation.staff.groups(self.request)

    def staff_bar(self) -> list[Link]:
        """For those who work on a phone; never more than a thumb can tell apart."""
        return navigation.staff_bar.links(self.request)[:4]

    def places(self) -> list[Place]:
        """The areas to choose from, if there is a choice."""
        found = list(navigation.places.for_request(self.request))
        return found if len(found) > 1 else []

    def reader_pages(self) -> dict[str, str]:
        return {key: reverse(name) for key, name in navigation.reader_pages.items()}

    def staff_pages(self) -> dict[str, str]:
        return {key: reverse(name) for key, name in navigation.staff_pages.items()}

    def staff_account(self) -> list[Link]:
        return navigation.staff_account.links(self.request)

    def toasts(self) -> list[toasts.Toast]:
        return toasts.take(self.request)

    def account_name(self) -> str:
        """Whoever is signed in, for the menu of staff."""
        return str(getattr(self.request.user, "name", ""))


def brand_of(network: Any) -> Brand:
    return Brand(hue=network.brand_hue, chroma=float(network.brand_chroma))


def frame(request: HttpRequest) -> dict[str, Frame]:
    return {"frame": Frame(request)}
