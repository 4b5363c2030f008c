"""What a diary needs before it is handed in, and until when one is waited for."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kit.refusals import Refusal
from programmes.door.models.diary import MOST_PHOTOS

PHOTOS = 3
# After so long nobody remembers; it stands in the list still, and waits for nobody.
WAITS_DAYS = 30


def photos_needed(rules: Mapping[str, Any]) -> int:
    """`rules`: of the network."""
    return int(rules.get("diary_photos", PHOTOS))


def may_begin(starts_at: datetime, *, at: datetime) -> bool:
    """While it goes on as well: who leads it has the phone at hand."""
    return starts_at <= at


def waits_from(today: datetime) -> datetime:
    """`today`: midnight. Sessions that ended from then on, and before it."""
    return today - timedelta(days=WAITS_DAYS)


def against_writing(*, is_handed_in: bool) -> Iterator[Refusal]:
    if is_handed_in:
        yield Refusal("handed_in", _("This diary has been handed in."), _("To change it, open it again and say why."))


def against_more_photos(count: int) -> Iterator[Refusal]:
    """`count`: with the new one."""
    if count > MOST_PHOTOS:
        text = _("A diary has at most %(most)s photos.") % {"most": MOST_PHOTOS}
        yield Refusal("enough_photos", text, _("Remove one first."), field="photos")


def against_handing_in(*, is_counted: bool, line: str, photos: int, needed: int, why_fewer: str) -> Iterator[Refusal]:
    if not line:
        yield Refusal("no_line", _("Please say in a line how it was."), field="line")
    if not is_counted:
        yield Refusal("not_counted", _("Please check how many came, and tick it."), field="counted")
    if photos < needed and not why_fewer:
        text = ngettext("A diary needs %(n)s photo.", "A diary needs %(n)s photos.", needed) % {"n": needed}
        yield Refusal("few_photos", text, _("Add some, or say why there are fewer."), field="few_photos")


def against_reopening(*, is_handed_in: bool) -> Iterator[Refusal]:
    if not is_handed_in:
        yield Refusal("not_handed_in", _("This diary is open already."), _("Write on."))
