"""Words of this room for the journal."""

from django.utils.translation import gettext_lazy as _

from networks.registers import journal_words

journal_words.add(
    "notifications",
    _("Messages"),
    {
        "notifications.sent_again": _("sent a message again"),
        "notifications.words_kept": _("put a message into own words"),
        "notifications.letter_written": _("wrote a letter to many"),
        "notifications.letter_sent": _("sent a letter to many"),
        "notifications.letter_withdrawn": _("withdrew a letter to many"),
        "notifications.wishes_kept": _("chose how to be told"),
        "notifications.words_reset": _("took the standard words of a message again"),
    },
)
