"""Who may not be erased yet, and why."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal


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
