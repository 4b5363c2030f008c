"""What staff say when they cancel for a family, move it, or write a note."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm


class CancelForm(RefusableForm):
    reason = forms.CharField(
        label=_("Why"), max_length=120, help_text=_("The family reads this line, such as: 您来电取消。")
    )


class NoteForm(RefusableForm):
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_(
            "For whoever receives the families; the family does not see it, but gets it with a copy of its data."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MoveForm(RefusableForm):
    """`groups`: sessions by what they have in common with the one that is left, as (words, [(code, words)]).
    `passing` is asked once a limit is in the way. `knows`: the session of which the page has said what does not come along.
    """

    session = forms.ChoiceField(label=_("To which session"), error_messages={"required": _("Please choose a session.")})
    reason = forms.CharField(
        label=_("Why"), max_length=120, help_text=_("The family reads this line, such as: 应您的要求改期。")
    )
    passing = forms.CharField(
        label=_("Why the limit is passed"),
        max_length=120,
        required=False,
        help_text=_("Kept in the journal; the family does not read it."),
    )
    knows = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]


class MoveUpForm(RefusableForm):
    reason = forms.CharField(
        label=_("Why"),
        max_length=120,
        help_text=_("Kept in the journal; the family only sees that it is the next. Such as: 上次因场地检修未能参加。"),
    )
