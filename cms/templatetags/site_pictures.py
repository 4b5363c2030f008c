"""Pictures of the site in templates."""

from typing import Any

from django import template

from cms.models.picture import Picture
from cms.pictures import passed_on, shown

register = template.Library()


@register.inclusion_tag("cms/_shown.html")
def site_picture(picture: Picture, place: str, *, alt: str | None = None, lazy: bool = True) -> dict[str, Any]:
    """What is seen is said unless the words beside it say so already: `alt=""`."""
    return {"shown": shown(picture, place), "alt": picture.description if alt is None else alt, "lazy": lazy}


@register.simple_tag(takes_context=True)
def pictures_to_pass_on(context: dict[str, Any], picture: Picture | None) -> list[str]:
    address = passed_on(picture)
    return [context["request"].build_absolute_uri(address)] if address else []


@register.simple_tag
def picture_address(picture: Picture, place: str) -> str:
    """The smallest, for what draws itself before it is asked for more."""
    return shown(picture, place).src
