import re
from itertools import count
from typing import Any

from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import string_to_ascii
from wagtail.models import Page

from cms.own import is_own_file, refuse_strangers

# Of an address that is made from a title.
LONGEST_SLUG = 40


class PageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Whoever leaves the address empty gets one from the title, in pinyin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or self._free(in_pinyin(self.cleaned_data.get("title", "")) or "page")

    def clean_picture(self) -> Any:
        """Of the front page as well: a number in a form is only a number."""
        picture = self.cleaned_data["picture"]
        refuse_strangers(is_own=picture is None or is_own_file(picture))
        return picture

    def _free(self, slug: str) -> str:
        ways = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
        return next(way for way in ways if Page._slug_is_available(way, self.parent_page, self.instance))  # noqa: SLF001 - as Wagtail's own form asks


def in_pinyin(title: str) -> str:
    """春天来了: chun-tian-lai-le."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", string_to_ascii(title))
    return slugify(words)[:LONGEST_SLUG].strip("-")
