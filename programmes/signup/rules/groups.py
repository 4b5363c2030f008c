"""A school class or another group comes: what speaks against it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from programmes.signup.models import Registration

# A class of a large school.
MOST_GUESTS = 80


def against_group(*, guests: int, is_agreed: bool) -> Iterator[Refusal]:
    if not guests:
        yield Refusal("nobody", _("No child is in the list."), _("Choose a file, or paste rows."), field="pasted")
    elif guests > MOST_GUESTS:
        yield _too_many()
    if not is_agreed:
        yield Refusal(
            "not_agreed",
            _("The names are kept only if the school says that the guardians agree."),
            _("Please ask the teacher, and tick it then."),
            field="agreed",
        )


def against_growing(row: Registration, *, guests: int, there: int, seen: int) -> Iterator[Refusal]:
    """More of a class come. `seen`: how many children of it the page showed."""
    if row.ended_at is not None:
        yield Refusal("ended", _("This registration has been cancelled already."), _("There is nothing more to do."))
    elif seen != there:
        yield Refusal(
            "changed_meanwhile",
            _("The list of this class has just been changed."),
            _("Please look at it, and add only those who are not in it yet."),
            field="pasted",
        )
    elif there + guests > MOST_GUESTS:
        yield _too_many()


def against_leaving(row: Registration, *, going: int, there: int) -> Iterator[Refusal]:
    """Some of a class stay at home."""
    if row.ended_at is not None:
        yield Refusal("ended", _("This registration has been cancelled already."), _("There is nothing more to do."))
    elif not going:
        yield Refusal("nobody_chosen", _("No child is chosen."), _("Tick those who stay at home."), field="going")
    elif going >= there:
        yield Refusal(
            "all_of_them", _("Nobody of the class would come."), _("Cancel the registration instead."), field="going"
        )


def _too_many() -> Refusal:
    text = _("A group has %(most)s children at most.") % {"most": MOST_GUESTS}
    return Refusal("too_many", text, _("Please divide it into several."), field="pasted")
