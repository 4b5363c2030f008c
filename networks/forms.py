"""Shapes of what staff and the operator type about networks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import HueInput, RefusableForm
from networks.choices import OpeningState, PrivacyTextKind
from networks.models import CheckFile, Network
from networks.registers import OpeningPlan

LARGEST_LOGO = 1_000_000
# Files by which a site speaks to machines; a platform never asks for these.
RESERVED = {"robots.txt", "security.txt", "humans.txt", "ads.txt", "app-ads.txt", "llms.txt"}


class NetworkForm(forms.ModelForm):
    """What a library may change about itself."""

    class Meta:
        model = Network
        fields = [
            "name",
            "library_name",
            "tagline",
            "brand_hue",
            "logo",
            "contact",
            "address",
            "icp_number",
            "police_number",
        ]
        labels = {"name": _("Name of the service")}
        widgets = {"brand_hue": HueInput}
        error_messages = {
            "brand_hue": {
                "max_value": _("The colour wheel ends at 359."),
                "min_value": _("The colour wheel begins at 0."),
                "invalid": _("A whole number from 0 to 359."),
            },
        }
        help_texts = {
            "name": _("What readers see, such as 阅美四季."),
            "brand_hue": _(
                "0 to 359 on the colour wheel: 15 plum red, 145 green, 215 lake blue. Shades follow by themselves."
            ),
            "logo": _("PNG with a clear background, at most 1 MB. Without one the library's name is set in type."),
        }

    def clean_logo(self) -> Any:
        logo = self.cleaned_data["logo"]
        if logo and logo.size > LARGEST_LOGO:
            raise forms.ValidationError(_("This picture is larger than 1 MB. Please choose a smaller one."))
        return logo

    def changes(self) -> dict[str, Any]:
        """What was changed on the page; a cleared logo is an empty one."""
        values = {name: self.cleaned_data[name] for name in self.changed_data}
        return {name: "" if value is False else value for name, value in values.items()}


class PrivacyTextForm(forms.Form):
    body = forms.CharField(
        label=_("Text"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_("A line that starts with # is a heading; every other line is a paragraph."),
    )
    responsible = forms.CharField(label=_("Person in charge of personal information"), max_length=60)
    contact = forms.CharField(label=_("How to reach that person"), max_length=100)

    def wish(self, kind: PrivacyTextKind) -> dict[str, Any]:
        return {"kind": kind, **self.cleaned_data}


class CheckFileForm(forms.ModelForm):
    class Meta:
        model = CheckFile
        fields = ["name", "content"]
        help_texts = {
            "name": _("Exactly as the platform gives it, such as MP_verify_a1B2c3.txt."),
        }

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name.lower() in RESERVED:
            raise forms.ValidationError(_("This name has a meaning of its own and cannot be used here."))
        return name


class OpeningStepForm(forms.Form):
    """One line of the opening list. In the table its fields are named by the line and the column's head."""

    state = forms.ChoiceField(label=_("State"), choices=OpeningState.choices)
    owner = forms.CharField(label=_("Who sees to it"), max_length=60, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["aria-labelledby"] = f"{self.prefix} col-{name}"


class OpenNetworkForm(RefusableForm):
    """A new city, with no more than it needs to be seen working."""

    library_name = forms.CharField(label=_("Name of the library"), max_length=60)
    name = forms.CharField(
        label=_("Name of the service"), max_length=60, help_text=_("What readers see, such as 阅美四季.")
    )
    city = forms.CharField(label=_("City"), max_length=40, help_text=_("Such as 南京市."))
    code = forms.SlugField(
        label=_("Short name"),
        max_length=20,
        help_text=_("Small Latin letters, such as nanjing."),
        error_messages={"invalid": _("Small Latin letters, digits and dashes only.")},
    )
    hosts = forms.CharField(
        label=_("Host name"), max_length=253, help_text=_("Such as yuedu.example.cn, already pointing here.")
    )
    districts = forms.CharField(
        label=_("Districts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line. Functional zones too, with a * in front."),
    )
    administrators = forms.CharField(label=_("Name of the first administrator"), max_length=40)
    phone = forms.CharField(
        label=_("That person's phone"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    responsible = forms.CharField(label=_("Person in charge of personal information"), max_length=60)
    responsible_contact = forms.CharField(label=_("How to reach that person"), max_length=100)

    def plan(self) -> OpeningPlan:
        typed = self.cleaned_data
        lines = [line.strip() for line in typed["districts"].splitlines() if line.strip()]
        return OpeningPlan(
            code=typed["code"].lower(),
            name=typed["name"],
            library_name=typed["library_name"],
            city=typed["city"],
            hosts=(typed["hosts"].strip().lower(),),
            districts=tuple(line for line in lines if not line.startswith("*")),
            zones=tuple(line.lstrip("* ") for line in lines if line.startswith("*")),
            administrators=((typed["administrators"], typed["phone"]),),
            responsible=typed["responsible"],
            responsible_contact=typed["responsible_contact"],
        )
