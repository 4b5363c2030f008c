"""A session as a planner or a branch enters it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kit.forms import DayField, RefusableForm
from kit.refusals import Refusal
from programmes.planning.choices import LocalField, Mode, PlaceKind
from programmes.planning.forms.ages import AgesField, Band
from programmes.planning.models import Activity, Host, Session
from programmes.planning.queries.offers import Offers
from programmes.planning.rules.ages import against_ages
from programmes.planning.rules.changes import stamp_of
from programmes.planning.rules.inherited import is_said
from programmes.planning.rules.places import Where, in_room
from programmes.planning.rules.sessions import OWN_FIELDS, is_doubt
from programmes.planning.rules.wording import age_words
from venues.models import Room

WHEN = ("day", "starts", "ends", "last_day")
# The form's fields behind each thing that a branch may be allowed to change.
LOCAL = {
    LocalField.TIME: WHEN,
    LocalField.PLACE: ("room",),
    LocalField.HOSTS: ("hosts",),
    LocalField.CAPACITY: ("capacity",),
    LocalField.TEXT: ("title", "summary", "notice"),
}
_REST = (
    "capacity",
    "adult_needed",
    "ages",
    "mode",
    "stream_url",
    "in_charge",
    "phone",
)
AGES = ("from_months", "to_months")
_NO_AGES = (None, None)
# Of its own words, those that the form asks for under their names.
_TYPED = tuple(name for name in OWN_FIELDS if name not in AGES)
# What each kind of place asks for.
_OF_KIND = {
    "room": ("room",),
    "venue": ("venue",),
    "outside": ("place_name", "address", "partner", "area"),
    "meeting": ("safety_notice", "route"),
}
_AS_ACTIVITY = [("", _("as the activity says"))]
_YES_NO = [*_AS_ACTIVITY, ("yes", _("yes")), ("no", _("no"))]


class SessionForm(RefusableForm):
    """`activity` says what holds where a field is left empty."""

    day = DayField(label=_("Day"))
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(
        label=_("Ends"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Only where it ends on another day, such as an exhibition."),
    )
    place_kind = forms.ChoiceField(label=_("Kind of place"), choices=PlaceKind.choices, widget=forms.RadioSelect)
    room = forms.ChoiceField(label=_("Room"), required=False)
    venue = forms.ChoiceField(label=_("Venue"), required=False)
    place_name = forms.CharField(label=_("What the place is called"), max_length=60, required=False)
    address = forms.CharField(label=_("Address"), max_length=120, required=False)
    route = forms.CharField(
        label=_("Route"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("From the meeting point to the end, with stops and the way home."),
    )
    partner = forms.ChoiceField(label=_("Partner unit"), required=False)
    safety_notice = forms.ChoiceField(
        label=_("Safety notice"), required=False, help_text=_("Families accept it when they sign up.")
    )
    area = forms.ChoiceField(label=_("District"), required=False, help_text=_("In whose plan and figures it counts."))
    hosts = forms.MultipleChoiceField(
        label=_("Who leads it"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "host-box"})
    )
    title = forms.CharField(label=_("Title"), max_length=60, required=False)
    summary = forms.CharField(label=_("In one line"), max_length=120, required=False)
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=100_000, required=False)
    ages = AgesField()
    adult_needed = forms.ChoiceField(label=_("Children come with an adult"), choices=_YES_NO, required=False)
    mode = forms.ChoiceField(label=_("On site or live"), choices=[*_AS_ACTIVITY, *Mode.choices], required=False)
    stream_url = forms.URLField(label=_("Address of the stream"), max_length=300, required=False, assume_scheme="https")
    in_charge = forms.CharField(label=_("In charge"), max_length=40, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    notice = forms.CharField(
        label=_("A word to readers"), max_length=200, required=False, help_text=_("Of this session only.")
    )
    anyway = forms.BooleanField(label=_("I know. Enter it anyway."), required=False)
    # The session as it was when the page was opened: rules.changes.stamp_of.
    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, activity: Activity, offers: Offers, allowed: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        """`allowed`: names of the activity's local fields, for a branch; None for a planner."""
        super().__init__(*args, **kwargs)
        self.activity, self.offers, self.is_local = activity, offers, allowed is not None
        self.has_doubts = False
        self.now: list[tuple[Any, str]] = []
        # Known as soon as it was typed, also where a refusal takes a field away again.
        self.wanted: tuple[datetime, datetime] | None = None
        self._offer()
        self.fields["ends"].help_text = gettext("Empty: it lasts %(n)s minutes.") % {"n": activity.minutes}
        for name in _TYPED:
            self.fields[name].widget.attrs["placeholder"] = str(getattr(activity, name, "") or "")
        said = age_words(activity.from_months, activity.to_months)
        self.fields["ages"].help_text = gettext("Empty: as the activity says, %(ages)s.") % {"ages": said}
        if allowed is not None:
            kept = {name for one in allowed for name in LOCAL[LocalField(one)]}
            self.fields = {name: field for name, field in self.fields.items() if name in {*kept, "seen"}}

    def _offer(self) -> None:
        offers = self.offers
        choices: dict[str, Any] = {
            "room": [("", "—"), *room_choices(offers)],
            "venue": [("", "—"), *((str(venue.pk), venue.name) for venue in offers.venues)],
            "partner": [("", "—"), *((str(one.pk), one.name) for one in offers.partners)],
            "safety_notice": [("", "—"), *((str(one.pk), str(one)) for one in offers.notices)],
            "area": [(str(one.pk), one.name) for one in offers.areas],
            "hosts": host_choices(offers, self._asked()),
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def _asked(self) -> set[str]:
        """Hosts that are ticked: they stand first."""
        return {str(key) for key in self["hosts"].value() or ()}

    def offer_again(self) -> None:
        """Once it is known what is free."""
        for name, found in (
            ("room", [("", "—"), *room_choices(self.offers)]),
            ("hosts", host_choices(self.offers, self._asked())),
        ):
            if name in self.fields:
                self.fields[name].choices = found  # type: ignore[attr-defined]

    def sections(self) -> dict[str, list[forms.BoundField]]:
        """Fields by the part of the page they stand in; for a branch some are empty."""
        parts: dict[str, tuple[str, ...]] = {
            "when": WHEN,
            "hosts": ("hosts",),
            "words": ("title", "summary", "notice"),
            "rest": _REST,
            **_OF_KIND,
        }
        return {part: [self[name] for name in names if name in self.fields] for part, names in parts.items()}

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        found = list(refusals)
        self.has_doubts = any(is_doubt(refusal) for refusal in found)
        if any(refusal.code == "changed_meanwhile" for refusal in found):
            self._take_stock()
        super().refuse(found)

    def _take_stock(self) -> None:
        """What was typed stays; what holds now stands beside it, and the next press is about that."""
        names = [name for name in self.changed_data if name not in {"seen", "anyway"}]
        self.now = [
            (self[name].label, _said_by(self.fields[name], self.get_initial_for_field(self.fields[name], name)))
            for name in names
        ]
        typed: Any = self.data.copy()  # type: ignore[attr-defined]
        typed["seen"] = self.initial["seen"]
        self.data = typed

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        span = self.wanted = self.span()
        if span is not None and span[1] <= span[0]:
            name = "last_day" if data.get("last_day") else "ends"
            self.add_error(name, gettext("The session ends before it starts."))
        for refusal in against_ages(*(data.get("ages") or _NO_AGES)):
            self.add_error("ages", str(refusal.text))
        return data

    def span(self) -> tuple[datetime, datetime] | None:
        """None while day and time are not both known."""
        data = self.cleaned_data
        day, starts = data.get("day"), data.get("starts")
        if day is None or starts is None:
            return None
        starts_at = _instant(day, starts)
        ends, last = data.get("ends"), data.get("last_day")
        if ends is None:
            length = timedelta(minutes=self.activity.minutes)
            return starts_at, (starts_at if last is None else _instant(last, starts)) + length
        return starts_at, _instant(last or day, ends)

    def where(self) -> Where | None:
        """None where a branch may not say it, or has not changed it."""
        data = self.cleaned_data
        room = self._room()
        if "place_kind" not in self.fields:
            return in_room(room) if room is not None else None
        kind = PlaceKind(data["place_kind"])
        city = self._found("areas", data["area"]) or self.activity.programme.area
        if kind == PlaceKind.ROOM:
            return in_room(room) if room is not None else Where(kind, city)
        if kind == PlaceKind.VENUE:
            venue = self._found("venues", data["venue"])
            return Where(kind, venue.area if venue else city, venue=venue)
        if kind == PlaceKind.STREAM:
            return Where(kind, city)
        return Where(
            kind,
            city,
            place_name=data["place_name"].strip(),
            address=data["address"].strip(),
            route=data["route"].strip() if kind == PlaceKind.MEETING_POINT else "",
            partner=self._found("partners", data["partner"]) if kind == PlaceKind.PARTNER else None,
            safety_notice=self._found("notices", data["safety_notice"]) if kind == PlaceKind.MEETING_POINT else None,
        )

    def chosen_hosts(self) -> list[Host] | None:
        if "hosts" not in self.fields:
            return None
        return [host for host in self.offers.hosts if str(host.pk) in self.cleaned_data["hosts"]]

    def own(self) -> dict[str, Any]:
        """What is left empty is the activity's."""
        found = {name: self.cleaned_data[name] for name in _TYPED if name in self.fields}
        if "ages" in self.fields:
            found |= zip(AGES, self._ages(), strict=True)
        if "adult_needed" in found:
            found["adult_needed"] = {"yes": True, "no": False}.get(found["adult_needed"])
        return found

    def _ages(self) -> tuple[int | None, int | None]:
        """Those that nobody touched stay as they are, to the month."""
        before: Band | None = self.initial.get("ages")
        if "ages" in self.changed_data or before is None:
            return self.cleaned_data["ages"] or _NO_AGES
        return before.first, before.last

    def _room(self) -> Room | None:
        found: Room | None = self._found("rooms", self.cleaned_data.get("room", ""))
        return found

    def _found(self, kind: str, key: str) -> Any:
        return next((one for one in getattr(self.offers, kind) if str(one.pk) == key), None)


def room_choices(offers: Offers) -> list[tuple[str, list[tuple[str, str]]]]:
    """By venue; where the time is known, with what speaks against each."""
    groups = groupby(offers.rooms, key=lambda room: room.venue.name)
    return [(venue, [(str(room.pk), _room_label(room, offers)) for room in rooms]) for venue, rooms in groups]


def _room_label(room: Room, offers: Offers) -> str:
    words = gettext("%(room)s (%(most)s people)") % {"room": room.name, "most": room.capacity}
    words = f"{room.venue.name} · {words}"
    if not offers.is_timed:
        return words
    faults = offers.room_faults.get(room.pk, [])
    return f"{words} — " + ("；".join(_short(one) for one in faults) if faults else gettext("free"))


def host_choices(offers: Offers, asked: Collection[str] = ()) -> list[tuple[str, str]]:
    """Those who are asked, then those who can come, then the others."""
    rows = sorted(offers.hosts, key=lambda host: (str(host.pk) not in asked, host.pk in offers.host_faults))
    return [(str(host.pk), _host_label(host, offers)) for host in rows]


def _host_label(host: Host, offers: Offers) -> str:
    faults = offers.host_faults.get(host.pk, [])
    words = f"{host.name} · {host.get_kind_display()}"
    return f"{words} — {'；'.join(_short(one) for one in faults)}" if faults else words


_SHORT = {
    "room_taken": pgettext_lazy("a room", "taken"),
    "venue_shut": pgettext_lazy("a room", "closed then"),
    "outside_hours": pgettext_lazy("a room", "outside opening hours"),
    "room_small": pgettext_lazy("a room", "too small"),
    "room_lacks": pgettext_lazy("a room", "lacks equipment"),
    "host_taken": pgettext_lazy("a host", "leads something else"),
    "host_absent": pgettext_lazy("a host", "away"),
    "host_hours": pgettext_lazy("a host", "not at that hour"),
    "host_full_day": pgettext_lazy("a host", "enough that day"),
    "host_full_week": pgettext_lazy("a host", "enough that week"),
    "host_not_appointed": pgettext_lazy("a host", "not appointed then"),
    "host_closed": pgettext_lazy("a host", "no longer leads"),
}


def _short(refusal: Refusal) -> str:
    return str(_SHORT.get(refusal.code, refusal.text))


def initial_of(session: Session, hosts: Iterable[Host]) -> dict[str, Any]:
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    adult: Mapping[Any, str] = {True: "yes", False: "no"}
    found = {name: getattr(session, name) for name in _TYPED if is_said(getattr(session, name))}
    return {
        **found,
        "ages": Band(session.from_months, session.to_months),
        "adult_needed": adult.get(session.adult_needed, ""),
        "day": start.date(),
        "starts": start.time(),
        "ends": end.time(),
        "last_day": end.date() if end.date() != start.date() else None,
        "place_kind": session.place_kind,
        "room": str(session.room_id or ""),
        "venue": str(session.venue_id or ""),
        "place_name": session.place_name,
        "address": session.address,
        "route": session.route,
        "partner": str(session.partner_id or ""),
        "safety_notice": str(session.safety_notice_id or ""),
        # In a venue it counts where the venue lies, whatever was chosen here.
        "area": "" if session.venue_id else str(session.area_id),
        "hosts": [str(host.pk) for host in hosts],
        "seen": stamp_of(session),
    }


def _said_by(field: forms.Field, value: Any) -> str:
    """A field's value in words."""
    if isinstance(field, forms.ChoiceField):
        wanted = [str(one) for one in (value if isinstance(value, list) else [value])]
        choices: Any = field.choices
        pairs = [pair for one in choices for pair in (one[1] if isinstance(one[1], list) else [one])]
        return "、".join(str(label) for key, label in pairs if str(key) in wanted) or "—"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Band):
        return age_words(value.first, value.last) if value != Band(None, None) else "—"
    return str(value) if value not in {None, ""} else "—"


def _instant(day: Any, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class ReasonForm(RefusableForm):
    reason = forms.CharField(
        label=_("Why it is called off"),
        max_length=120,
        help_text=_("Readers see this line, such as: 主讲老师临时有事."),
    )
