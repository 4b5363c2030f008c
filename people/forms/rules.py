"""One field for each rule that a library system may set, by the sort of its default."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from kit.forms import RefusableForm
from networks.registers import NetworkRule, network_rules


class PairsField(forms.CharField):
    """A table of texts, a line each: name = text."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(f"{name} = {text}" for name, text in value.items()) if isinstance(value, dict) else value

    def to_python(self, value: Any) -> Any:
        pairs: dict[str, str] = {}
        for line in str(value or "").splitlines():
            if not line.strip():
                continue
            name, sign, text = (part.strip() for part in line.partition("="))
            if not (name and sign and text):
                raise forms.ValidationError(_("Write each line as: name = text. This one is not: %s") % line.strip())
            pairs[name] = text
        return pairs


class RulesForm(RefusableForm):
    def __init__(self, typed: Any, *, rules: dict[str, Any]) -> None:
        now = {key: _current(rule, rules) for key, rule in network_rules.entries.items()}
        super().__init__(typed, initial=now)
        for rule in network_rules.entries.values():
            self.fields[rule.key] = _field(rule)


def _current(rule: NetworkRule, rules: dict[str, Any]) -> Any:
    """A value of the wrong sort counts as not set."""
    value = rules.get(rule.key, rule.default)
    return value if type(value) is type(rule.default) else rule.default


def _field(rule: NetworkRule) -> forms.Field:
    said: dict[str, Any] = {"label": rule.title, "help_text": _help(rule)}
    if isinstance(rule.default, bool):
        return forms.BooleanField(required=False, **said)
    if isinstance(rule.default, int):
        return forms.IntegerField(min_value=rule.lowest, max_value=rule.highest, **said)
    if isinstance(rule.default, dict):
        return PairsField(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), **said)
    return forms.CharField(required=rule.is_needed, max_length=200, **said)


def _help(rule: NetworkRule) -> str:
    if isinstance(rule.default, bool) or not isinstance(rule.default, int):
        return str(rule.help)
    return _("%(help)s Usually %(usual)s; from %(lowest)s to %(highest)s.") % {
        "help": rule.help,
        "usual": json.dumps(rule.default),
        "lowest": rule.lowest,
        "highest": rule.highest,
    }
