"""When and where something takes place next, or took place last, in a line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.planning.choices import PlaceKind
from programmes.planning.rules.places import online_words
from programmes.planning.rules.wording import day_words, full_day_words


@dataclass(frozen=True)
class NextTime:
    """Of one public session, as the database hands it out."""

    code: str
    starts_at: datetime
    ends_at: datetime
    place: str
    is_off: bool

    @classmethod
    def read(cls, said: dict[str, Any]) -> "NextTime":
        online = online_words() if said["kind"] == PlaceKind.STREAM else ""
        return cls(
            said["code"],
            datetime.fromisoformat(said["starts_at"]),
            datetime.fromisoformat(said["ends_at"]),
            said["venue"] or online or said["place"],
            said["off"] is not None,
        )

    def words(self, at: datetime) -> str:
        """ "5月16日 周六 10:00 · 清凉门阅读空间"; the year where it is another one."""
        start, now = timezone.localtime(self.starts_at), timezone.localtime(at)
        day = day_words(start) if start.year == now.year else full_day_words(start)
        if self.is_off:
            return _("%(day)s, called off") % {"day": day}
        if self.ends_at <= at:
            return _("last on %(day)s · %(place)s") % {"day": day, "place": self.place}
        if self.starts_at <= at:
            return _("on now · %(place)s") % {"place": self.place}
        return f"{day} {start:%H:%M} · {self.place}"
