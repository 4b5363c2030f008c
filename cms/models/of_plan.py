"""Pages of what the plan tells readers: the plan says what it is, editors add to it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.from_plan import FromPlan
from cms.models.base import OwnPage
from cms.parts.field import BodyField
from cms.pictures import know_cuts, pictures_in
from kit.refusals import Text

ENRICHED = (FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body"))


class PlanPage(OwnPage):
    """One for each thing, made and named by what happens in the plan; its text is read from the plan whenever the page is
    drawn. Editors change what they added, and nothing else.
    """

    lead = models.TextField(
        _("lead"), max_length=300, blank=True, help_text=_("Some sentences of your own, in larger letters.")
    )
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BodyField(blank=True, verbose_name=_("parts"), help_text=_("Below what the plan says."))

    content_panels = [
        FromPlan(template="cms/editor/from_plan.html", heading=_("From the plan")),
        *ENRICHED,
    ]
    # The address was told to readers when the page was made: it stays, whatever the thing is called later.
    promote_panels = [FieldPanel("seo_title"), FieldPanel("search_description")]
    settings_panels: list[FieldPanel] = []
    parent_page_types = ["cms.ShelfPage"]
    subpage_types: list[str] = []

    # The field that names the thing.
    tie: ClassVar[str]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        # What each kind says itself.

        @classmethod
        def told(cls) -> "QuerySet[Any]":
            """The things that readers may know of."""

        @classmethod
        def on_the_shelf(cls, at: datetime) -> "QuerySet[Any]":
            """Pages with `line` (of text), `when` (of the next session, or none) and `of_year`, what comes next first."""

        def from_plan(self) -> list[tuple[Text, Text]]:
            """What the editor is shown of it: labels and words."""

        def in_plan(self) -> str:
            """Where it is changed."""

    @classmethod
    def slug_of(cls, thing: Any) -> str:
        """What its first address is made from."""
        return str(thing)

    @classmethod
    def drawn(cls) -> "QuerySet[Any]":
        """With what else its page shows, in the statement that finds it."""
        rows: QuerySet[Any] = cls.objects.annotate(is_drawn=models.Value(True))
        return rows

    def whole(self) -> Any:
        """Itself, as `drawn` gives it; a preview is asked for the rest."""
        return self if hasattr(self, "is_drawn") else type(self).drawn().get(pk=self.pk)

    @property
    def thing(self) -> Any:
        return getattr(self, self.tie)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        know_cuts([self.picture, *pictures_in(self.body)])
        canonical = request.build_absolute_uri(self.address)
        return super().get_context(request, *args, **kwargs) | {"canonical": canonical}

    def with_content_json(self, content: Any) -> Any:
        """An older version knows an older name."""
        version = super().with_content_json(content)
        version.title, version.slug = self.title, self.slug
        setattr(version, f"{self.tie}_id", getattr(self, f"{self.tie}_id"))
        version.set_url_path(self.get_parent())
        return version

    def clean(self) -> None:
        super().clean()
        if self.thing.network_id != self.network_id:
            raise ValidationError(_("This is not your library's. Please choose again."))
