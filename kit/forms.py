"""What all forms of ours have in common."""

from collections.abc import Iterable

from django import forms
from django.forms.renderers import TemplatesSetting

from kit.refusals import Refusal


class RefusableForm(forms.Form):
    """A form that shows what a command refused, each at the field it concerns."""

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class FormRenderer(TemplatesSetting):
    """All forms of ours look the same: `{{ form }}` and `{{ form.name.as_field_group }}` render by these."""

    form_template_name = "kit/form/form.html"
    field_template_name = "kit/form/field.html"
