"""What Wagtail keeps of those who write pages. Its tables know no network, so all is asked by person."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, Page, PageSubscription, Revision
from wagtail.users.models import UserProfile

from people.models import Person
from people.registers.holdings import Holding, Owner, Section, holdings
from people.steps.holdings.words import SERVICE


def _ids(owner: Owner) -> list[int]:
    return [person.pk for person in owner.persons]


def _revisions() -> "QuerySet[Revision]":
    rows: QuerySet[Revision] = Revision.objects.filter(user_id__in=Person.objects.values("pk"))
    return rows


def _export(owner: Owner) -> list[Section]:
    pages = (
        Page.objects.filter(owner_id__in=_ids(owner)).order_by("pk").values_list("title", "latest_revision_created_at")
    )
    count = Revision.objects.filter(user_id__in=_ids(owner)).count()
    return [
        Section("pages", _("Pages you made"), (_("Title"), _("Last changed")), tuple(pages)),
        Section("versions", _("Versions of pages that you saved"), (_("Number"),), ((count,),) if count else ()),
    ]


def _erase(owner: Owner, _at: datetime) -> int:
    """Pages and their versions are the library's and stay; what only served the editor goes."""
    return sum(
        int(model.objects.filter(user_id__in=_ids(owner)).delete()[0])
        for model in (UserProfile, EditingSession, FormState, APIToken, PageSubscription)
    )


EDITORS = holdings.add(
    Holding(
        key="cms.editors",
        title=_("Work on the site"),
        what=_("Which pages, pictures, files and comments an editor made, and an editor's own settings."),
        why=_("To edit together, and to go back to earlier versions."),
        basis=SERVICE,
        who_sees=_("The library's editors."),
        models=(
            "cms.ActivityPage",
            "cms.AlbumPage",
            "cms.BrandPage",
            "cms.GalleryPage",
            "cms.HomePage",
            "cms.Picture",
            "cms.PlainPage",
            "cms.ProgrammePage",
            "cms.Rendition",
            "cms.SeasonPage",
            "cms.ShelfPage",
            "cms.StoriesPage",
            "cms.StoryPage",
            "wagtailadmin.EditingSession",
            "wagtailadmin.FormState",
            "wagtailcore.APIToken",
            "wagtailcore.Comment",
            "wagtailcore.CommentReply",
            "wagtailcore.ModelLogEntry",
            "wagtailcore.Page",
            "wagtailcore.PageLogEntry",
            "wagtailcore.PageSubscription",
            "wagtailcore.Revision",
            "wagtailcore.TaskState",
            "wagtailcore.UploadedFile",
            "wagtailcore.WorkflowState",
            "wagtaildocs.Document",
            "wagtailimages.Image",
            "wagtailusers.UserProfile",
        ),
        rows=_revisions,
        export=_export,
        erase=_erase,
        stays=_("Pages, pictures and comments are the library's work and stay, without a name."),
        kept=_("As long as the pages stay."),
        place=30,
    )
)
