"""Words with a fixed meaning in venues."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class VenueKind(TextChoices):
    """ "102" counts the first kind."""

    READING_SPACE = "reading_space", _("Children's reading space")
    CITY_LIBRARY = "city_library", _("City library")
    DISTRICT_LIBRARY = "district_library", _("District library")
    BRANCH = "branch", _("Branch library")
    ALWAYS_OPEN = "always_open", _("24-hour reading room")
    SCENIC = "scenic", _("Reading room at a scenic spot")
    PARTNER = "partner", _("Partner's place")


class Weekday(IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class OnHolidays(TextChoices):
    """What a venue does on the days of a public holiday."""

    AS_USUAL = "as_usual", _("as on that weekday")
    AS_SUNDAY = "as_sunday", _("as on a Sunday")
    CLOSED = "closed", _("closed")


class DayKind(TextChoices):
    HOLIDAY = "holiday", _("Day off")
    WORKDAY = "workday", _("Adjusted working day")


class DaySource(TextChoices):
    SEEDED = "seeded", _("from the public notice")
    EDITED = "edited", _("entered by staff")


class Equipment(TextChoices):
    PROJECTOR = "projector", _("Projector")
    SCREEN = "screen", _("Large screen")
    SOUND = "sound", _("Microphone and sound")
    CARPET = "carpet", _("Carpet to sit on")
    TABLES = "tables", _("Tables for crafts")
    STAGE = "stage", _("Small stage")
    PIANO = "piano", _("Piano")
    SINK = "sink", _("Sink")
    LIVE = "live", _("Set for live broadcast")
    LOOP = "loop", _("Hearing loop")


class OpenState(TextChoices):
    """How a venue stands at one instant."""

    OPEN = "open", _("Open now")
    ALWAYS = "always", _("Open 24 hours")
    SHUT = "shut", _("Closed at this hour")
    PAUSED = "paused", _("Closed for a while")
    GONE = "gone", _("Closed for good")


class ClosureState(TextChoices):
    NOW = "now", _("Closed now")
    AHEAD = "ahead", _("To come")
    OVER = "over", _("Over")
    WITHDRAWN = "withdrawn", _("Withdrawn")
