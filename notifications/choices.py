"""Words with a fixed meaning in notifications."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What holds where a network has no rule: thousandths of a yuan for a billed part, and billed parts a day.
SMS_PRICE, SMS_PARTS_A_DAY = 45, 5_000


class Channel(TextChoices):
    INBOX = "inbox", _("Inbox")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")


class Need(TextChoices):
    """How much somebody needs a kind of message: what may be switched off, and what not."""

    NECESSARY = "necessary", pgettext_lazy("sort of message", "Necessary")
    SERVICE = "service", pgettext_lazy("sort of message", "Service")
    SUGGESTION = "suggestion", pgettext_lazy("sort of message", "Suggestion")


class LetterState(TextChoices):
    """How a letter to many stands; worked out of its instants, never kept."""

    WAITING = "waiting", pgettext_lazy("a letter", "waits for a yes")
    SENDING = "sending", pgettext_lazy("a letter", "on its way")
    SENT = "sent", pgettext_lazy("a letter", "sent to all")
    WITHDRAWN = "withdrawn", pgettext_lazy("a letter", "withdrawn")


class DeliveryState(TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not accepted")
    EXPIRED = "expired", _("Too late to send")
    UNNEEDED = "unneeded", _("Not needed: it was read in the inbox")
