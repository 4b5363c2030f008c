"""What families type in about themselves: on an old phone, so every form is short."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from kit.refusals import Refusal
from networks.models import Area
from people.choices import MemberRole, Relation
from people.forms import PhoneForm
from people.forms.consents import ConsentFields
from people.rules import names, reader_numbers
from people.rules.families import GROWN_UP, SAME_NAME
from people.steps.children import Details

_ROLES = (
    (MemberRole.GUARDIAN, _("I am a guardian: mother, father or legal guardian")),
    (MemberRole.CARER, _("I look after the child: grandparent, relative, nanny")),
)
_RELATIONS = [("", pgettext_lazy("of a relation", "Please choose")), *Relation.choices]


class NameField(forms.CharField):
    """As names.tidy spells it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)

    def to_python(self, value: Any) -> str:
        return names.tidy(super().to_python(value) or "")


class BirthMonthWidget(forms.MultiWidget):
    """Year and month to choose from: works on every phone, and nobody has to type a date."""

    use_fieldset = True
    template_name = "people/family/_birth_month.html"

    def __init__(self, *, years: Sequence[int]) -> None:
        years_offered = [("", _("Year")), *((year, str(year)) for year in years)]
        months = [("", _("Month")), *((month, str(month)) for month in range(1, 13))]
        super().__init__(
            [
                forms.Select(
                    choices=years_offered, attrs={"aria-label": _("Year of birth"), "autocomplete": "bday-year"}
                ),
                forms.Select(choices=months, attrs={"aria-label": _("Month of birth"), "autocomplete": "bday-month"}),
            ]
        )

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.year, value.month] if value else [None, None]


def _one_of(numbers: Sequence[int], *, told: Any) -> forms.TypedChoiceField:
    choices = [(number, str(number)) for number in numbers]
    return forms.TypedChoiceField(choices=choices, coerce=int, error_messages={"invalid_choice": told})


class BirthMonthField(forms.MultiValueField):
    """Takes what it offers and nothing else; `known` is the month of a child who may have come of age."""

    def __init__(self, *, today: date, known: date | None = None, **options: Any) -> None:
        years = list(range(today.year, today.year - GROWN_UP - 1, -1))
        if known is not None and known.year not in years:
            years.append(known.year)
        asked = _("Please choose year and month.")
        parts = [_one_of(years, told=asked), _one_of(range(1, 13), told=asked)]
        messages = {"required": asked, "incomplete": asked, "invalid": asked}
        super().__init__(parts, widget=BirthMonthWidget(years=years), error_messages=messages, **options)

    def compress(self, values: list[int]) -> date | None:
        return date(values[0], values[1], 1) if values else None


class BeginForm(RefusableForm):
    role = forms.ChoiceField(
        label=_("What are you to the child?"),
        choices=_ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    relation = forms.ChoiceField(label=_("The child calls you"), choices=_RELATIONS, required=False)
    name = NameField(
        label=_("Your name"),
        help_text=_("Your family sees it, and library staff when they help you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please type your name.")},
    )

    def __init__(self, *args: Any, knows_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if knows_name:
            del self.fields["name"]


class JoinForm(RefusableForm):
    relation = forms.ChoiceField(label=_("The child calls you"), choices=_RELATIONS, required=False)
    name = BeginForm.base_fields["name"]

    def __init__(self, *args: Any, knows_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if knows_name:
            del self.fields["name"]


class DetailsForm(RefusableForm):
    """What is known of a child; `details` once it is valid."""

    name = NameField(
        label=_("The child's name"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please type the child's name.")},
    )
    school = forms.CharField(label=_("School or kindergarten"), max_length=60, required=False)
    school_class = forms.CharField(label=_("Class"), max_length=30, required=False)
    needs = forms.CharField(
        label=_("What we should know"),
        max_length=200,
        required=False,
        help_text=_("For example: uses a wheelchair, hears badly, allergic to nuts. Only staff of an event see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial.get("birth_month")
        self.fields["birth_month"] = BirthMonthField(label=_("Year and month of birth"), today=today, known=known)
        self.order_fields(["name", "birth_month"])

    @property
    def details(self) -> Details:
        return Details(**{name: self.cleaned_data[name] for name in Details.__dataclass_fields__})

    def optional_fields(self) -> list[forms.BoundField]:
        """Folded away until somebody wants them."""
        return [self[name] for name in ("school", "school_class", "needs")]

    def has_optional(self) -> bool:
        return any(field.value() or field.errors for field in self.optional_fields())


class ChildForm(ConsentFields, DetailsForm):
    """With the consents that are still missing. `another`: the name that the family was asked about once."""

    another = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Pressed again with the same name, it is another child's."""
        found = tuple(refusals)
        if [refusal.code for refusal in found] == [SAME_NAME]:
            data = cast("QueryDict", self.data).copy()
            data[self.add_prefix("another")] = self.cleaned_data["name"]
            self.data = data
        super().refuse(found)

    def was_asked(self) -> bool:
        return bool(self["another"].value())


class InviteForm(RefusableForm):
    role = forms.ChoiceField(widget=forms.HiddenInput, choices=_ROLES)


class DistrictForm(RefusableForm):
    district = forms.ChoiceField(label=_("Where do you mostly go?"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, districts: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._areas = {str(area.pk): area for area in districts}
        choices = [(key, area.name) for key, area in self._areas.items()]
        self.fields["district"].choices = [*choices, ("", _("Rather not say"))]  # type: ignore[attr-defined]

    @property
    def area(self) -> Area | None:
        return self._areas.get(self.cleaned_data["district"])


class ReaderNumberForm(RefusableForm):
    number = forms.CharField(
        label=_("Reader number"),
        max_length=40,
        required=False,
        help_text=_("It stands on the library card. Leave it empty to take it away."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        number = reader_numbers.tidy(self.cleaned_data["number"])
        if refusals := list(reader_numbers.against_number(number)):
            raise forms.ValidationError([str(refusal) for refusal in refusals])
        return number


class YoungLoginForm(ConsentFields, PhoneForm):
    """The number is the young person's own."""
