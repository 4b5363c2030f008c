from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit import clock
from networks.models.job import private_storage
from networks.models.scoping import TenantModel


class StreamViews(TenantModel):
    """观看数: how often a session was watched on one platform, as somebody read it off on a day. The newest line of a platform
    counts, older ones tell how it grew; never added to who came.
    """

    # Made by the page: sent twice, it is kept once.
    client_id = models.UUIDField(editable=False)
    session = models.ForeignKey("planning.Session", models.PROTECT, related_name="stream_views")
    platform = models.CharField(_("platform"), max_length=30)
    live_views = models.PositiveIntegerField(_("views while live"), default=0)
    replay_views = models.PositiveIntegerField(_("views of the recording"), default=0)
    as_of = models.DateField(_("as of"))
    # What proves it; served to those alone who may open the session's door.
    image = models.FileField(upload_to="streams/%Y/%m/", storage=private_storage, max_length=200, blank=True)
    noted_at = models.DateTimeField(_("noted"), default=clock.now, editable=False)
    by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    personal_fields: ClassVar[frozenset[str]] = frozenset({"image"})

    class Meta:
        verbose_name = _("views of a stream")
        verbose_name_plural = _("views of streams")
        constraints = [
            models.UniqueConstraint(fields=["network", "client_id"], name="views_are_noted_once"),
            models.CheckConstraint(condition=~Q(platform=""), name="views_are_of_a_platform"),
        ]
        indexes = [models.Index(fields=["session", "platform", "-as_of", "-id"], name="newest_views_of_a_platform")]

    def __str__(self) -> str:
        return self.platform
