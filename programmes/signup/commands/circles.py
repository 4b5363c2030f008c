"""Circles: made, opened by a link, joined, left, closed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kit import ids
from kit.command import command
from kit.refusals import Refused, refuse_if
from networks.models import Area
from networks.models.scoping import current_network
from networks.steps.journal import note
from people.choices import FamilyVerb
from people.models import Household, Person
from people.queries.families import belongings_of, children_of
from people.queries.ownership import role_in
from people.queries.persons import person_with_phone
from people.rules import phones
from people.rules.families import against_verb
from people.steps.families import lock_household
from programmes.signup.models import Circle, CircleMember
from programmes.signup.queries.circles import child_of_name
from programmes.signup.rules import circles as rules
from programmes.signup.steps.circles import put_in

SECRET_LENGTH = 20


@command
def make_circle(*, area: Area, name: str, kind: str, way_in: str, by: Person, at: datetime) -> Circle:
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)
    refuse_if(rules.against_name(name, names=_names(area.pk)))
    row: Circle = Circle.objects.create(area=area, name=name.strip(), kind=kind, way_in=way_in.strip(), made_at=at)
    note("signup.circle_made", subject=row, actor=by, values={"name": ["", row.name]})
    return row


@command
def change_circle(*, circle: Circle, name: str, way_in: str, by: Person) -> Circle:
    Area.objects.select_for_update(no_key=True).get(pk=circle.area_id)
    row = _locked(circle)
    refuse_if(rules.against_name(name, names=_names(row.area_id) - {row.name}))
    before, row.name, row.way_in = row.name, name.strip(), way_in.strip()
    row.save(update_fields=["name", "way_in"])
    note("signup.circle_changed", subject=row, actor=by, values={"name": [before, row.name]})
    return row


@command
def open_link(*, circle: Circle, days: int, by: Person, at: datetime) -> Circle:
    """The one before does not work any more."""
    row = _locked(circle)
    row.secret, row.opens_until = ids.random_code(SECRET_LENGTH), at + timedelta(days=days)
    row.save(update_fields=["secret", "opens_until"])
    note("signup.circle_opened", subject=row, actor=by)
    return row


@command
def withdraw_link(*, circle: Circle, by: Person) -> Circle:
    row = _locked(circle)
    if row.secret is not None:
        row.secret = row.opens_until = None
        row.save(update_fields=["secret", "opens_until"])
        note("signup.circle_link_withdrawn", subject=row, actor=by)
    return row


@command
def close_circle(*, circle: Circle, by: Person, at: datetime) -> None:
    """All leave it; a second time changes nothing."""
    row: Circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    if row.closed_at is None:
        row.closed_at, row.secret, row.opens_until = at, None, None
        row.save(update_fields=["closed_at", "secret", "opens_until"])
        CircleMember.objects.filter(circle=row, left_at=None).update(left_at=at)
        note("signup.circle_closed", subject=row, actor=by)


@command
def join_circle(
    *,
    circle: Circle,
    secret: str,
    household: Household,
    codes: Sequence[str],
    as_family: bool,
    by: Person,
    at: datetime,
) -> None:
    """By its link, as long as that works. Joining again changes nothing."""
    home = lock_household(household)
    row = Circle.objects.select_for_update(of=("self",), no_key=True).filter(pk=circle.pk, secret=secret).first()
    refuse_if(rules.against_link(row, at=at))
    refuse_if(against_verb(role_in(home, by), FamilyVerb.REGISTER, has_guardian=True))
    children = [child for child in children_of(home) if child.code in codes]
    refuse_if(rules.against_joining_nobody(is_family=as_family, count=len(children)))
    joined = put_in(row or circle, home, [None] if as_family else children, by=by, at=at)
    if joined:
        note("signup.circle_joined", subject=circle, actor=by, values={"places": len(joined)})


@command
def add_family(*, circle: Circle, phone: str, name: str, by: Person, at: datetime) -> None:
    """By staff, for a family that asked: by its number, and the child's name where not the whole family is meant."""
    row = _locked(circle)
    person = person_with_phone(phones.normal(phone), network=current_network())
    homes = [place.household for place in belongings_of(person) if place.child is None] if person else []
    child = child_of_name(homes, name.strip()) if name.strip() else None
    if not homes or (name.strip() and child is None):
        raise Refused(rules.not_found(has_name=bool(name.strip())))
    home = child.household if child else homes[0]
    if put_in(row, home, [child], by=by, at=at):
        note("signup.circle_joined", subject=row, actor=by, values={"places": 1})


@command
def take_out(*, member: CircleMember, by: Person, at: datetime) -> None:
    """By staff, or by the family itself. What they are signed up for stays."""
    if CircleMember.objects.filter(pk=member.pk, left_at=None).update(left_at=at):
        note("signup.circle_left", subject=member.circle, actor=by)


def _locked(circle: Circle) -> Circle:
    row: Circle = Circle.objects.select_for_update(of=("self",), no_key=True).get(pk=circle.pk)
    refuse_if(rules.against_closed(row))
    return row


def _names(area_id: int) -> set[str]:
    return set(Circle.objects.filter(area=area_id, closed_at=None).values_list("name", flat=True))
