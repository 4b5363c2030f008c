"""What makes a venue easy to come to: the field, the word for it, and its drawing."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kit.refusals import Text
from venues.models import Venue


@dataclass(frozen=True)
class Access:
    key: str
    label: Text
    icon: str
    # Found by one tap, without opening "more".
    is_asked_often: bool = False


ACCESS = (
    Access("step_free", _("Step-free"), "step-free", is_asked_often=True),
    Access("nursing_room", _("Nursing room"), "nursing", is_asked_often=True),
    Access("sign_language", _("Sign language"), "sign-language"),
    Access("accessible_toilet", _("Accessible toilet"), "toilet"),
    Access("large_print", _("Large print and listening aids"), "eye"),
    Access("parking", _("Parking"), "parking"),
)
ACCESS_KEYS = frozenset(access.key for access in ACCESS)


def access_of(venue: Venue) -> list[Access]:
    return [access for access in ACCESS if getattr(venue, access.key)]
