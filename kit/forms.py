"""What all forms of ours have in common."""

from collections.abc import Iterable

from django import forms

from kit.refusals import Refusal


class Refusable(forms.BaseForm):
    """A form that shows what a command refused, each at the field it concerns."""

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
