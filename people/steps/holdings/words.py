"""Words that several entries of the register share."""

from django.utils.translation import gettext_lazy as _

SERVICE = _("To do what you asked for (Personal Information Protection Law, art. 13 (2)).")
DUTY = _("A legal duty of the library (Personal Information Protection Law, art. 13 (3)).")
GUARDIANS = _("A guardian's consent (Personal Information Protection Law, art. 31).")
CONSENT = _("Your consent (Personal Information Protection Law, art. 13 (1)).")

NOBODY = _("You alone. Staff do not see it.")
YOU_AND_FAMILY = _("You and the adults of your family; library staff who look after families, and each look is noted.")
YOU_AND_STAFF = _("You, and the library's staff who give roles.")
ADMINISTRATORS = _("Administrators of the library system.")
