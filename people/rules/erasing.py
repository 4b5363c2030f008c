"""Who may not be erased yet, and why."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal

# So long a guardian who came later lets those decide who were there before: an intruder destroys nothing on day one.
SETTLED_IN = timedelta(days=7)


def against_erasing_soon(*, joined_at: datetime, has_senior: bool, at: datetime) -> Iterator[Refusal]:
    """`has_senior`: a guardian who joined earlier is still there."""
    if has_senior and at < joined_at + SETTLED_IN:
        yield Refusal(
            "joined_lately",
            _("You joined this family less than seven days ago."),
            _("Until then a guardian who was here before you can do this."),
        )


def against_erasing_person(*, has_roles: bool, leaves_children_alone: bool) -> Iterator[Refusal]:
    """`leaves_children_alone`: the last guardian of children that are not erased with her."""
    if has_roles:
        yield Refusal(
            "holds_a_role",
            _("You hold a role at the library."),
            _("Please have it ended first, so that your work passes to somebody; then you can erase your account."),
        )
    if leaves_children_alone:
        yield Refusal(
            "last_guardian",
            _("You are the only guardian of children in your family."),
            _("Invite another guardian first, or erase the whole family together with your account."),
        )
