from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from networks.choices import PrivacyTextKind
from networks.models.scoping import TenantModel


class PrivacyText(TenantModel):
    """One version of a text that readers agree to. Published versions stay as they were."""

    kind = models.CharField(_("kind"), max_length=10, choices=PrivacyTextKind)
    version = models.PositiveSmallIntegerField(_("version"))
    body = models.TextField(_("text"))
    responsible = models.CharField(_("person in charge of personal information"), max_length=60)
    contact = models.CharField(_("how to reach that person"), max_length=100)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("privacy text")
        verbose_name_plural = _("privacy texts")
        constraints = [
            models.UniqueConstraint(fields=["network", "kind", "version"], name="privacy_versions_are_numbered_once"),
            models.UniqueConstraint(
                fields=["network", "kind"], condition=models.Q(published_at=None), name="one_draft_of_a_privacy_text"
            ),
            models.CheckConstraint(
                condition=~models.Q(responsible="") & ~models.Q(contact=""), name="a_privacy_text_names_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"
