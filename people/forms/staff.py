"""Inviting people to roles, and their leaving."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from networks.models import Area
from people.choices import Role


def area_options(areas: Iterable[Area]) -> list[tuple[str, str]]:
    """Indented as they lie in one another."""
    found = list(areas)
    least = min((area.path.count("/") for area in found), default=0)
    return [("", "—"), *((str(area.pk), "\u3000" * (area.path.count("/") - least) + area.name) for area in found)]


class PostForm(RefusableForm):
    """A role and a place, out of those that whoever fills it in may give."""

    role = forms.ChoiceField(label=_("Role"))
    area = forms.ChoiceField(label=_("Place"), help_text=_("The role holds for this place and all that lies below it."))

    def __init__(self, *args: Any, roles: Iterable[Role], areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._areas = {str(area.pk): area for area in areas}
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["area"].choices = area_options(self._areas.values())  # type: ignore[attr-defined]

    @property
    def place(self) -> Area:
        return self._areas[self.cleaned_data["area"]]

    @property
    def wanted_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class AppointForm(PostForm):
    field_order = ("name", "phone", "role", "area")

    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("As colleagues call them."))
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
        help_text=_("The invitation goes there by SMS. Nothing is given before it is accepted."),
    )


class LeaveForm(RefusableForm):
    day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Roles end at the end of this day. Without one, they end at once."),
    )
    successor_name = forms.CharField(label=_("Successor's name"), max_length=40, required=False)
    successor_phone = forms.CharField(
        label=_("Successor's mobile number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
        help_text=_("Is invited to the same roles, and takes over what hangs on them by accepting."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It goes into the journal."))
