"""Rules of this room that a library system may set; docs/reference/network-rules.md lists them all."""

from django.utils.translation import gettext_lazy as _

from networks.registers import NetworkRule, network_rules
from programmes.door.rules.counting import DAYS_AFTER
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
)
