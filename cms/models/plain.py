from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.base import OwnPage, WrittenPage


class PlainPage(WrittenPage):
    """Whatever else has to be said: about the library, how to become a reader, questions that many ask."""

    content_panels = [*OwnPage.content_panels, FieldPanel("summary"), FieldPanel("picture"), FieldPanel("body")]
    parent_page_types = ["cms.HomePage", "cms.PlainPage"]
    subpage_types = ["cms.PlainPage"]
    template = "cms/plain.html"

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"below": self.get_children().live().order_by("path")}
