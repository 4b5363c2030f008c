"""Shapes of what people type in when they sign in and look after their account."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from networks.models import Network
from people.forms.consents import ConsentFields as ConsentFields
from people.rules import codes, phones


class PhoneForm(RefusableForm):
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        strip=True,
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "autofocus": True, "spellcheck": "false"}
        ),
        error_messages={"required": _("Please type your mobile number.")},
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = network

    def clean_phone(self) -> str:
        number = phones.normal(self.cleaned_data["phone"])
        allowed = phones.foreign_allowed(self.network.rules)
        refusals = list(phones.against_number(number, foreign_allowed=allowed))
        if refusals:
            raise forms.ValidationError([str(refusal) for refusal in refusals])
        return number


class CodeForm(RefusableForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
                "class": "code-input",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Please type the 6 digits.")},
    )
    # Names the message whose code is meant, so that a page left open in another tab is told apart.
    sent = forms.CharField(max_length=26, required=False, widget=forms.HiddenInput)


class DigitsField(forms.CharField):
    """Digits in any width, with or without spaces."""

    def to_python(self, value: Any) -> str:
        return codes.tidy(super().to_python(value) or "")


def _second_factor_code() -> DigitsField:
    attributes = {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
    return DigitsField(
        label=_("Code"),
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": _("Please type the digits.")},
    )


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]
    code = _second_factor_code()


class SecondFactorAgainForm(ReauthenticateForm):  # type: ignore[misc]
    code = _second_factor_code()


class NewAppForm(ActivateTOTPForm):  # type: ignore[misc]
    code = _second_factor_code()


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Name of the passkey"), max_length=60, required=False)
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without SMS"),
        required=False,
        initial=True,
        help_text=_("The device asks for its lock each time."),
    )


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Name of the passkey"), max_length=60)


class NameForm(RefusableForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=40,
        strip=True,
        help_text=_("Shown to library staff, never in public."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please type your name.")},
    )


class ReasonForm(RefusableForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("How you know who it is; it goes into the journal."),
        error_messages={"required": _("Please give the reason.")},
    )
