"""A library's front page: its line, what is on this week, and what was told last."""

import re
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms import public_face
from cms.districts import city
from cms.models.base import TITLE_ALONE
from cms.models.stories import StoriesPage
from cms.on_now import coming
from cms.page_form import PageForm
from cms.parts.field import BodyField
from cms.pictures import know_cuts, pictures_in
from kit import clock, kept_pages
from networks.models import Network
from programmes.planning.queries.finder import aim_at
from programmes.planning.rules.finding import WEEK, Wish

# What a phone shows before somebody has to look further.
MOST_COMING = 6


def columns(line: str) -> list[str]:
    """The line as it is set, downwards: a new column after each comma."""
    return re.findall(r"[^，；、]+[，；、]?", line)


class DoorBlock(blocks.StructBlock):
    """One quick way from the home page to where somebody wants to be."""

    title = blocks.CharBlock(label=_("Title"), max_length=12)
    text = blocks.CharBlock(label=_("Line below it"), max_length=40)
    address = blocks.RegexBlock(
        r"^/(?:[^/\\\s][^\\\s]*)?$",
        label=_("Address on this site"),
        max_length=200,
        help_text=_("Begins with a slash, for example /me/"),
        error_messages={"invalid": _("Begin with a slash: only addresses on this site.")},
    )
    icon = blocks.ChoiceBlock(
        label=_("Drawing"),
        choices=[
            ("people", _("Family")),
            ("calendar", _("Calendar sheet")),
            ("book", _("Book")),
            ("ticket", _("Entrance ticket")),
            ("desk", _("Staff desk")),
            ("pin", _("Place")),
            ("chat", _("Talk")),
        ],
    )

    class Meta:
        icon = "link"
        label = _("Way on")


class HomePage(Page):
    """A library's front page. One per network, made when the network opens."""

    network = models.OneToOneField(Network, models.PROTECT, related_name="+", editable=False)
    line = models.CharField(
        _("line in large letters"), max_length=16, help_text=_("Two short halves, parted by a comma, look best.")
    )
    intro = models.CharField(_("what readers find here"), max_length=160)
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    doors = StreamField([("door", DoorBlock())], max_num=3, blank=True, verbose_name=_("ways on"))
    body = BodyField(blank=True, verbose_name=_("parts"), help_text=_("Below what is on and the stories."))

    base_form_class = PageForm
    content_panels = [
        TITLE_ALONE,
        FieldPanel("line"),
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("doors"),
        FieldPanel("body"),
    ]
    promote_panels = [FieldPanel("seo_title"), FieldPanel("search_description")]

    # It is public, now and tomorrow: no password, no closing hour.
    settings_panels: list[FieldPanel] = []
    private_page_options: list[str] = []

    parent_page_types: list[str] = []
    subpage_types = ["cms.StoriesPage", "cms.GalleryPage", "cms.ShelfPage", "cms.PlainPage"]
    template = "cms/home.html"

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        if not getattr(request, "is_preview", False):
            kept_pages.keep(response)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        know_cuts([self.picture, *pictures_in(self.body)])
        aim = aim_at(Wish(when=WEEK))
        return super().get_context(request, *args, **kwargs) | {
            "city": city(aim.areas, at=clock.now()),
            "columns": columns(self.line),
            "days": coming(aim, most=MOST_COMING),
            "stories": StoriesPage.objects.child_of(self).live().first(),
            **public_face.of(request, self),
        }
