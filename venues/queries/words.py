"""Words of this room for the journal."""

from django.utils.translation import gettext_lazy as _

from networks.registers import journal_words

journal_words.add(
    "venues",
    _("Venues"),
    {
        "venues.added": _("added a venue"),
        "venues.changed": _("changed a venue"),
        "venues.closed_for_good": _("closed a venue for good"),
        "venues.opened_again": _("opened a venue again"),
        "venues.hours_set": _("set opening hours"),
        "venues.room_added": _("added a room"),
        "venues.room_changed": _("changed a room"),
        "venues.room_closed": _("put a room out of use"),
        "venues.room_used_again": _("took a room into use again"),
        "venues.closure_added": _("entered a closure"),
        "venues.closure_withdrawn": _("withdrew a closure"),
        "venues.closure_restored": _("restored a closure"),
        "venues.closure_ended": _("ended a closure"),
        "venues.days_put": _("entered days off"),
        "venues.days_removed": _("removed days off"),
        "venues.days_restored": _("restored days off"),
        "venues.picture_added": _("added a picture"),
        "venues.picture_described": _("described a picture"),
        "venues.picture_moved": _("moved a picture"),
        "venues.picture_removed": _("removed a picture"),
        "venues.picture_brought_back": _("brought a picture back"),
        "venues.imported": _("took in a list of venues"),
    },
)
journal_words.add_part("closures", _("Closures and days off"), ("venues.closure_", "venues.days_"))
journal_words.add_fields(
    {
        "picture": _("picture"),
        "room": _("room"),
        "opening_hours": _("opening hours"),
        "rooms": _("rooms"),
    }
)
