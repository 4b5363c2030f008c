"""What is asked about how families come."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kit.forms import RefusableForm
from programmes.planning.models import Activity
from programmes.signup.choices import CapOf, CapPeriod, Course, Way
from programmes.signup.models import Circle, Terms
from programmes.signup.queries.circles import circles_of, open_circles
from programmes.signup.rules.terms import MOST_DAYS, MOST_HOURS
from programmes.signup.steps.terms import FIELDS


def _number(label: Any, most: int, **said: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=said.pop("least", 0), max_value=most, **said)


class TermsForm(RefusableForm):
    """Numbers of days and hours, as people speak of them."""

    way = forms.ChoiceField(label=_("How families come"), choices=Way.choices, widget=forms.RadioSelect)
    opens_days = _number(
        _("Sign-up opens, days before"),
        MOST_DAYS,
        required=False,
        help_text=_("7 is a week before. Empty: as soon as a session is public."),
    )
    opens_at = forms.TimeField(
        label=_("At what time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("On the day on which it opens; nothing if it opens at once."),
    )
    closes_hours = _number(
        _("Sign-up closes, hours before"), MOST_HOURS, help_text=_("0: one can sign up until the session begins.")
    )
    cancel_hours = _number(
        _("Families cancel or change until, hours before"),
        MOST_HOURS,
        help_text=_("Later they call, so that you hear of it. 0: until the session begins."),
    )
    most_children = _number(
        _("Children of one family, at most"),
        9,
        least=1,
        required=False,
        help_text=_("Empty: as many as there are in the family."),
    )
    most_sessions = _number(
        _("Sessions of this activity, at most"),
        99,
        least=1,
        required=False,
        help_text=_("Those that somebody waits for count too. Empty: as often as they like."),
    )
    cap_period = forms.ChoiceField(
        label=pgettext_lazy("at most so often", "Counted"),
        choices=CapPeriod.choices,
        help_text=_("The time in which the session lies; it means nothing where there is no limit."),
    )
    cap_of = forms.ChoiceField(label=pgettext_lazy("at most so often", "Counted for"), choices=CapOf.choices)

    course = forms.ChoiceField(
        label=_("As a course"),
        choices=Course.choices,
        widget=forms.RadioSelect,
        help_text=_("Its days are the sessions at the same place that are still to come."),
    )
    approval = forms.BooleanField(
        label=_("Approve each sign-up"),
        required=False,
        help_text=_("A family holds its places, and comes once somebody has said yes."),
    )
    hand_over = forms.BooleanField(
        label=_("Children stay without an adult, and are fetched"),
        required=False,
        help_text=_("Said before sign-up; the family says who fetches, and each child is signed out at the door."),
    )
    alone_from = _number(
        _("May go home alone from the age of"),
        17,
        least=6,
        required=False,
        help_text=_("In years, where a guardian says so. Empty: every child is fetched."),
    )
    circles: forms.ModelMultipleChoiceField[Circle] = forms.ModelMultipleChoiceField(
        label=pgettext_lazy("of sessions", "Only for these circles"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A class, a reading club, invited families. Nothing chosen: for everybody."),
    )

    waits = forms.BooleanField(
        label=_("Waiting list"),
        required=False,
        help_text=_("Families who find it full can wait; whoever fits is invited when places become free."),
    )
    answer_hours = _number(
        _("Hours to answer an invitation"),
        72,
        least=1,
        help_text=_("Nights do not count. Shortly before the session there is less time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        circles = open_circles()
        self.fields["circles"].queryset = circles  # type: ignore[attr-defined]
        if not circles:
            del self.fields["circles"]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*FIELDS, "circles") if name in self.fields}


def initial_of(activity: Activity) -> dict[str, Any]:
    """Of an activity without terms, what most choose."""
    row = Terms.objects.filter(activity=activity).first() or Terms()
    circles = circles_of(row) if row.pk else []
    return {**{name: getattr(row, name) for name in FIELDS}, "circles": circles}
