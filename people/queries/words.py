"""Words of this room for the journal."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
        "people.device_renewed": _("confirmed a keeper's phone anew"),
        "people.number_changed": _("changed the mobile number"),
        "people.number_taken_over": _("lost the number to another account"),
        "people.number_given_back": _("got the number back"),
        "people.second_factor_changed": _("changed the second factor"),
    },
)
journal_words.add(
    "people",
    _("People"),
    {
        "people.household_made": _("made a family"),
        "people.household_closed": _("closed a family"),
        "people.household_erased": _("erased a family"),
        "people.family_read": _("opened a family's record"),
        "people.member_joined": _("joined a family"),
        "people.member_changed": _("changed somebody's place in a family"),
        "people.member_removed": _("took somebody out of a family"),
        "people.member_left": _("left a family"),
        "people.member_dismissed": _("removed a member at the desk"),
        "people.member_moved": _("moved a member along with a child's record"),
        "people.join_link_made": _("made a link into a family"),
        "people.join_link_withdrawn": _("took a link into a family back"),
        "people.district_chosen": _("chose the family's district"),
        "people.name_given": _("gave a name"),
        "people.child_added": _("added a child"),
        "people.child_changed": _("changed a child's details"),
        "people.child_read": _("opened a child's record"),
        "people.child_mended": _("mended a child's record"),
        "people.child_merged": _("made one child of two records"),
        "people.child_merged_away": _("gave a child's double record up"),
        "people.children_told_apart": _("told two children apart"),
        "people.child_erased": _("erased a child's data"),
        "people.person_erased": _("erased a person's data"),
        "people.reader_number_given": _("gave a reader number"),
        "people.reader_number_checked": _("checked a reader number"),
        "people.reader_number_taken_away": _("took a reader number away"),
        "people.young_login_offered": _("offered a child an own sign-in"),
        "people.young_login_opened": _("opened a child's own sign-in"),
        "people.young_login_ended": _("ended a child's own sign-in"),
        "people.consent_answered": _("answered a consent"),
        "people.data_copy_asked": _("asked for a copy of the data"),
        "people.data_copy_made": _("made a copy of the data"),
        "people.data_copy_taken": _("fetched a copy of the data"),
        "people.retention_changed": _("changed how long data is kept"),
        "people.retention_ran": _("let the retention clock run"),
    },
)
journal_words.add_part(
    "families",
    _("Families"),
    (
        "people.household_",
        "people.family_",
        "people.member_",
        "people.join_link_",
        "people.district_",
        "people.consent_",
    ),
)
journal_words.add_part(
    "children", _("Children"), ("people.child_", "people.children_", "people.young_login_", "people.reader_number_")
)
journal_words.add_part("staff", _("Staff"), ("people.role_", "people.offer_", "people.staff_", "people.device_"))
journal_words.add_fields(
    {
        "starts_at": _("start"),
        "ends_at": _("end"),
        "role": _("role"),
        "roles": _("roles"),
        "area": _("area"),
        "household": _("family"),
        "child": _("child"),
        "phone": _("mobile number"),
        "number": _("number"),
        "as": _("in which role"),
        "into": _("the record that stays"),
        "where": _("where it was read"),
        "change": _("second factor"),
        "people.child.person": _("own sign-in"),
        "made": pgettext_lazy("rows of a table", "new"),
        "changed": pgettext_lazy("rows of a table", "changed"),
        "unchanged": pgettext_lazy("rows of a table", "already there"),
        "refused": pgettext_lazy("rows of a table", "with a mistake"),
    }
)
