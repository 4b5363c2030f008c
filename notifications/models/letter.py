from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit import clock, ids
from networks.models.scoping import TenantModel
from notifications.choices import LetterState


def new_code() -> str:
    return ids.random_code(10).lower()


class Letter(TenantModel):
    """群发信: what staff write to many at once. It waits until somebody says yes to so many people."""

    code = models.SlugField(max_length=10, unique=True, default=new_code, editable=False)
    # To whom: a register of audiences has the key, which knows its subject by a code.
    audience = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    group = models.CharField(max_length=20)
    about = models.CharField(_("about"), max_length=200)
    title = models.CharField(_("title"), max_length=40)
    body = models.TextField(_("text"), max_length=1000)
    by_sms = models.BooleanField(_("by SMS too"), default=False)
    written_by = models.BigIntegerField(editable=False)
    made_at = models.DateTimeField(_("written"), default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # As many as were said yes to; then how many have been told, up to which person.
    people = models.PositiveIntegerField(_("people"), default=0)
    told = models.PositiveIntegerField(_("told"), default=0)
    told_up_to = models.BigIntegerField(default=0, editable=False)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"title", "body"})

    class Meta:
        verbose_name = _("letter to many")
        verbose_name_plural = _("letters to many")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(withdrawn_at=None), name="a_letter_is_sent_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(sent_at__isnull=False), name="a_letter_is_sent_before_it_is_through"
            ),
        ]
        indexes = [models.Index(fields=["network", "-made_at", "-id"], name="letters_newest_first")]

    def __str__(self) -> str:
        return self.code

    @property
    def state(self) -> LetterState:
        if self.withdrawn_at is not None:
            return LetterState.WITHDRAWN
        if self.sent_at is None:
            return LetterState.WAITING
        return LetterState.SENDING if self.finished_at is None else LetterState.SENT
