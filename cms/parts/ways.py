"""Parts that lead on: to a page, an address, a file."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.own import OwnDocument, OwnPageChooser


class Way(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What the button says"), max_length=16)
    text = blocks.CharBlock(label=_("Line beside it"), max_length=80, required=False)
    page = OwnPageChooser(label=_("A page of this site"), required=False)
    address = blocks.RegexBlock(
        r"^(?:/(?!/)|https://)[^\s\\]*$",
        label=_("or an address"),
        max_length=200,
        required=False,
        help_text=_("Begins with a slash on this site, with https:// elsewhere."),
        error_messages={"invalid": _("Begin with a slash, or with https:// for an address elsewhere.")},
    )

    class Meta:
        icon = "link"
        label = _("Button")
        description = _("One button that leads on. Its words say what happens: “Sign up”, “See the list of books”.")
        template = "cms/parts/way.html"
        preview_value = {"label": "看看活动", "text": "这个周末，离家不远就有", "page": None, "address": "/events/"}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            raise StructBlockValidationError({"address": ValidationError(_("Choose a page, or write an address."))})
        return cleaned


class Download(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=60)
    file = OwnDocument(label=_("File"))

    class Meta:
        icon = "download"
        label = _("File to take along")
        description = _("A list of books, a form, a poster. Its kind and size are said beside it.")
        template = "cms/parts/download.html"
