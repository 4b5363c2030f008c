"""What staff type in about families."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from people.choices import MemberRole
from people.forms.families import DetailsForm
from people.models import Member
from people.rules.searching import Wanted, read


class Why(TextChoices):
    AT_DESK = "desk", _("The family is at the desk")
    CALLED = "called", _("The family has called or written")
    SESSION = "session", _("For an event that they signed up for")
    NUMBER = "number", _("To check a reader number")
    PRIVACY = "privacy", _("A request about their data")
    OTHER = "other", pgettext_lazy("of a reason", "Another reason")


class FamilySearchForm(RefusableForm):
    """`by_name`: whoever works for the whole city may search by a child's name, too."""

    words = forms.CharField(
        label=_("Mobile number, reader number or the child's name"),
        max_length=60,
        help_text=_("A number in full; a name with or without the family name, two characters at least."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
        error_messages={"required": _("Please type a number or a name in full.")},
    )
    year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        min_value=1990,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
    )

    def __init__(self, *args: Any, by_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_name = by_name
        if not by_name:
            del self.fields["year"]
            words = self.fields["words"]
            words.label = _("Mobile number or reader number")
            words.help_text = _("In full. By a child's name, staff of the whole city can search.")
            words.error_messages["required"] = _("Please type a number in full.")

    def clean_words(self) -> str:
        typed: str = self.cleaned_data["words"]
        if not self.by_name and read(typed)[0] == Wanted.NAME:
            raise forms.ValidationError(
                _("By a child's name, only staff of the whole city can search. Please ask for the number in full.")
            )
        return typed

    @property
    def typed(self) -> dict[str, Any]:
        """As the form takes it again."""
        return {name: self.cleaned_data[name] for name in self.fields}


class OpenFamilyForm(RefusableForm):
    why = forms.ChoiceField(
        label=_("Why do you open this record?"),
        choices=Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )
    more = forms.CharField(
        label=_("In a few words"),
        max_length=120,
        required=False,
        help_text=_("The children's guardians can read it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("why") == Why.OTHER and not cleaned.get("more"):
            self.add_error("more", _("Please say which."))
        return cleaned

    @property
    def reason(self) -> str:
        """As it is kept and shown: in the library's language, so that guardians can read it."""
        label = str(Why(self.cleaned_data["why"]).label)
        more = self.cleaned_data["more"]
        return f"{label}：{more}" if more else label


class MendForm(DetailsForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("For example: mistyped, seen on the household register. The guardians can read it."),
        error_messages={"required": _("Please give the reason.")},
    )


class PairAnswerForm(RefusableForm):
    """`answer` is "different", or the child's id that stays."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("How you know; for example: called both families, same reader number."),
        error_messages={"required": _("Please give the reason.")},
    )

    def __init__(self, *args: Any, children: list[tuple[int, str]], members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("different", _("Two different children")), *((str(pk), label) for pk, label in children)]
        self.fields["answer"] = forms.ChoiceField(
            label=_("Your answer"),
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Please choose an answer.")},
        )
        nobody = ("", pgettext_lazy("of an adult when two records are joined", "Does not join"))
        roles = [nobody, (MemberRole.CARER, _("Joins as carer")), (MemberRole.GUARDIAN, _("Joins as guardian"))]
        self.bring_names = {f"bring_{member.pk}": member.pk for member in members}
        for name in self.bring_names:
            self.fields[name] = forms.ChoiceField(label=_("Joins the other family"), choices=roles, required=False)
        self.order_fields(["answer", *self.bring_names, "reason"])

    @property
    def kept(self) -> int | None:
        answer = self.cleaned_data["answer"]
        return None if answer == "different" else int(answer)

    @property
    def bring(self) -> dict[int, MemberRole]:
        chosen = {pk: self.cleaned_data[name] for name, pk in self.bring_names.items()}
        return {pk: MemberRole(role) for pk, role in chosen.items() if role}
