"""Words with a fixed meaning in sign-up."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Way(TextChoices):
    """How families come to a session of an activity."""

    SIGN_UP = "sign_up", _("Families sign up here")
    FREE = "free", _("Nobody needs to sign up")
    PHONE = "phone", _("By telephone or at the venue")


class Window(TextChoices):
    """Whether one can sign up at an instant; worked out of instants, never kept."""

    SOON = "soon", pgettext_lazy("sign-up", "not open yet")
    OPEN = "open", pgettext_lazy("sign-up", "open")
    CLOSED = "closed", pgettext_lazy("sign-up", "closed")


class CapPeriod(TextChoices):
    """The time in which a family takes part so often at most: that of the session it wants."""

    WEEK = "week", pgettext_lazy("at most so often", "in a week")
    MONTH = "month", pgettext_lazy("at most so often", "in a month")
    SEASON = "season", pgettext_lazy("at most so often", "in a season of the year")
    YEAR = "year", pgettext_lazy("at most so often", "in a year")
    EVER = "ever", pgettext_lazy("at most so often", "ever")


class CapOf(TextChoices):
    """Whose sessions are counted."""

    FAMILY = "family", pgettext_lazy("at most so often", "each family")
    CHILD = "child", pgettext_lazy("at most so often", "each child")


class Course(TextChoices):
    """Whether the sessions of an activity at one place belong together."""

    EACH = "each", pgettext_lazy("a course", "Each session by itself")
    CHOSEN = "chosen", pgettext_lazy("a course", "Several days in one go, as the family likes")
    WHOLE = "whole", pgettext_lazy("a course", "All days or none")


class CircleKind(TextChoices):
    """Who belongs together."""

    CLASS = "class", pgettext_lazy("a circle", "School class")
    CLUB = "club", pgettext_lazy("a circle", "Reading club")
    INVITED = "invited", pgettext_lazy("a circle", "Invited families")


class State(TextChoices):
    """How a registration stands while it has not ended; once it has, how it stood to the end."""

    HOLDS = "holds", pgettext_lazy("a registration", "signed up")
    ASKED = "asked", pgettext_lazy("a registration", "waits for approval")
    WAITS = "waits", pgettext_lazy("a registration", "on the waiting list")
    INVITED = "invited", pgettext_lazy("a registration", "invited from the waiting list")


# Those whose places are counted as taken.
HOLDING = (State.HOLDS, State.ASKED, State.INVITED)


class TicketState(TextChoices):
    """What a ticket says before anything else; worked out, never kept."""

    GOOD = "good", pgettext_lazy("a ticket", "signed up")
    WAITS = "waits", pgettext_lazy("a ticket", "on the waiting list")
    INVITED = "invited", pgettext_lazy("a ticket", "a place is offered")
    ASKED = "asked", pgettext_lazy("a ticket", "waits for approval")
    CANCELLED = "cancelled", pgettext_lazy("a ticket", "cancelled")
    MOVED = "moved", pgettext_lazy("a ticket", "moved to another session")
    CALLED_OFF = "called_off", pgettext_lazy("a ticket", "called off")
    OVER = "over", pgettext_lazy("a ticket", "over")


class Ending(TextChoices):
    """Why a registration, or one seat of it, no longer holds."""

    BY_FAMILY = "by_family", pgettext_lazy("a registration", "cancelled by the family")
    BY_STAFF = "by_staff", pgettext_lazy("a registration", "cancelled by the library")
    DECLINED = "declined", pgettext_lazy("a registration", "the family declined the place")
    EXPIRED = "expired", pgettext_lazy("a registration", "no answer to the invitation")
    NO_TURN = "no_turn", pgettext_lazy("a registration", "no place became free")
    REFUSED = "refused", pgettext_lazy("a registration", "not approved")
    MOVED = "moved", pgettext_lazy("a registration", "moved to another session")
    ERASED = "erased", pgettext_lazy("a registration", "erased")


class QuestionKind(TextChoices):
    """What an own question of an activity is answered with."""

    TEXT = "text", pgettext_lazy("a question", "a line of text")
    LONG = "long", pgettext_lazy("a question", "a longer text")
    CHOICE = "choice", pgettext_lazy("a question", "one of a list")
    SEVERAL = "several", pgettext_lazy("a question", "several of a list")
    NUMBER = "number", pgettext_lazy("a question", "a number")
    CONSENT = "consent", pgettext_lazy("a question", "agreement by a tick")


# Those with a list to choose from, and those whose answer another question can hang on.
LISTED = (QuestionKind.CHOICE, QuestionKind.SEVERAL)
DECIDING = (*LISTED, QuestionKind.CONSENT)
# The one answer that a tick gives.
AGREED = "yes"


class Source(TextChoices):
    """Who wrote a registration down."""

    FAMILY = "family", pgettext_lazy("a registration", "by the family")
    PHONE = "phone", pgettext_lazy("a registration", "by telephone")
    COUNTER = "counter", pgettext_lazy("a registration", "at the counter")
    GROUP = "group", pgettext_lazy("a registration", "as a class or group")
