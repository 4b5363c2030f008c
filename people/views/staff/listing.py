"""The list of staff, and how it is taken out."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kit import clock, sheets
from kit.tables import Cell, Column, Empty, Filter, ListTable, day
from networks.models import Area
from people import doors
from people.choices import OfferState, Role, Verb
from people.queries import staff as queries
from people.queries.rights import rights_of
from people.queries.workplace import paths_in_view
from people.rules import phones
from people.rules.rights import ASSURANCE, Assurance

STATES = (
    ("holds", gettext_lazy("At work")),
    (OfferState.OPEN.value, OfferState.OPEN.label),
    (OfferState.EXPIRED.value, OfferState.EXPIRED.label),
    (OfferState.DECLINED.value, OfferState.DECLINED.label),
    ("gone", gettext_lazy("Left")),
)
_CHIPS = {"holds": "good", "open": "waiting", "expired": "warn", "declined": "cancelled", "gone": ""}


def _name(person: Any) -> Cell:
    return Cell(
        person.shown_name or _("not given"),
        href=reverse("people:staff-person", args=[person.pk]),
        soft=phones.masked(person.phone),
    )


def _place(area: Area) -> str:
    return f"{area.parent.name} · {area.name}" if area.parent and area.parent.parent_id else area.name


def _roles(person: Any) -> Cell:
    posts = [*person.held, *person.offers]
    words = [f"{Role(post.role).label} · {_place(post.area)}" for post in posts]
    more = _("and %(count)s more") % {"count": len(words) - 2} if len(words) > 2 else ""
    return Cell(words[0] if words else "", soft="；".join([*words[1:2], more]).strip("；"), title="\n".join(words))


def _state(person: Any) -> Cell:
    at = clock.now()
    states = ["holds"] if person.held else []
    states += sorted({queries.offer_state(offer, at=at).value for offer in person.offers})
    labels = dict(STATES)
    found = [(labels[state], _CHIPS[state]) for state in states or ["gone"]]
    return Cell(found[0][0], state=found[0][1], chips=tuple(found[1:]))


def _safety(person: Any) -> Cell:
    """How sure we are of who signs in, against what the roles ask for."""
    needed = {ASSURANCE[Role(grant.role)] for grant in person.held}
    if not needed:
        return Cell()
    if person.has_factor:
        return Cell(_("Second factor"), state="good")
    if Assurance.SECOND_FACTOR in needed:
        return Cell(_("No second factor yet"), state="warn")
    if Assurance.BOUND_DEVICE in needed:
        return Cell(_("Bound phone"), state="good") if person.has_bound else Cell(_("No bound phone yet"), state="warn")
    return Cell(_("Code by SMS"))


def _since(person: Any) -> object:
    starts = [grant.starts_at for grant in person.held]
    return day(min(starts)) if starts else Cell()


STAFF = ListTable(
    key="people.staff",
    title=gettext_lazy("Staff"),
    columns=(
        Column("name", gettext_lazy("Name"), cell=_name, sort=("shown_name", "pk"), fixed=True),
        Column("roles", gettext_lazy("Roles and places"), cell=_roles),
        Column("state", gettext_lazy("State"), cell=_state),
        Column("safety", gettext_lazy("Sign-in"), cell=_safety),
        Column("seen", gettext_lazy("Last seen"), cell=lambda row: day(row.shown_seen), sort=("shown_seen", "pk")),
        Column("since", gettext_lazy("Since"), cell=_since, shown=False),
    ),
    filters=(
        # What these two ask depends on whose list it is: `_rows` applies them.
        Filter("role", gettext_lazy("Role"), choices=[(role.value, role.label) for role in Role][:-1]),
        Filter("state", gettext_lazy("State"), choices=STATES),
    ),
    search=queries.named,
    search_label=gettext_lazy("Name, or the last digits of the number"),
    sort="name",
    export=doors.may_anywhere(Verb.EXPORT),
    empty=Empty(
        gettext_lazy("Nobody yet"),
        gettext_lazy("Invite the first colleague, one by one or by Excel."),
        gettext_lazy("Invite somebody"),
        "people:appoint",
    ),
)


def rows_in_view(request: HttpRequest, typed: QueryDict) -> Any:
    """What this person sees of the list: in her area, with the filters that need to know it."""
    paths, at = paths_in_view(request, Verb.APPOINT_KEEPERS), clock.now()
    known = dict(STATES)
    state, role = typed.get("state", ""), typed.get("role", "")
    rows = queries.gone_within(paths, at=at) if state == "gone" else queries.staff_within(paths, at=at)
    if state in known and state != "gone":
        rows = queries.in_state(rows, state, paths=paths, at=at)
    if role in Role.values:
        rows = queries.with_role(rows, role, paths=paths, at=at)
    return rows


@never_cache
@require_safe
@doors.staff_only(Verb.APPOINT_KEEPERS)
def listing(request: HttpRequest) -> HttpResponse:
    rights = rights_of(doors.member(request))
    page = {
        "table": STAFF.page(request, rows_in_view(request, request.GET)),
        "may_give_all": rights.may(Verb.GRANT_ROLES),
    }
    return render(request, "people/staff/list.html", page)


EXPORTED = (
    sheets.Column("name", gettext_lazy("Name")),
    sheets.Column("phone", gettext_lazy("Mobile number")),
    sheets.Column("role", gettext_lazy("Role"), width=20),
    sheets.Column("district", gettext_lazy("Above it")),
    sheets.Column("area", gettext_lazy("Place"), width=28),
    sheets.Column("state", gettext_lazy("State"), take=lambda post: dict(STATES)[post.state]),
    sheets.Column("since", gettext_lazy("Since"), take=lambda post: post.since.date()),
    sheets.Column("seen_on", gettext_lazy("Last seen")),
)


def export_rows(request: HttpRequest, query: QueryDict) -> tuple[Sequence[sheets.Column], Iterable[Any]]:
    """A line per role; numbers as the list shows them."""
    people = STAFF.matching(request, rows_in_view(request, query), query)
    return EXPORTED, queries.posts_of(people, at=clock.now())
