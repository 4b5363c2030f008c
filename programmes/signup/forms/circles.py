"""What staff say of a circle, and who of a family joins one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from kit.forms import RefusableForm
from networks.models import Area
from people.models import Child
from programmes.signup.choices import CircleKind
from programmes.signup.rules.circles import LINK_DAYS


class ChangeCircleForm(RefusableForm):
    name = forms.CharField(
        label=pgettext_lazy("of a circle", "Name"),
        max_length=40,
        help_text=_("Families read it, such as 清凉门小学三（2）班."),
    )
    way_in = forms.CharField(
        label=_("How families get in"),
        max_length=120,
        required=False,
        help_text=_("Read by those who are not in it, such as 请向班主任王老师索取链接。"),
    )


class CircleForm(ChangeCircleForm):
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a circle", "Kind"), choices=CircleKind.choices, widget=forms.RadioSelect
    )
    area: forms.ModelChoiceField[Area] = forms.ModelChoiceField(
        label=pgettext_lazy("of a circle", "Looked after by staff of"), queryset=None, empty_label=None
    )

    field_order = ["name", "kind", "way_in", "area"]

    def __init__(self, *args: Any, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        field.queryset = Area.objects.filter(pk__in=[area.pk for area in areas])  # type: ignore[attr-defined]
        if len(areas) == 1:
            field.widget, field.initial = forms.HiddenInput(), areas[0].pk


class LinkForm(RefusableForm):
    days = forms.TypedChoiceField(label=_("Works for"), coerce=int, initial=LINK_DAYS[1])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(days, ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in LINK_DAYS]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]


class AddFamilyForm(RefusableForm):
    phone = forms.CharField(
        label=_("The family's mobile number"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    name = forms.CharField(
        label=_("The child's name"),
        max_length=40,
        required=False,
        help_text=_("Empty: the whole family belongs to it."),
    )


class JoinCircleForm(RefusableForm):
    """Children by their codes. A circle of invited families takes the family as a whole."""

    household = forms.CharField(widget=forms.HiddenInput)
    children = forms.MultipleChoiceField(
        label=_("Who belongs to it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, children: Sequence[Child], as_family: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if as_family:
            del self.fields["children"]
        else:
            self.fields["children"].choices = [(one.code, one.name) for one in children]  # type: ignore[attr-defined]
