"""What the sheet asks: who comes, and of a family that is new here, its children."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from kit.forms import RefusableForm
from people.choices import MemberRole
from people.forms.families import BeginForm, ChildForm
from people.queries.consents import Question
from programmes.signup.forms.answers import AnswersForm
from programmes.signup.steps.parties import Party

# So many children can be added at once; of a family that has some, one.
SLOTS = 2


class PartyForm(RefusableForm):
    """Children by their codes; `most` grown-ups at most."""

    household = forms.CharField(widget=forms.HiddenInput, required=False)
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    children = forms.MultipleChoiceField(
        label=pgettext_lazy("of a registration", "Who comes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("A child that you chose is no longer in your family here.")},
    )
    # The version of the safety notice that was shown; sent where its box is ticked.
    accepts = forms.IntegerField(required=False)
    # Said by the button: they wait where there is no room for all of them.
    waits = forms.BooleanField(required=False)
    adults = forms.TypedChoiceField(label=_("Grown-ups who come along"), coerce=int, widget=forms.RadioSelect)

    # Of a course: codes of its sessions.
    days = forms.MultipleChoiceField(
        label=pgettext_lazy("of a course", "Which days"),
        required=False,
        error_messages={"invalid_choice": _("A day that you chose can no longer be signed up for.")},
    )

    # Of those that are full, which it would wait for.
    waits_for = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, codes: Sequence[str], most: int, days: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("days", "waits_for"):
            self.fields[name].choices = [(code, code) for code in days]  # type: ignore[attr-defined]
        self.fields["children"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]
        self.fields["adults"].choices = [(number, _adults(number)) for number in range(most + 1)]  # type: ignore[attr-defined]

    def party(self, *, added: Sequence[str] = ()) -> Party:
        ticked = [code for code in self.cleaned_data["children"] if code not in added]
        said = self.cleaned_data
        return Party((*ticked, *added), said["adults"], accepts=said["accepts"], waits=said["waits"])

    @property
    def ticked_days(self) -> set[str]:
        return {*(self["days"].value() or ()), *(self["waits_for"].value() or ())}

    @property
    def ticked(self) -> set[str]:
        return set(self["children"].value() or ())


class RoleForm(RefusableForm):
    """Asked of whoever begins a family here."""

    role = BeginForm.base_fields["role"]


@dataclass
class Asked:
    """All that one family's sheet asks. `role` only of somebody who has no family yet."""

    party: PartyForm
    slots: list[ChildForm]
    role: RoleForm | None = None
    answers: AnswersForm | None = None

    @property
    def filled(self) -> list[ChildForm]:
        return [slot for slot in self.slots if slot.is_bound]

    def is_valid(self) -> bool:
        """All of them are looked at, so that everything that is wrong is said at once."""
        asked: list[forms.Form] = [self.party, *self.filled]
        if self.answers is not None:
            asked.append(self.answers)
        if self.role is not None and self.filled:
            asked.append(self.role)
        return not [form for form in asked if not form.is_valid()]

    def party_with(self, added: Mapping[str, str]) -> Party:
        """`added`: codes of children who are in the family now, by the slot in which they were written down."""
        party = self.party.party(added=list(added.values()))
        return replace(party, answers=self.answers.answers(added) if self.answers is not None else {})

    @property
    def chosen_role(self) -> MemberRole:
        """A grown-up who brings no child answers for nobody else."""
        said = self.role.cleaned_data.get("role") if self.role is not None and self.filled else None
        return MemberRole(said) if said else MemberRole.GUARDIAN


def slots_of(
    data: QueryDict | None, *, code: str, many: int, today: date, asked: Sequence[Question], role: MemberRole
) -> list[ChildForm]:
    """Those in which nothing was typed ask for nothing."""
    prefixes = [f"child{number}" for number in range(1, many + 1)]
    return [
        ChildForm(
            data if data is not None and _is_typed(data, prefix) else None,
            prefix=prefix,
            auto_id=f"f{code}_%s",
            use_required_attribute=False,
            today=today,
            asked=asked,
            as_role=role,
        )
        for prefix in prefixes
    ]


def _is_typed(data: QueryDict, prefix: str) -> bool:
    """Anything but what a page sends of itself."""
    return any(
        str(value).strip()
        for name, value in data.items()
        if name.startswith(f"{prefix}-") and not name.endswith(("_shown", "-another"))
    )


def sent_key(data: QueryDict) -> UUID | None:
    try:
        return UUID(data.get("request_key", ""))
    except ValueError:
        return None


def _adults(number: int) -> str:
    return ngettext("%(n)s grown-up", "%(n)s grown-ups", number) % {"n": number}
