"""Words of this room for the journal."""

from django.utils.translation import pgettext_lazy

from networks.registers import journal_words

journal_words.add(
    "door",
    pgettext_lazy("of a session", "Door"),
    {
        "door.ticked": pgettext_lazy("the journal", "checked somebody in on the list"),
        "door.unticked": pgettext_lazy("the journal", "took a check-in back"),
        "door.added": pgettext_lazy("the journal", "added somebody at the door"),
        "door.views_noted": pgettext_lazy("the journal", "noted views of a stream"),
        "door.handed_to_other": pgettext_lazy("the journal", "handed a child to somebody who was not named"),
        "door.leaving_undone": pgettext_lazy("the journal", "took a signing out back"),
        "door.list_entered": pgettext_lazy("the journal", "added a paper list to a head count"),
        "door.count_corrected": pgettext_lazy("the journal", "corrected a head count"),
    },
)
