"""Who is in a circle."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from kit.command import step
from kit.refusals import refuse_if
from people.models import Child, Household, Person
from programmes.signup.models import Circle, CircleMember, Terms, TermsCircle
from programmes.signup.queries.circles import circles_of, inside
from programmes.signup.rules.circles import against_outsiders


@step
def refuse_outsiders(household: Household, children: Sequence[Child], terms: Terms | None) -> None:
    """Without a statement where the sessions are for everybody."""
    if terms is not None and terms.is_closed:
        found = inside(terms, household, children)
        if not found.has_some or not all(found.has(child) for child in children):
            refuse_if(against_outsiders(found, children, circles_of(terms)))


@step
def put_in(
    circle: Circle, household: Household, children: Sequence[Child | None], *, by: Person, at: datetime
) -> list[CircleMember]:
    """None: the family as a whole. Those who are in it stay as they are."""
    rows = CircleMember.objects.filter(circle=circle, household=household, left_at=None)
    there = set(rows.values_list("child_id", flat=True))
    new = [child for child in children if (child.pk if child else None) not in there]
    return CircleMember.objects.bulk_create(
        CircleMember(circle=circle, household=household, child=child, added_by=by, joined_at=at) for child in new
    )


@step
def name_circles(terms: Terms, circles: Sequence[Circle]) -> None:
    """These and no others."""
    TermsCircle.objects.filter(terms=terms).exclude(circle__in=circles).delete()
    there = set(TermsCircle.objects.filter(terms=terms).values_list("circle_id", flat=True))
    TermsCircle.objects.bulk_create(
        TermsCircle(terms=terms, circle=circle) for circle in circles if circle.pk not in there
    )


@step
def copy_circles(copies: Mapping[int, Terms]) -> None:
    """Each copy by its source's id. A circle that was closed since is not taken along."""
    lines = TermsCircle.objects.filter(terms__in=copies, circle__closed_at=None).order_by("pk")
    TermsCircle.objects.bulk_create(
        TermsCircle(terms=copies[line.terms_id], circle_id=line.circle_id) for line in lines
    )


@step
def merge_members(kept: Child, gone: Child) -> None:
    """For people's register of merges: where both are in a circle, once is enough."""
    there = CircleMember.objects.filter(child=kept, left_at=None).values("circle_id")
    CircleMember.objects.filter(
        child=gone, left_at=None, circle__in=list(there.values_list("circle_id", flat=True))
    ).delete()
    CircleMember.objects.filter(child=gone).update(child=kept)
