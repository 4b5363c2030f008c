from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kit import clock, ids, sealed
from networks.models.scoping import TenantModel
from people.choices import PairState

READER_NUMBER = "people.reader_number"


def new_child_code() -> str:
    return ids.random_code(12)


class Child(TenantModel):
    """孩子: hangs on a household. As little as possible is known: a name, a month, and what the family adds.

    An erased child keeps its row, emptied, so that what it took part in is still counted.
    """

    code = models.CharField(max_length=12, unique=True, default=new_child_code, editable=False)
    household = models.ForeignKey("people.Household", models.PROTECT, related_name="children")
    name = models.CharField(_("name"), max_length=40, blank=True)
    # The first day of the month.
    birth_month = models.DateField(_("month of birth"), null=True, blank=True)
    school = models.CharField(_("school or kindergarten"), max_length=60, blank=True)
    school_class = models.CharField(_("class"), max_length=30, blank=True)
    needs = models.CharField(_("what we should know"), max_length=200, blank=True)
    # The child's own login, from the age that the network sets.
    person = models.OneToOneField(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="as_child", editable=False
    )
    added_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(_("since"), default=clock.now, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "birth_month", "school", "school_class", "needs"})

    class Meta:
        verbose_name = _("child")
        verbose_name_plural = _("children")
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_month=None) | Q(birth_month__day=1), name="a_birth_month_is_its_first_day"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None, birth_month__isnull=False) & ~Q(name="")
                | Q(
                    erased_at__isnull=False,
                    name="",
                    birth_month=None,
                    school="",
                    school_class="",
                    needs="",
                    person=None,
                ),
                name="an_erased_child_is_empty_and_others_are_not",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="a_child_is_not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["network", "name", "birth_month"], name="children_by_name_and_month"),
            models.Index(fields=["household"], condition=Q(erased_at=None, merged_into=None), name="live_children"),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class ReaderNumber(TenantModel):
    """读者证号 of an adult or a child: sealed, found by a blind index, checked by staff or by the library's own system."""

    person = models.OneToOneField("people.Person", models.CASCADE, null=True, blank=True, related_name="reader_number")
    child = models.OneToOneField(Child, models.CASCADE, null=True, blank=True, related_name="reader_number")
    number_sealed = models.TextField(editable=False)
    number_index = models.BinaryField(max_length=32, editable=False)
    given_at = models.DateTimeField(_("given"), default=clock.now, editable=False)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    checked_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    personal_fields: ClassVar[frozenset[str]] = frozenset({"number", "number_sealed", "number_index"})

    class Meta:
        verbose_name = _("reader number")
        verbose_name_plural = _("reader numbers")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, child=None) | Q(person=None, child__isnull=False),
                name="a_reader_number_has_one_holder",
            ),
            # Anybody may type a number; once it is checked it is one person's.
            models.UniqueConstraint(
                fields=["network", "number_index"],
                condition=Q(checked_at__isnull=False),
                name="a_checked_reader_number_is_one_persons",
            ),
        ]
        indexes = [models.Index(fields=["network", "number_index"], name="reader_numbers_by_number")]

    def __str__(self) -> str:
        return f"{self.given_at:%Y-%m-%d}"

    @cached_property
    def number(self) -> str:
        return sealed.unseal(self.number_sealed, network_code=self.network.code, purpose=READER_NUMBER)


class ChildPair(TenantModel):
    """Two children who may be one: the same name and month in two households. Staff answer; families never see it."""

    first = models.ForeignKey(Child, models.CASCADE, related_name="+")
    second = models.ForeignKey(Child, models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=PairState, default=PairState.OPEN)
    noticed_at = models.DateTimeField(_("noticed"), default=clock.now, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_children_are_compared_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="the_elder_row_of_a_pair_comes_first"),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN, answered_at=None)
                | ~Q(state=PairState.OPEN) & Q(answered_at__isnull=False) & ~Q(reason=""),
                name="an_answered_pair_says_when_and_why",
            ),
        ]
        indexes = [models.Index(fields=["network", "noticed_at"], condition=Q(state=PairState.OPEN), name="open_pairs")]

    def __str__(self) -> str:
        return self.get_state_display()
