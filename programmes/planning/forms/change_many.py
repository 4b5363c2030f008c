"""What many sessions shall have in common from now on: typed once, looked at, done."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kit.forms import RefusableForm
from programmes.planning.models import Host, Session
from programmes.planning.rules.changes import SessionChange


class What(TextChoices):
    TIME = "time", _("to another start time")
    SHIFT = "shift", _("by days or minutes")
    SWAP = "swap", _("one host for another")
    HOSTS = "hosts", _("the same host for all")
    WORDS = "words", _("places, title or a word to readers")
    OFF = "off", _("call them off")


class ManyForm(RefusableForm):
    """`hosts`: to choose from; `leading`: those who lead some of the sessions now."""

    what = forms.ChoiceField(label=_("What changes"), choices=What.choices, widget=forms.RadioSelect)
    start = forms.TimeField(
        label=_("Starts at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    days = forms.IntegerField(
        label=_("Days later"), required=False, min_value=-366, max_value=366, help_text=_("Less than 0: earlier.")
    )
    minutes = forms.IntegerField(label=_("Minutes later"), required=False, min_value=-1440, max_value=1440)
    host_from = forms.TypedChoiceField(label=_("Who leads now"), required=False, coerce=int, empty_value=None)
    host_to = forms.TypedChoiceField(label=_("Who leads from now on"), required=False, coerce=int, empty_value=None)
    capacity = forms.IntegerField(label=_("Places"), required=False, min_value=1, max_value=100_000)
    title = forms.CharField(label=_("Title"), required=False, max_length=60)
    notice = forms.CharField(label=_("A word to readers"), required=False, max_length=200)
    reason = forms.CharField(label=_("Why"), required=False, max_length=120, help_text=_("Readers see this line."))

    def __init__(self, *args: Any, hosts: Sequence[Host], leading: Sequence[Host], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hosts = {host.pk: host for host in hosts}
        self.fields["host_from"].choices = _pairs(leading)  # type: ignore[attr-defined]
        self.fields["host_to"].choices = _pairs(hosts)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        what = data.get("what", "")
        missing = {
            What.TIME: "start" if data.get("start") is None else "",
            What.SHIFT: "" if data.get("days") or data.get("minutes") else "days",
            What.SWAP: next((name for name in ("host_from", "host_to") if not data.get(name)), ""),
            What.OFF: "" if (data.get("reason") or "").strip() else "reason",
            What.WORDS: "" if self._own(data) else "capacity",
        }.get(what, "")
        if missing and missing not in self.errors:
            self.add_error(missing, gettext("Say what it shall be."))
        return data

    @property
    def is_off(self) -> bool:
        return bool(self.cleaned_data["what"] == What.OFF)

    def changes(self, sessions: Iterable[Session]) -> list[SessionChange]:
        """The sessions come with their engagements and hosts. Those that a swap does not concern are left out."""
        found = [self._change(session) for session in sessions]
        return [change for change in found if change is not None]

    def _change(self, session: Session) -> SessionChange | None:
        data = self.cleaned_data
        if data["what"] == What.TIME:
            return SessionChange(session, starts_at=_at(session, data["start"]))
        if data["what"] == What.SHIFT:
            return SessionChange(session, starts_at=_later(session, data["days"] or 0, data["minutes"] or 0))
        if data["what"] == What.WORDS:
            return SessionChange(session, own=self._own(data))
        return self._of_hosts(session)

    def _of_hosts(self, session: Session) -> SessionChange | None:
        data = self.cleaned_data
        wanted = self.hosts.get(data["host_to"])
        if data["what"] == What.HOSTS:
            return SessionChange(session, hosts=[wanted] if wanted else [])
        now = [one.host for one in session.engagements.all()]
        if wanted is None or data["host_from"] not in {host.pk for host in now}:
            return None
        rest = [host for host in now if host.pk not in {data["host_from"], wanted.pk}]
        return SessionChange(session, hosts=[*rest, wanted])

    def _own(self, data: dict[str, Any]) -> dict[str, Any]:
        values = {name: data.get(name) for name in ("capacity", "title", "notice")}
        return {name: value for name, value in values.items() if value}


def _pairs(hosts: Iterable[Host]) -> list[tuple[Any, str]]:
    return [("", "—"), *((host.pk, host.name) for host in hosts)]


def _at(session: Session, start: time) -> datetime:
    day = timezone.localtime(session.starts_at).date()
    return timezone.make_aware(datetime.combine(day, start))


def _later(session: Session, days: int, minutes: int) -> datetime:
    """By the clock on the wall: a day later is the same hour."""
    local = timezone.localtime(session.starts_at).replace(tzinfo=None)
    return timezone.make_aware(local + timedelta(days=days, minutes=minutes))
