"""Words of the door that stand in the database."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Outcome(TextChoices):
    """What a door answers, in the few words of its card."""

    ADMITTED = "admitted", pgettext_lazy("at the door", "Welcome")
    ALREADY_HERE = "already_here", pgettext_lazy("at the door", "Already here")
    ANOTHER_DAY = "another_day", pgettext_lazy("at the door", "Another day")
    ANOTHER_SESSION = "another_session", pgettext_lazy("at the door", "Another session")
    CALLED_OFF = "called_off", pgettext_lazy("at the door", "Called off")
    CANCELLED = "cancelled", pgettext_lazy("at the door", "Cancelled")
    WAITING_LIST = "waiting_list", pgettext_lazy("at the door", "On the waiting list")
    UNAPPROVED = "unapproved", pgettext_lazy("at the door", "Not approved yet")
    TOO_EARLY = "too_early", pgettext_lazy("at the door", "Too early")
    OVER = "over", pgettext_lazy("at the door", "It is over")
    FOREIGN = "foreign", pgettext_lazy("at the door", "Not of this library")
    UNKNOWN = "unknown", pgettext_lazy("at the door", "Not found")
    # Said by a device without a network alone, of somebody who is not on its roster.
    ON_TRUST = "on_trust", pgettext_lazy("at the door", "Let in on trust")


class Way(TextChoices):
    """How the door was asked."""

    CAMERA = "camera", pgettext_lazy("at the door", "by camera")
    SCANNER = "scanner", pgettext_lazy("at the door", "by scanner")
    TYPED = "typed", pgettext_lazy("at the door", "typed")
    NAME = "name", pgettext_lazy("at the door", "by name")
    TELEPHONE = "telephone", pgettext_lazy("at the door", "by telephone")
    READER_NUMBER = "reader_number", pgettext_lazy("at the door", "by reader number")
    LIST = "list", pgettext_lazy("at the door", "on the list")
    SCREEN = "screen", pgettext_lazy("at the door", "by themselves, at the screen")
    PRINTED = "printed", pgettext_lazy("at the door", "by themselves, with the printed code")
    ADDED_CHILD = "added_child", pgettext_lazy("at the door", "a child more")
    ADDED_ADULT = "added_adult", pgettext_lazy("at the door", "a grown-up more")
    LATE = "late", pgettext_lazy("at the door", "entered afterwards")


# What a desk may say of how it was asked; of the others the library knows by itself.
SAID_BY_A_DESK = (Way.CAMERA, Way.SCANNER, Way.TYPED, Way.NAME, Way.TELEPHONE, Way.READER_NUMBER)
# Nobody of the staff stood there.
BY_THEMSELVES = (Way.SCREEN, Way.PRINTED)
# Who was not signed up; it says as well what somebody without a name is.
ADDED = (Way.ADDED_CHILD, Way.ADDED_ADULT)


class Stay(TextChoices):
    """For how long a desk device joins."""

    TONIGHT = "tonight", pgettext_lazy("a desk device", "until tonight")
    THREE_DAYS = "three_days", pgettext_lazy("a desk device", "three days")
    MONTH = "month", pgettext_lazy("a desk device", "30 days")


class DeskDeviceState(TextChoices):
    """Worked out, never kept."""

    WAITS = "waits", pgettext_lazy("a desk device", "waits to be joined")
    CODE_EXPIRED = "code_expired", pgettext_lazy("a desk device", "not joined in time")
    JOINED = "joined", pgettext_lazy("a desk device", "joined")
    REVOKED = "revoked", pgettext_lazy("a desk device", "revoked")
    EXPIRED = "expired", pgettext_lazy("a desk device", "ended")


class Excuse(TextChoices):
    """Why a family that did not come is excused."""

    ILL = "ill", pgettext_lazy("why somebody did not come", "ill")
    TOLD = "told", pgettext_lazy("why somebody did not come", "told us before")
    WEATHER = "weather", pgettext_lazy("why somebody did not come", "weather or traffic")
    LIBRARY = "library", pgettext_lazy("why somebody did not come", "our mistake")
    OTHER = "other", pgettext_lazy("why somebody did not come", "something else")


class Method(TextChoices):
    """How one knows how many came where nobody signs up."""

    COUNTED = "counted", pgettext_lazy("a head count", "counted")
    ESTIMATED = "estimated", pgettext_lazy("a head count", "estimated")
    GATE = "gate", pgettext_lazy("a head count", "by the gate")


class TallyKind(TextChoices):
    """Where a number of a head count comes from."""

    TAP = "tap", pgettext_lazy("a head count", "tapped")
    LIST = "list", pgettext_lazy("a head count", "from a paper list")
    CORRECTION = "correction", pgettext_lazy("a head count", "corrected")


class LeftHow(TextChoices):
    """How somebody who was here has left."""

    SCAN = "scan", pgettext_lazy("a leaving", "signed out")
    FETCHED = "fetched", pgettext_lazy("a leaving", "fetched")
    OTHER = "other", pgettext_lazy("a leaving", "fetched by somebody else")
    ALONE = "alone", pgettext_lazy("a leaving", "went alone")
    AUTOMATIC = "automatic", pgettext_lazy("a leaving", "by the clock, at closing")
