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
        "door.diary_begun": pgettext_lazy("the journal", "began a session's diary"),
        "door.diary_handed_in": pgettext_lazy("the journal", "handed a session's diary in"),
        "door.diary_reopened": pgettext_lazy("the journal", "opened a session's diary again"),
        "door.photo_added": pgettext_lazy("the journal", "added a photo to a session's diary"),
        "door.photo_removed": pgettext_lazy("the journal", "removed a photo from a session's diary"),
        "door.photo_cleared": pgettext_lazy("the journal", "said that a photo may be shown"),
        "door.photo_kept_inside": pgettext_lazy("the journal", "said that a photo is internal"),
        "door.problems_read": pgettext_lazy("the journal", "read the problems of a session's diary"),
        "door.evidence_taken": pgettext_lazy("the journal", "took evidence of a session out"),
        "door.settled": pgettext_lazy("the journal", "settled who did not come to a session"),
        "door.not_kept": pgettext_lazy("the journal", "said that a session's door was not kept"),
        "door.excused": pgettext_lazy("the journal", "excused somebody who did not come"),
        "door.entered_late": pgettext_lazy("the journal", "entered afterwards who came"),
        "door.absence_corrected": pgettext_lazy("the journal", "corrected that somebody had not come"),
        "door.views_noted": pgettext_lazy("the journal", "noted views of a stream"),
        "door.handed_to_other": pgettext_lazy("the journal", "handed a child to somebody who was not named"),
        "door.leaving_undone": pgettext_lazy("the journal", "took a signing out back"),
        "door.list_entered": pgettext_lazy("the journal", "added a paper list to a head count"),
        "door.count_corrected": pgettext_lazy("the journal", "corrected a head count"),
    },
)
