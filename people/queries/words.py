"""Words of this room for the journal."""

from django.utils.translation import gettext_lazy as _

from networks.registers import journal_words

journal_words.add(
    "people",
    _("People"),
    {
        "people.role_offered": _("invited somebody to a role"),
        "people.offer_accepted": _("accepted a role"),
        "people.offer_declined": _("declined a role"),
        "people.offer_withdrawn": _("took an invitation back"),
        "people.role_given": _("got a role"),
        "people.role_ended": _("had a role ended"),
        "people.role_ending_undone": _("had the end of a role undone"),
        "people.staff_left": _("left"),
        "people.staff_imported": _("took in a list of staff"),
        "people.staff_renamed": _("had the name changed"),
        "people.device_asked": _("asked for a phone to be confirmed"),
        "people.device_confirmed": _("confirmed a keeper's phone"),
        "people.device_refused": _("refused a keeper's phone"),
        "people.device_revoked": _("revoked a phone"),
        "people.device_revoking_undone": _("let a revoked phone work again"),
        "people.number_changed": _("changed the mobile number"),
        "people.number_taken_over": _("lost the number to another account"),
        "people.number_given_back": _("got the number back"),
        "people.second_factor_changed": _("changed the second factor"),
    },
)
