"""Words of this room for the journal."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.registers import journal_words

journal_words.add(
    "signup",
    _("Sign-up"),
    {
        "signup.feed_made": _("made an address for the own calendar"),
        "signup.feed_withdrawn": _("withdrew the address of the own calendar"),
        "signup.registered": _("signed a family up"),
        "signup.joined_list": _("put a family on the waiting list"),
        "signup.invited": _("invited a family from the waiting list"),
        "signup.passed_over": _("invited a smaller family first"),
        "signup.accepted": _("accepted an invitation"),
        "signup.invitation_taken_back": _("took an invitation back"),
        "signup.limit_passed": _("passed a limit of sign-up for a family"),
        "signup.moved_up": _("moved a family up the waiting list"),
        "signup.registration_changed": _("changed a registration"),
        "signup.registration_ended": _("ended a registration"),
        "signup.registration_noted": _("wrote a note on a registration"),
        "signup.seats_merged": _("moved seats to the record of a child that stays"),
        "signup.approved": _("approved a registration"),
        "signup.fetchers_said": _("said who fetches the children"),
        "signup.circle_made": _("made a circle"),
        "signup.circle_changed": _("changed a circle"),
        "signup.circle_opened": _("made a link to a circle"),
        "signup.circle_link_withdrawn": _("withdrew the link to a circle"),
        "signup.circle_closed": _("closed a circle"),
        "signup.circle_joined": _("put families into a circle"),
        "signup.circle_left": _("took somebody out of a circle"),
        "signup.question_added": _("added a question to the sign-up"),
        "signup.question_changed": _("changed a question of the sign-up"),
        "signup.question_moved": _("moved a question of the sign-up"),
        "signup.question_retired": _("stopped asking a question at sign-up"),
        "signup.terms_set": _("set how families come"),
    },
)
journal_words.add_fields(
    {
        "places": _("places"),
        "grown_ups": _("grown-ups who fetch"),
        "others": _("others who fetch"),
        "alone": _("children who go home alone"),
        "session": _("session"),
        "circles": _("circles"),
        "ending": _("how it ended"),
        "invited_until": _("invited until"),
        "passed_free": _("places that were free"),
        "rank": _("place in line"),
        "ended": pgettext_lazy("seats of a child", "given back"),
        "moved": pgettext_lazy("seats of a child", "moved"),
    }
)
