"""Words of this room for the journal."""

from django.utils.translation import gettext_lazy as _

from networks.registers import journal_words

journal_words.add(
    "networks",
    _("Library system"),
    {
        "networks.opened": _("opened the library system"),
        "networks.changed": _("changed what the library says of itself"),
        "networks.rules_changed": _("changed the rules of the library system"),
        "networks.opening_step_set": _("set a line of the opening list"),
        "networks.check_file_put": _("put a check file in place"),
        "networks.check_file_removed": _("removed a check file"),
        "networks.privacy_text_drafted": _("drafted a privacy text"),
        "networks.privacy_text_published": _("published a privacy text"),
        "networks.area_added": _("added an area"),
        "networks.area_changed": _("changed an area"),
        "networks.area_moved": _("moved an area"),
        "networks.area_closed": _("closed an area"),
        "networks.area_reopened": _("opened an area again"),
        "networks.export_made": _("took a list out"),
        "networks.export_fetched": _("fetched a list that was taken out"),
        "networks.export_removed": _("destroyed a list that was taken out"),
        "networks.job_started": _("began long work"),
        "networks.job_cancelled": _("stopped long work"),
        "networks.job_repeated": _("had long work done again"),
        "networks.fact_sent_again": _("sent on what had been set aside"),
        "networks.facts_sent_again": _("sent on all that had been set aside"),
        "networks.fact_dropped": _("dropped what had been set aside"),
    },
)
journal_words.add_fields(
    {
        "tile": _("place on the map"),
        "parent": _("what it lies in"),
        "library": _("library"),
        "rows": _("rows"),
        "days": _("days"),
    }
)
