"""Who fetches the children: grown-ups of the family, or somebody whom it names."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from people.rules import names, phones
from programmes.signup.commands.fetching import Other, Said


class FetchForm(RefusableForm):
    """`adults` and `children`: by id and words; children only who are old enough, and asked by a guardian."""

    adults = forms.MultipleChoiceField(
        label=_("Grown-ups of your family"), required=False, widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(label=pgettext_lazy("who fetches", "Name"), max_length=40, required=False)
    relation = forms.CharField(
        label=pgettext_lazy("who fetches", "Who is it to the child?"),
        max_length=20,
        required=False,
        help_text=_("Such as: 舅舅, 邻居, 托管班老师."),
    )
    phone = forms.CharField(
        label=pgettext_lazy("who fetches", "Mobile number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    agreed = forms.BooleanField(label=_("This person has agreed to be named here."), required=False)
    alone = forms.MultipleChoiceField(label=_("May go home alone"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        adults: Sequence[tuple[str, str]],
        children: Sequence[tuple[str, str]],
        rules: Mapping[str, Any],
        **said: Any,
    ) -> None:
        super().__init__(*args, **said)
        self.rules = rules
        self.fields["adults"].choices = adults  # type: ignore[attr-defined]
        self.fields["alone"].choices = children  # type: ignore[attr-defined]
        if not children:
            del self.fields["alone"]

    def clean_name(self) -> str:
        return names.tidy(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in ("name", "relation", "phone")):
            return cleaned
        if not cleaned.get("name"):
            self.add_error("name", _("Please fill this in."))
        cleaned["phone"] = phones.normal(cleaned.get("phone", ""))
        allowed = phones.foreign_allowed(self.rules)
        self.refuse(phones.against_number(cleaned["phone"], foreign_allowed=allowed))
        if not cleaned.get("agreed"):
            self.add_error("agreed", _("Please ask first, then tick this."))
        return cleaned

    def said(self) -> Said:
        told = self.cleaned_data
        other = Other(told["name"], told["relation"], told["phone"]) if told["name"] else None
        alone = tuple(int(key) for key in told["alone"]) if "alone" in self.fields else None
        return Said(tuple(int(key) for key in told["adults"]), other, alone)

    @property
    def asks_alone(self) -> bool:
        return "alone" in self.fields

    @property
    def names_somebody(self) -> bool:
        """Outside the family; so the page shows what was typed."""
        return any(self[name].value() for name in ("name", "relation", "phone")) or bool(self["name"].errors)
