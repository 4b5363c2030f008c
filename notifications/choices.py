"""Words with a fixed meaning in notifications."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    INBOX = "inbox", _("Inbox")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")


class Need(TextChoices):
    """How much somebody needs a kind of message: what may be switched off, and what not."""

    NECESSARY = "necessary", pgettext_lazy("sort of message", "Necessary")
    SERVICE = "service", pgettext_lazy("sort of message", "Service")
    SUGGESTION = "suggestion", pgettext_lazy("sort of message", "Suggestion")


class DeliveryState(TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not accepted")
    EXPIRED = "expired", _("Too late to send")
    UNNEEDED = "unneeded", _("Not needed: it was read in the inbox")
