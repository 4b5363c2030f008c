"""Who may offer, give and end which role where."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.refusals import Refusal
from networks.choices import AreaKind
from networks.models import Area
from people.choices import OfferState, Role, Verb
from people.rules.rights import Rights

OPEN_FOR = timedelta(days=14)
TAKE_BACK_WITHIN = timedelta(minutes=30)
BETWEEN_REMINDERS = timedelta(minutes=10)
# Shown in the list of staff for so long after they were answered or ran out, and after somebody left.
SHOWN_FOR = timedelta(days=90)

MENDED_FIRST = gettext_lazy("Some rows have mistakes by now. Send the table again to see them.")

# An administrator changes what belongs to the whole library system, so nobody is one for a part of it.
_WHOLE_CITY_ONLY = frozenset({Role.NETWORK_ADMIN})
_NEVER_WHOLE_CITY = frozenset({Role.KEEPER})


def may_give(rights: Rights, *, role: str, path: str) -> bool:
    """No more than the table: whoever gives roles gives any but the operator's, a district its keepers'."""
    if role == Role.OPERATOR:
        return False
    if rights.may(Verb.GRANT_ROLES, path=path):
        return True
    return role == Role.KEEPER and rights.may(Verb.APPOINT_KEEPERS, path=path)


def roles_to_give(rights: Rights) -> list[Role]:
    """Somewhere at all, for a form's choices."""
    paths = {held.path for held in rights.held}
    return [role for role in Role if any(may_give(rights, role=role, path=path) for path in paths)]


def against_giving(rights: Rights, *, role: str, area: Area) -> Iterator[Refusal]:
    if not may_give(rights, role=role, path=area.path):
        yield Refusal(
            "not_yours_to_give",
            _("You cannot give this role in %s.") % area.name,
            _("Ask the administrator of the library system."),
            field="role",
        )
    yield from against_place(role, area)


def against_place(role: str, area: Area) -> Iterator[Refusal]:
    if role in _WHOLE_CITY_ONLY and area.kind != AreaKind.CITY:
        yield Refusal("whole_city_only", _("An administrator looks after the whole library system."), field="area")
    if role in _NEVER_WHOLE_CITY and area.kind == AreaKind.CITY:
        yield Refusal(
            "not_the_whole_city", _("A keeper looks after one place."), _("Choose the reading space."), field="area"
        )
    if area.closed_at is not None:
        yield Refusal("area_closed", _("%s is closed.") % area.name, _("Choose another place."), field="area")


def against_offering(*, holds_it: bool, is_offered: bool) -> Iterator[Refusal]:
    if holds_it:
        yield Refusal("holds_it", _("This person holds the role there already."))
    elif is_offered:
        yield Refusal(
            "offered_already",
            _("This number has been invited to it already."),
            _("Remind them on their page, or withdraw the invitation."),
        )


def against_ending(rights: Rights, *, role: str, path: str) -> Iterator[Refusal]:
    if not may_give(rights, role=role, path=path):
        yield Refusal("not_yours_to_end", _("You cannot end this role."), _("Ask whoever gave it."))


def against_taking_back(*, ended_at: datetime | None, at: datetime) -> Iterator[Refusal]:
    if ended_at is None:
        yield Refusal("holds_it", _("This person holds the role there already."))
    elif at > ended_at + TAKE_BACK_WITHIN:
        yield Refusal("too_late", _("It ended too long ago to be taken back."), _("Invite the person anew."))


def against_losing_the_last_admin(*, others: int) -> Iterator[Refusal]:
    """`others`: administrators that remain."""
    if others < 1:
        yield Refusal(
            "last_admin",
            _("This is the last administrator of the library system."),
            _("Appoint another first; once they have accepted, this role can end."),
        )


def against_leaving(*, roles: int, is_oneself: bool) -> Iterator[Refusal]:
    if is_oneself:
        yield Refusal("oneself", _("You cannot sign yourself out of service."), _("Ask another administrator."))
    if not roles:
        yield Refusal("no_roles", _("This person holds no role that you can end."))


def against_succeeding_oneself() -> Iterator[Refusal]:
    yield Refusal("same_person", _("The successor has the same number."), field="successor_phone")


def state_of(
    *,
    accepted_at: datetime | None,
    declined_at: datetime | None,
    withdrawn_at: datetime | None,
    expires_at: datetime,
    at: datetime,
) -> OfferState:
    if accepted_at is not None:
        return OfferState.ACCEPTED
    if declined_at is not None:
        return OfferState.DECLINED
    if withdrawn_at is not None:
        return OfferState.WITHDRAWN
    return OfferState.OPEN if at < expires_at else OfferState.EXPIRED


def against_answering(state: OfferState) -> Iterator[Refusal]:
    if state == OfferState.EXPIRED:
        yield Refusal("expired", _("This invitation has run out."), _("Ask the library to send another."))
    elif state != OfferState.OPEN:
        yield Refusal("answered", _("This invitation has been answered or taken back."))


def against_withdrawing(state: OfferState) -> Iterator[Refusal]:
    if state not in {OfferState.OPEN, OfferState.EXPIRED}:
        yield Refusal("answered", _("This invitation has been answered or taken back."))


def against_reminding(state: OfferState, *, offered_at: datetime, at: datetime) -> Iterator[Refusal]:
    yield from against_withdrawing(state)
    if at < offered_at + BETWEEN_REMINDERS:
        yield Refusal("too_soon", _("A message went out a moment ago."), _("Wait ten minutes before the next."))


def against_closing(*, roles: int, offers: int) -> Iterator[Refusal]:
    """An area on which somebody's work hangs stays open."""
    if roles:
        yield Refusal(
            "roles_there",
            _("%(count)s people hold a role there.") % {"count": roles},
            _("End their roles or give them another place first."),
        )
    if offers:
        yield Refusal(
            "offers_there",
            _("%(count)s invitations for it are open.") % {"count": offers},
            _("Withdraw them first."),
        )
