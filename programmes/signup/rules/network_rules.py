"""Rules of this room that a library system may set; docs/reference/network-rules.md lists them all."""

from django.utils.translation import gettext_lazy as _

from networks.registers import NetworkRule, network_rules
from programmes.signup.rules.invitations import NIGHT_FROM, NIGHT_UNTIL

network_rules.add(
    NetworkRule(
        "invitation_night_from",
        _("Night begins for invitations, hour"),
        _("From this hour on the time to answer an invitation from a waiting list stands still."),
        default=NIGHT_FROM,
        lowest=0,
        highest=23,
    ),
    NetworkRule(
        "invitation_night_until",
        _("Night ends for invitations, hour"),
        _("From this hour on it runs again. The same hour twice: there is no night."),
        default=NIGHT_UNTIL,
        lowest=0,
        highest=23,
    ),
)
