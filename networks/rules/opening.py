"""开通清单: what has to be seen to before a city can be opened to readers."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class OpeningItem:
    key: str
    label: str | Promise
    hint: str | Promise
    owner: str | Promise


_LIBRARY = _("the library")
_OPERATOR = _("the operator")

OPENING_ITEMS = (
    OpeningItem("hosts", _("Domain name"), _("Points to this service and has a certificate."), _LIBRARY),
    OpeningItem("icp", _("ICP number"), _("Filed for the domain and shown in the footer."), _LIBRARY),
    OpeningItem("police", _("Public security number"), _("Filed within 30 days of opening."), _LIBRARY),
    OpeningItem(
        "sms", _("SMS signature and templates"), _("Approved by the provider in the library's name."), _LIBRARY
    ),
    OpeningItem(
        "privacy", _("Privacy texts"), _("Three texts, each with the person in charge, read by a lawyer."), _LIBRARY
    ),
    OpeningItem("brand", _("Logo and colour"), _("The library's logo, and a hue that goes with it."), _LIBRARY),
    OpeningItem("areas", _("Areas"), _("City, districts and functional zones; streets where wanted."), _OPERATOR),
    OpeningItem("venues", _("Venues"), _("All reading spaces, from the library's list."), _LIBRARY),
    OpeningItem("staff", _("Staff"), _("One administrator at least; keepers by Excel."), _LIBRARY),
    OpeningItem("calendar", _("Calendar"), _("Public holidays and adjusted working days of the year."), _OPERATOR),
)

OPENING_KEYS = tuple(item.key for item in OPENING_ITEMS)
