"""Parts that ask the plan as often as they are shown: what is on, where it is open."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from cms.on_now import coming, spaces
from programmes.planning.models import Brand
from programmes.planning.queries.finder import aim_at
from programmes.planning.rules.ages import OLDEST_YEARS
from programmes.planning.rules.finding import WEEK, WEEKEND, Wish
from venues.queries.venues import districts
from venues.rules.finding import Wish as VenueWish

MOST = 12
WHENS = [
    ("", _("at any time from now on")),
    (WEEKEND, _("this weekend")),
    (WEEK, _("within a week")),
]


def brands() -> list[tuple[str, str]]:
    """Of the network whose page is being written."""
    return [(str(one.pk), one.name) for one in Brand.objects.filter(closed_at=None).order_by("place", "pk")]


def districts_to_choose() -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in districts()]


class Sessions(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=40, default=_("Coming up"))
    brand = blocks.ChoiceBlock(label=_("Brand"), choices=brands, required=False)
    district = blocks.ChoiceBlock(label=_("District"), choices=districts_to_choose, required=False)
    age = blocks.IntegerBlock(
        label=_("For a child of so many years"), min_value=0, max_value=OLDEST_YEARS, required=False
    )
    when = blocks.ChoiceBlock(label=pgettext_lazy("of a session", "When"), choices=WHENS, required=False)
    most = blocks.IntegerBlock(label=_("How many at most"), min_value=1, max_value=MOST, default=6)

    class Meta:
        icon = "date"
        label = _("Coming sessions")
        description = _("Always as the plan stands: with free places, without what is over.")
        template = "cms/parts/sessions.html"
        preview_value = {"heading": "近期活动", "brand": "", "district": "", "age": None, "when": "", "most": 3}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        wish = Wish(
            when=value["when"] or "",
            brand=_number(value["brand"]),
            district=_number(value["district"]),
            age=value["age"],
        )
        days = coming(aim_at(wish), most=value["most"] or MOST)
        return context | {"days": days, "all": f"{reverse('planning:events')}{wish.query()}"}


class Venues(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=40, default=_("Where to read"))
    district = blocks.ChoiceBlock(label=_("District"), choices=districts_to_choose, required=False)
    most = blocks.IntegerBlock(label=_("How many at most"), min_value=1, max_value=MOST, default=6)

    class Meta:
        icon = "site"
        label = _("Reading spaces")
        description = _("How each stands today: open until when, closed, moved.")
        template = "cms/parts/venues.html"
        preview_value = {"heading": "附近的阅读空间", "district": "", "most": 3}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        wish = VenueWish(district=_number(value["district"]))
        cards = spaces(wish, most=value["most"] or MOST)
        return context | {"cards": cards, "all": f"{reverse('venues:public')}{wish.query()}"}


def _number(chosen: str | None) -> int | None:
    return int(chosen) if chosen and chosen.isdigit() else None
