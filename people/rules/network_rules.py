"""Rules of this room that a library system may set; docs/reference/network-rules.md lists them all."""

from django.utils.translation import gettext_lazy as _

from networks.registers import NetworkRule, network_rules
from people.rules import codes

network_rules.add(
    NetworkRule(
        "foreign_phones",
        _("Numbers outside mainland China"),
        _("Codes also go to mobile numbers of other countries and regions."),
        default=False,
    ),
    NetworkRule(
        "silent_days",
        _("Days until a silent number is asked again"),
        _(
            "After so many days without a visit a code alone no longer opens the account: the carrier may have given the number to somebody else."
        ),
        default=codes.SILENT_DAYS,
        lowest=30,
        highest=3650,
    ),
    NetworkRule(
        "sms_a_day",
        _("Sign-in codes a day"),
        _("Beyond this many nobody gets a code until midnight: it bounds the bill when somebody abuses the form."),
        default=codes.SMS_A_DAY,
        lowest=100,
        highest=200_000,
    ),
    NetworkRule(
        "carers_may_begin",
        _("Carers may begin a family"),
        _("Without it a grandmother waits for a guardian's link."),
        default=True,
    ),
    NetworkRule(
        "young_login_age",
        _("Age for an own sign-in"),
        _("From this age on a guardian may open an own sign-in for a child."),
        default=14,
        lowest=8,
        highest=18,
    ),
    NetworkRule(
        "sample_data",
        _("Sample data"),
        _("Every public page says that names, addresses and times are invented."),
        default=False,
    ),
    NetworkRule(
        "map_url",
        _("Address of a map"),
        _(
            "Where “show the way” on a venue's page leads; {name} and {address} are filled in. Without one there is no such link."
        ),
        default="",
    ),
)
