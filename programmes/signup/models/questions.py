from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.models.scoping import TenantModel
from programmes.signup.choices import LISTED, QuestionKind

# Characters of an answer; of a line, and of a longer text.
LINE, LONG = 200, 2_000


class Question(TenantModel):
    """报名问题: what an activity asks of those who sign up, besides who comes.

    Once somebody has answered, its words stay: a change makes a new one that `replaces` it.
    """

    terms = models.ForeignKey("signup.Terms", models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField(pgettext_lazy("a question", "place"))
    kind = models.CharField(_("answered with"), max_length=10, choices=QuestionKind)
    label = models.CharField(pgettext_lazy("a question", "question"), max_length=120)
    help = models.CharField(pgettext_lazy("a question", "explanation"), max_length=200, blank=True)
    is_required = models.BooleanField(_("has to be answered"), default=False)
    per_child = models.BooleanField(_("asked for each child"), default=False)
    # Answers to it are for those who may see what a child needs, as allergies are.
    is_guarded = models.BooleanField(pgettext_lazy("a question", "only for those who need to know"), default=False)
    choices = models.JSONField(_("list to choose from"), default=list, blank=True)
    least = models.IntegerField(pgettext_lazy("a number", "at least"), null=True, blank=True)
    most = models.IntegerField(pgettext_lazy("a number", "at most"), null=True, blank=True)
    # Asked only where another, which comes before it, has this answer.
    condition = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    condition_value = models.CharField(max_length=60, blank=True)
    replaces = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    retired_at = models.DateTimeField(_("no longer asked since"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("question of a sign-up")
        verbose_name_plural = _("questions of sign-ups")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="a_question_has_a_known_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=LISTED) & ~Q(choices=[]) | ~Q(kind__in=LISTED) & Q(choices=[]),
                name="a_list_is_there_to_choose_from",
            ),
            models.CheckConstraint(
                condition=Q(condition=None, condition_value="") | Q(condition__isnull=False) & ~Q(condition_value=""),
                name="a_condition_names_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lte=F("most")), name="a_number_has_room"
            ),
        ]
        indexes = [
            models.Index(fields=["terms", "place"], condition=Q(retired_at=None), name="questions_that_are_asked")
        ]

    def __str__(self) -> str:
        return self.label


class Answer(TenantModel):
    """回答: what a family answered, for itself or for the child in one of its seats."""

    registration = models.ForeignKey("signup.Registration", models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    seat = models.ForeignKey("signup.Seat", models.CASCADE, null=True, blank=True, related_name="answers")
    # Of several, a line for each.
    value = models.CharField(pgettext_lazy("at sign-up", "answer"), max_length=LONG)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"value"})

    class Meta:
        verbose_name = pgettext_lazy("at sign-up", "answer")
        verbose_name_plural = pgettext_lazy("at sign-up", "answers")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "question", "seat"],
                nulls_distinct=False,
                name="a_question_is_answered_once",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="an_answer_says_something"),
        ]

    def __str__(self) -> str:
        return self.value
