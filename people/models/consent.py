from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from kit import clock
from networks.models.scoping import TenantModel
from people.choices import ConsentAnswer, ConsentEnd, MemberRole


class Consent(TenantModel):
    """授权: one answer to one purpose, given once and never changed. It ends, and another answer takes its place.

    `version` is that of the words that were shown. An answer may be for one child, or for one subject such as a
    session (its kind and id). What a carer declares for the guardians holds until `expires_at`.
    """

    household = models.ForeignKey("people.Household", models.CASCADE, related_name="consents")
    child = models.ForeignKey("people.Child", models.CASCADE, null=True, blank=True, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=ConsentAnswer)
    given_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    given_as = models.CharField(_("given as"), max_length=10, choices=MemberRole)
    given_at = models.DateTimeField(_("given"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    end = models.CharField(_("how it ended"), max_length=10, choices=ConsentEnd, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "child", "purpose", "subject_kind", "subject_id"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="one_live_answer_per_purpose_and_subject",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
                name="an_ended_consent_says_how",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at")), name="a_consent_ends_after_it_is_given"
            ),
            models.CheckConstraint(
                condition=Q(subject_kind="", subject_id=None) | ~Q(subject_kind="") & Q(subject_id__isnull=False),
                name="a_consents_subject_has_kind_and_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.get_answer_display()}"

    @property
    def answer_in_words(self) -> str:
        """A carer does not agree: she declares that a guardian does."""
        is_declared = self.given_as == MemberRole.CARER and self.answer == ConsentAnswer.GIVEN
        return pgettext("an answer of a carer", "Declared") if is_declared else self.get_answer_display()


class Retention(TenantModel):
    """保存期限 that a network set for one class of data, in days, in place of the default."""

    holding = models.CharField(_("class of data"), max_length=60)
    days = models.PositiveIntegerField(_("days"))

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("retention")
        verbose_name_plural = _("retention")
        constraints = [
            models.UniqueConstraint(fields=["network", "holding"], name="one_retention_per_class_of_data"),
            models.CheckConstraint(condition=Q(days__gte=1), name="data_is_kept_for_a_day_at_least"),
        ]

    def __str__(self) -> str:
        return self.holding
