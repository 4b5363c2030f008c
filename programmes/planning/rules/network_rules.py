"""Rules of this room that a library system may set; docs/reference/network-rules.md lists them all."""

from django.utils.translation import gettext_lazy as _

from networks.registers import NetworkRule, network_rules
from programmes.planning.rules import fees

network_rules.add(
    NetworkRule(
        "catalogue_url",
        _("Address of the catalogue"),
        _("Where “in the catalogue” beside a book leads; {isbn} is filled in. Without one there is no such link."),
        default="",
    ),
    NetworkRule(
        "fee_rates",
        _("Fees of hosts"),
        _(
            "Yuan a lesson of 45 minutes, after tax, by title: 院士, 正高, 副高, 其他. As set by 《中央和国家机关培训费管理办法》"
            "(财行[2016]540号): at most 1,500, 1,000 and 500. A title without a rate is agreed each time."
        ),
        default=fees.USUAL,
    ),
)
