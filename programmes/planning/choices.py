"""Words with a fixed meaning in planning."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PhaseKind(TextChoices):
    """The four stretches of a year's work, in their order; the first may begin in the year before."""

    WINTER = "winter", pgettext_lazy("phase", "Winter: planning")
    SPRING = "spring", pgettext_lazy("phase", "Spring: calling")
    SUMMER = "summer", pgettext_lazy("phase", "Summer: judging")
    AUTUMN = "autumn", pgettext_lazy("phase", "Autumn: showing")


class ObservanceSort(TextChoices):
    OBSERVANCE = "observance", pgettext_lazy("a day of note", "Day of note")
    TERM = "term", _("School term")
    SCHOOL_HOLIDAY = "school_holiday", _("School holidays")


class ObservanceRule(TextChoices):
    """How its days are found in a year."""

    FIXED = "fixed", _("the same date each year")
    WEEKDAY = "weekday", _("a weekday of a month, such as its last Sunday")
    LUNAR = "lunar", _("a date of the lunar calendar")
    DATED = "dated", _("one year only, from a day to a day")


class ProgrammeKind(TextChoices):
    STORY_HOURS = "story_hours", _("Story hours")
    FESTIVAL = "festival", _("Readers' festival")
    LECTURES = "lectures", _("Lecture series")
    EXHIBITION_TOUR = "exhibition_tour", _("Exhibition tour")
    CONTEST = "contest", _("Contest")
    BOOK_SWAP = "book_swap", _("Book swap")
    MARATHON = "marathon", _("Reading marathon")
    TRAINING = "training", _("Training of librarians")
    OTHER = "other", pgettext_lazy("a programme", "Other")


class StatisticClass(TextChoices):
    """As the ministry's yearly statistics tell activities apart."""

    LECTURE = "lecture", _("Lecture")
    EXHIBITION = "exhibition", _("Exhibition")
    TRAINING = "training", _("Training course")
    OTHER = "other", pgettext_lazy("an activity", "Other activity")


class Audience(TextChoices):
    CHILDREN = "children", pgettext_lazy("an audience", "Children")
    FAMILIES = "families", _("Families")
    TEENS = "teens", _("Teenagers")
    ADULTS = "adults", _("Adults")
    ELDERLY = "elderly", _("Elderly people")
    VISUALLY_IMPAIRED = "visually_impaired", _("Visually impaired people")
    DISABLED = "disabled", _("People with other disabilities")
    MIGRANT_CHILDREN = "migrant_children", _("Children of migrant workers")
    LIBRARIANS = "librarians", _("Librarians")


class Counts(TextChoices):
    """Whose places the capacity counts."""

    CHILDREN = "children", _("the children only")
    EVERYONE = "everyone", _("everybody")


class Mode(TextChoices):
    ON_SITE = "on_site", _("On site")
    LIVE = "live", _("Live stream")
    BOTH = "both", _("On site and live")


class UnitRole(TextChoices):
    """In the order in which units are printed, everywhere."""

    GUIDES = "guides", _("Guided by")
    HOSTS = "hosts", _("Hosted by")
    ORGANISES = "organises", _("Organised by")
    HELPS = "helps", _("With the help of")
    SUPPORTS = "supports", _("Supported by")


class Availability(StrEnum):
    """Whether a place at a session is to be had, as schema.org calls it. `RESERVED`: by those of some circles alone."""

    FREE = "InStock"
    FEW = "LimitedAvailability"
    FULL = "SoldOut"
    SOON = "PreOrder"
    CLOSED = "OutOfStock"
    RESERVED = "Reserved"


class PlaceKind(TextChoices):
    ROOM = "room", _("A room of a venue")
    VENUE = "venue", _("A venue, without a room of its own")
    MEETING_POINT = "meeting_point", _("A meeting point outside")
    PARTNER = "partner", _("A partner's place")
    STREAM = "stream", _("Only as a stream")


class LocalField(TextChoices):
    """What a branch may change of its own sessions, where the planner allows it."""

    TIME = "time", _("Time")
    PLACE = "place", _("Room")
    HOSTS = "hosts", _("Who leads it")
    CAPACITY = "capacity", _("Places")
    TEXT = "text", _("Title and text")


class HostKind(TextChoices):
    LIBRARIAN = "librarian", _("Librarian")
    VOLUNTEER = "volunteer", _("Volunteer")
    EXPERT = "expert", _("Expert")
    READER = "reader", _("Reader")
    PROMOTER = "promoter", _("Reading promoter")
    PERFORMER = "performer", _("Performer")


class FeeTitle(TextChoices):
    """Professional titles by which a lecture's fee goes."""

    ACADEMICIAN = "academician", _("Academician or of national renown")
    SENIOR = "senior", _("Senior title")
    ASSOCIATE = "associate", _("Associate senior title")
    OTHER = "other", _("Intermediate title or below")
    NONE = "none", _("No fee")


class EngagementPart(TextChoices):
    LEADS = "leads", pgettext_lazy("a session", "leads")
    HELPS = "helps", pgettext_lazy("a session", "helps")


class BrandMark(TextChoices):
    WILLOW = "willow", _("Willow leaf")
    LOTUS = "lotus", _("Lotus")
    GINKGO = "ginkgo", _("Ginkgo leaf")
    PLUM = "plum", _("Plum blossom")


class Pattern(TextChoices):
    """How a roll-out finds its days."""

    WEEKLY = "weekly", _("every week or every few weeks")
    MONTHLY = "monthly", _("certain weekdays of the month")
    SPREAD = "spread", _("so many for each space, spread evenly")
    DATES = "dates", _("days that you name")


class AdjustedDays(TextChoices):
    """What becomes of a session on a weekend day that is worked in exchange for a holiday (调休)."""

    SKIP = "skip", _("leave it out")
    KEEP = "keep", _("hold it all the same")
    PUSH = "push", _("hold it on the next day that is not worked in exchange")


class HostLack(TextChoices):
    """What a roll-out does where no host is free."""

    SKIP = "skip", _("do not plan the session")
    WITHOUT = "without", _("plan it and find somebody later")


class CellState(TextChoices):
    """What becomes of one place in a roll-out's grid."""

    MADE = "made", pgettext_lazy("a cell of a roll-out", "will be made")
    CLASH = "clash", pgettext_lazy("a cell of a roll-out", "clashes")
    CLOSED = "closed", pgettext_lazy("a cell of a roll-out", "closed")
    OUT = "out", pgettext_lazy("a cell of a roll-out", "taken out")


class Obstacle(TextChoices):
    """Why a session cannot be made there and then."""

    PAST = "past", _("in the past")
    CLOSURE = "closure", _("a closure")
    DAY_CLOSED = "day_closed", _("not open that day")
    HOURS = "hours", _("outside opening hours")
    TOO_LONG = "too_long", _("longer than any opening hours")
    NO_ROOM = "no_room", _("no fitting room")
    ROOM_TAKEN = "room_taken", _("the room is taken")
    SAME = "same", _("planned there already")
    NO_HOST = "no_host", _("no host is free")


class SessionState(TextChoices):
    """How a session stands at one instant; worked out of its instants, never kept."""

    DRAFT = "draft", pgettext_lazy("a session", "Draft")
    PUBLIC = "public", pgettext_lazy("a session", "Public")
    CALLED_OFF = "called_off", pgettext_lazy("a session", "Called off")
    OVER = "over", pgettext_lazy("a session", "Over")


class Moment(TextChoices):
    """Where a session of today stands beside the clock; worked out, never kept."""

    NOW = "now", pgettext_lazy("a session", "On now")
    NEXT = "next", pgettext_lazy("a session", "Next")
    LATER = "later", pgettext_lazy("a session", "Later today")
    OVER = "over", pgettext_lazy("a session", "Over")
    OFF = "off", pgettext_lazy("a session", "Called off")
