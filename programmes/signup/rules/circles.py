"""Who is in a circle, and what speaks against joining one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kit.refusals import Refusal
from people.models import Child
from programmes.signup.models import Circle

# How long a link may work, in days.
LINK_DAYS = (7, 30, 120)


@dataclass(frozen=True)
class Inside:
    """Of one family: whether it is in one of the circles as a whole, and which children are by themselves."""

    is_whole: bool = False
    children: frozenset[int] = frozenset()

    @property
    def has_some(self) -> bool:
        return self.is_whole or bool(self.children)

    def has(self, child: Child) -> bool:
        return self.is_whole or child.pk in self.children


def outside(circles: Sequence[Circle]) -> Refusal:
    """Why not, and how one gets in; nothing of who is in."""
    names = "、".join(circle.name for circle in circles)
    text = _("This activity is for %(circles)s only.") % {"circles": names} if names else _("Nobody signs up here now.")
    ways = "".join(dict.fromkeys(circle.way_in for circle in circles if circle.way_in))
    way_on = ways or _("If you belong to it, ask whoever leads it for the link, and open it once.")
    return Refusal("not_in_circle", text, way_on)


def against_outsiders(inside: Inside, children: Sequence[Child], circles: Sequence[Circle]) -> Iterator[Refusal]:
    if not inside.has_some:
        yield outside(circles)
        return
    for child in children:
        if not inside.has(child):
            yield child_outside(child, circles)


def child_outside(child: Child, circles: Sequence[Circle]) -> Refusal:
    words = {"name": child.name, "circles": "、".join(circle.name for circle in circles)}
    return Refusal("not_in_circle", _("%(name)s is not in %(circles)s.") % words, field="children")


def against_link(circle: Circle | None, *, at: datetime) -> Iterator[Refusal]:
    again = _("Please ask whoever gave it to you for a new one.")
    if circle is None or circle.closed_at is not None:
        yield Refusal("no_such_link", _("This link does not work any more."), again)
    elif circle.opens_until is None or circle.opens_until <= at:
        yield Refusal("link_expired", _("The time to join by this link is over."), again)


def against_name(name: str, *, names: set[str]) -> Iterator[Refusal]:
    if not name.strip():
        yield Refusal("name_needed", _("A circle has a name."), _("Please write it."), field="name")
    elif name.strip() in names:
        yield Refusal(
            "name_taken", _("There is a circle of this name already."), _("Please choose another name."), field="name"
        )


def against_closed(circle: Circle) -> Iterator[Refusal]:
    if circle.closed_at is not None:
        yield Refusal("circle_closed", _("This circle is closed."), _("Please make a new one."))


def against_joining_nobody(*, is_family: bool, count: int) -> Iterator[Refusal]:
    if not is_family and not count:
        yield Refusal("nobody", _("Nobody is chosen yet."), _("Please choose who belongs to it."), field="children")


def not_found(*, has_name: bool) -> Refusal:
    """Of a family that staff add by its number."""
    if has_name:
        text = _("No family with this number has a child of this name here.")
    else:
        text = _("No family with this number is known here.")
    return Refusal(
        "no_family", text, _("Please give them the link instead; then they join by themselves."), field="phone"
    )
