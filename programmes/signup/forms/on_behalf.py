"""What staff ask of a family that called or came."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from people.choices import MemberRole
from people.rules import phones
from programmes.planning.models import SafetyNotice
from programmes.signup.choices import Source
from programmes.signup.commands.on_behalf import Told
from programmes.signup.rules.answers import Answers
from programmes.signup.rules.on_behalf import MOST_NAMELESS

_ROLES = (
    (MemberRole.GUARDIAN, pgettext_lazy("who called", "father, mother or another guardian")),
    (MemberRole.CARER, pgettext_lazy("who called", "grandparent or another carer")),
)
_LAST = ("accepted", "note", "reason")
_SOURCES = ((Source.PHONE, Source.PHONE.label), (Source.COUNTER, Source.COUNTER.label))


def _phone(form: RefusableForm) -> str:
    number = phones.normal(form.cleaned_data["phone"])
    refusals = list(phones.against_number(number, foreign_allowed=True))
    if refusals:
        raise forms.ValidationError([str(refusal) for refusal in refusals])
    return number


class PhoneField(forms.CharField):
    def __init__(self, **said: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        super().__init__(label=_("The family's mobile number"), max_length=30, widget=widget, **said)


class FindForm(RefusableForm):
    phone = PhoneField(help_text=_("In full. That you open a family's record is noted; its guardians can see it."))

    def clean_phone(self) -> str:
        return _phone(self)


class OnBehalfForm(RefusableForm):
    """`children`: those of a family that was found, as (code, words); None: nobody looked. `is_new`: it begins here."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    phone = PhoneField()
    source = forms.ChoiceField(
        label=_("How they came to you"), choices=_SOURCES, widget=forms.RadioSelect, initial=Source.PHONE
    )
    name = forms.CharField(label=_("Name of the grown-up"), max_length=40)
    role = forms.ChoiceField(
        label=pgettext_lazy("who called", "Who it is"),
        choices=_ROLES,
        widget=forms.RadioSelect,
        initial=MemberRole.GUARDIAN,
    )
    children = forms.MultipleChoiceField(
        label=pgettext_lazy("of a registration", "Who comes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    nameless = forms.IntegerField(
        label=_("Children who are not in the service"),
        min_value=0,
        max_value=MOST_NAMELESS,
        initial=0,
        help_text=_(
            "Only how many. A child's name is added by the family itself, which agrees to it when it signs in."
        ),
    )
    adults = forms.IntegerField(label=_("Grown-ups who come along"), min_value=0, max_value=10, initial=1)
    accepted = forms.BooleanField(required=False)
    # Sent by its own button.
    waits = forms.BooleanField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("Why, if a time or a limit is passed, or a question stays open"), max_length=120, required=False
    )

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[str, str]] | None,
        is_new: bool,
        notice: SafetyNotice | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if children is not None:
            self.fields["phone"].widget = forms.HiddenInput()
        if children:
            self.fields["children"].choices = children  # type: ignore[attr-defined]
        else:
            del self.fields["children"]
        if not is_new:
            del self.fields["name"], self.fields["role"]
        if notice is None:
            del self.fields["accepted"]
        else:
            self.fields["accepted"].label = _("I have read “%(title)s” to them, and they accept it") % {
                "title": notice.title
            }

    def clean_phone(self) -> str:
        return _phone(self)

    @property
    def first(self) -> list[BoundField]:
        """Who comes, before the activity's own questions."""
        return [one for one in self.visible_fields() if one.name not in _LAST]

    @property
    def last(self) -> list[BoundField]:
        return [one for one in self.visible_fields() if one.name in _LAST]

    @property
    def kept(self) -> list[BoundField]:
        """Hidden ones that the page sends along."""
        return [one for one in self.hidden_fields() if one.name != "waits"]

    def told(self, answers: Answers) -> Told:
        said = self.cleaned_data
        return Told(
            phone=said["phone"],
            source=Source(said["source"]),
            name=said.get("name", ""),
            role=MemberRole(said.get("role") or MemberRole.GUARDIAN),
            children=tuple(said.get("children", ())),
            nameless=said["nameless"],
            adults=said["adults"],
            accepted=said.get("accepted", False),
            waits=said["waits"],
            note=said["note"],
            reason=said["reason"],
            answers=answers,
        )
