"""A venue's next session in six fields."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from kit.forms import DayField, RefusableForm
from kit.refusals import Refusal
from programmes.planning.models import Activity, Host, Session
from programmes.planning.queries.quick import QuickOffers
from programmes.planning.rules.places import in_room
from programmes.planning.rules.sessions import is_doubt
from programmes.planning.steps.sessions import SessionPlan

# Rules speak of a session's fields; here they are fewer.
_HERE = {"hosts": "host", "ends": "starts", "venue": "room"}


class QuickSessionForm(RefusableForm):
    activity = forms.ChoiceField(label=_("Activity"))
    day = DayField(label=_("Day"))
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    room = forms.ChoiceField(label=_("Room"))
    host = forms.ChoiceField(label=_("Who leads it"), required=False)
    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Empty: as many as the activity has."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    anyway = forms.BooleanField(label=_("I know. Enter it anyway."), required=False)

    def __init__(self, *args: Any, offers: QuickOffers, may_insist: bool, **kwargs: Any) -> None:
        """`may_insist`: a planner, who may depart from habits and hours."""
        super().__init__(*args, **kwargs)
        self.offers, self.has_doubts = offers, False
        if not may_insist:
            del self.fields["anyway"]
        choices: dict[str, Any] = {
            "activity": _groups(
                (gettext("took place here"), offers.here),
                (gettext("may take place here"), offers.others),
                said=_apart(offers.activities),
            ),
            "room": [
                (str(room.pk), gettext("%(room)s (%(most)s people)") % {"room": room.name, "most": room.capacity})
                for room in offers.rooms
            ],
            "host": [
                ("", pgettext("who leads a session", "nobody yet")),
                *_groups((gettext("led here before"), offers.hosts_here), (gettext("others"), offers.hosts)),
            ],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        found = list(refusals)
        self.has_doubts = "anyway" in self.fields and any(is_doubt(refusal) for refusal in found)
        super().refuse(replace(refusal, field=_HERE.get(refusal.field, refusal.field)) for refusal in found)

    def plan(self) -> SessionPlan:
        """Of a valid form."""
        data = self.cleaned_data
        activity = next(one for one in self.offers.activities if str(one.pk) == data["activity"])
        room = next(one for one in self.offers.rooms if str(one.pk) == data["room"])
        starts_at = timezone.make_aware(datetime.combine(data["day"], data["starts"]))
        own = {"capacity": data["capacity"]} if data["capacity"] else {}
        return SessionPlan(activity, starts_at, in_room(room), hosts=self._hosts(), own=own)

    def _hosts(self) -> list[Host]:
        rows = (*self.offers.hosts_here, *self.offers.hosts)
        return [host for host in rows if str(host.pk) == self.cleaned_data["host"]]


def _groups(
    *groups: tuple[str, Iterable[Any]], said: Callable[[Any], str] = str
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Those with something in them."""
    named = [(name, [(str(one.pk), said(one)) for one in rows]) for name, rows in groups]
    return [(name, rows) for name, rows in named if rows]


def _apart(activities: Iterable[Activity]) -> Callable[[Activity], str]:
    """By title; where several have the same, with the year of the season."""
    count = Counter(one.title for one in activities)
    return lambda one: one.title if count[one.title] == 1 else f"{one.title} · {one.programme.season.year}"


def initial_like(session: Session, starts_at: datetime) -> dict[str, Any]:
    """The same once more, at that time. The session comes with its engagements."""
    start = timezone.localtime(starts_at)
    hosts = [one.host_id for one in session.engagements.all() if one.live]
    return {
        "activity": str(session.activity_id),
        "day": start.date(),
        "starts": start.time(),
        "room": str(session.room_id),
        "host": str(hosts[0]) if hosts else "",
        "capacity": session.capacity,
    }


def initial_without_one(at: datetime) -> dict[str, Any]:
    """Where nothing took place yet: in a week, in the morning."""
    return {"day": timezone.localtime(at).date() + timedelta(days=7), "starts": "10:00"}
