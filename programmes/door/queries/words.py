"""Words of this room for the journal."""

from django.utils.translation import pgettext_lazy

from networks.registers import journal_words

journal_words.add(
    "door",
    pgettext_lazy("of a session", "Door"),
    {
        "door.ticked": pgettext_lazy("the journal", "checked somebody in on the list"),
        "door.unticked": pgettext_lazy("the journal", "took a check-in back"),
        "door.device_made": pgettext_lazy("the journal", "made a desk device"),
        "door.device_code_made": pgettext_lazy("the journal", "made a new code for a desk device"),
        "door.device_joined": pgettext_lazy("the journal", "a desk device joined"),
        "door.device_revoked": pgettext_lazy("the journal", "revoked a desk device"),
        "door.taken_back": pgettext_lazy("the journal", "took back somebody added at the door"),
        "door.added": pgettext_lazy("the journal", "added somebody at the door"),
        "door.screen_made": pgettext_lazy("the journal", "opened a check-in screen"),
        "door.screen_withdrawn": pgettext_lazy("the journal", "withdrew a check-in screen"),
        "door.printed_code_made": pgettext_lazy("the journal", "made a printed code for checking in"),
        "door.printed_code_ended": pgettext_lazy("the journal", "ended a printed code for checking in"),
    },
)
