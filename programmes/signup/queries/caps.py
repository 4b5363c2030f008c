"""What a family has of an activity already, where its terms say how often at most. One statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from people.models import Child, Household
from programmes.planning.models import Session
from programmes.signup.choices import CapOf
from programmes.signup.models import Registration, Seat, Terms
from programmes.signup.rules.caps import Went


def went(
    terms: Terms, household: Household, children: Sequence[Child], *, besides: Registration | None = None
) -> list[Went]:
    """Waiting counts, so that nobody is invited past the limit; what was called off or cancelled does not."""
    sessions = Session.objects.filter(activity=terms.activity_id, called_off_at=None)
    if terms.cap_of == CapOf.CHILD and children:
        return _of_children(children, sessions, besides)
    theirs = Seat.objects.filter(registration=OuterRef("pk"), child__in=children, ended_at=None)
    rows = Registration.objects.filter(Q(household=household) | Q(Exists(theirs)), ended_at=None, session__in=sessions)
    kept = rows.exclude(pk=besides.pk if besides else None).order_by("session__starts_at")
    return [Went("", tuple(dict.fromkeys(kept.values_list("session__starts_at", flat=True))))]


def _of_children(children: Sequence[Child], sessions: Iterable[Session], besides: Registration | None) -> list[Went]:
    rows = Seat.objects.filter(child__in=children, ended_at=None, session__in=sessions)
    found: dict[int, list[datetime]] = defaultdict(list)
    for child_id, starts_at in rows.exclude(registration=besides).values_list("child_id", "session__starts_at"):
        found[child_id].append(starts_at)
    return [Went(child.name, tuple(sorted(found[child.pk]))) for child in children]
