"""Words with a fixed meaning in sign-up."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Way(TextChoices):
    """How families come to a session of an activity."""

    SIGN_UP = "sign_up", _("Families sign up here")
    FREE = "free", _("Nobody needs to sign up")
    PHONE = "phone", _("By telephone or at the venue")


class Window(TextChoices):
    """Whether one can sign up at an instant; worked out of instants, never kept."""

    SOON = "soon", pgettext_lazy("sign-up", "not open yet")
    OPEN = "open", pgettext_lazy("sign-up", "open")
    CLOSED = "closed", pgettext_lazy("sign-up", "closed")


class Ending(TextChoices):
    """Why a registration, or one seat of it, no longer holds."""

    BY_FAMILY = "by_family", pgettext_lazy("a registration", "cancelled by the family")
    BY_STAFF = "by_staff", pgettext_lazy("a registration", "cancelled by the library")
    ERASED = "erased", pgettext_lazy("a registration", "erased")
