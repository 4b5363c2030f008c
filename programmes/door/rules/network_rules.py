"""Rules of this room that a library system may set; docs/reference/network-rules.md lists them all."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from networks.registers import NetworkRule, network_rules
from programmes.door.models.diary import MOST_PHOTOS
from programmes.door.rules.absence import GRACE_HOURS
from programmes.door.rules.counting import DAYS_AFTER
from programmes.door.rules.diary import PHOTOS
from programmes.door.rules.outcomes import CLOSES_AFTER, OPENS_BEFORE
from programmes.door.rules.signing_out import ALARM_MINUTES
from programmes.door.rules.streams import PLATFORMS

network_rules.add(
    NetworkRule(
        "door_opens_minutes",
        _("Doors open, minutes before a session"),
        _("From then on families are checked in; before it the door says that it is too early."),
        default=OPENS_BEFORE,
        lowest=0,
        highest=1440,
    ),
    NetworkRule(
        "door_closes_minutes",
        _("Doors close, minutes after a session"),
        _("Until then families are checked in; after it the door says that it is over."),
        default=CLOSES_AFTER,
        lowest=0,
        highest=1440,
    ),
    NetworkRule(
        "door_printed_codes",
        _("Printed codes for checking in"),
        _(
            "A venue may put up a fixed code with which families check themselves in. A photo of it works from anywhere."
        ),
        default=True,
    ),
    NetworkRule(
        "reader_card_code",
        _("What the codes of reader cards carry"),
        _(
            "Where the number stands in the code of a card (电子读者证, 一码通), such as 9001:{number} or "
            "?readerId={number} for a value in an address; several with blanks between them. Without it the code is the number."
        ),
        default="",
    ),
    NetworkRule(
        "diary_photos",
        _("Photos in a diary"),
        _("A session's diary is handed in with so many photos, or with a word why there are fewer."),
        default=PHOTOS,
        lowest=0,
        highest=MOST_PHOTOS,
    ),
    NetworkRule(
        "absence_hours",
        _("Hours until absences are settled"),
        _(
            "So long after a session staff can still excuse families or enter who came; then it is settled by itself who did not."
        ),
        default=GRACE_HOURS,
        lowest=1,
        highest=336,
    ),
    NetworkRule(
        "count_days_after",
        _("Head counts are entered, days after a session"),
        _("Until then numbers are added from paper and corrected."),
        default=DAYS_AFTER,
        lowest=0,
        highest=90,
    ),
    NetworkRule(
        "not_fetched_minutes",
        _("A child is not fetched: alarm, minutes after a session"),
        _(
            "Where children stay without an adult, staff and guardians are told of each who has not been signed out by then."
        ),
        default=ALARM_MINUTES,
        lowest=5,
        highest=120,
    ),
    NetworkRule(
        "stream_platforms",
        _("Platforms of live streams"),
        _("Where this library streams, with 、 between them; another can always be named."),
        default=PLATFORMS,
    ),
    NetworkRule(
        "wechat_app_id",
        _("App ID of the service account at WeChat"),
        _("With it, and the secret that whoever runs this service keeps, doors scan inside WeChat."),
        default="",
    ),
)


def allows_printed_codes(rules: Mapping[str, Any]) -> bool:
    return rules.get("door_printed_codes", True) is not False
