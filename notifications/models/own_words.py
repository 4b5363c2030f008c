from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from networks.models.scoping import TenantModel


class OwnWords(TenantModel):
    """A library's own words for a kind of message, from an instant on; without any, the standard words from then on.

    A row stays as it is: a message from before says what it said.
    """

    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=60, blank=True)
    body = models.CharField(_("text"), max_length=600, blank=True)
    sms = models.CharField(_("SMS"), max_length=300, blank=True)
    since = models.DateTimeField(_("since"))

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("own words")
        verbose_name_plural = _("own words")
        constraints = [
            models.UniqueConstraint(fields=["network", "kind", "since"], name="words_follow_one_another"),
            models.CheckConstraint(
                condition=Q(title="", body="", sms="") | ~Q(title="") & ~Q(body=""),
                name="own_words_are_whole_or_none",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
