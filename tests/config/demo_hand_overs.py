"""Hand-overs of the demo, asked of its leavings."""

from django.db.models import Exists, F, OuterRef

from kit import clock
from programmes.door.models import CheckIn, Leaving
from programmes.signup.models import Fetcher, Registration


def children_are_handed_over():
    """By whom the family named, after they came; of the last session one child is still here."""
    came = CheckIn.objects.filter(seat=OuterRef("seat"), undone_at=None)
    assert not Leaving.objects.filter(~Exists(came)).exists()
    assert not Leaving.objects.exclude(session__activity__signup_terms__hand_over=True).exists()
    assert (
        not Leaving.objects.filter(fetcher__isnull=False)
        .exclude(fetcher__registration=F("seat__registration"))
        .exists()
    )
    assert not Leaving.objects.filter(at__gt=clock.now()).exists()
    left = Leaving.objects.filter(seat=OuterRef("seat"), undone_at=None)
    over = CheckIn.objects.filter(session__activity__signup_terms__hand_over=True, undone_at=None)
    assert over.filter(~Exists(left), session__in=Leaving.objects.values("session")).count() == 1
    named = Registration.objects.filter(session__activity__signup_terms__hand_over=True, fetchers__isnull=False)
    assert (named.count() > 20, Fetcher.objects.filter(person=None).count() > 3) == (True, True)
