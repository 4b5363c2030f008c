"""Words with a fixed meaning in networks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AreaKind(TextChoices):
    CITY = "city", _("City")
    DISTRICT = "district", _("District")
    ZONE = "zone", _("Functional zone")
    STREET = "street", _("Street")
    COMMUNITY = "community", _("Community")
    VENUE = "venue", _("Venue")


class FactState(TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    EXPIRED = "expired", _("Expired")
    SET_ASIDE = "set_aside", _("Set aside")
    DROPPED = "dropped", _("Dropped")


class JobState(TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Stopped by an error")
    CANCELLED = "cancelled", _("Cancelled")


class PrivacyTextKind(TextChoices):
    PRIVACY = "privacy", _("Privacy policy")
    CHILDREN = "children", _("Children's privacy rules")
    TERMS = "terms", _("Terms of use")


class OpeningState(TextChoices):
    OPEN = "open", _("To do")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed")
