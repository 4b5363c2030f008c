"""Head counts of the demo, asked of its tallies."""

from django.db.models import Count, F, Q, Sum

from kit import clock
from people.models import Person
from people.queries.rights import rights_of
from programmes.door.choices import TallyKind
from programmes.door.models import Headcount, Tally
from programmes.signup.choices import Way
from programmes.signup.queries.told import ATTENDING


def every_head_count_could_be():
    """Each is the sum of its tallies, of a session without sign-up, counted by somebody who attends there."""
    rows = Headcount.objects.annotate(a=Sum("tallies__adults"), c=Sum("tallies__children"))
    assert not rows.exclude(adults=F("a"), children=F("c")).exists()
    assert not Headcount.objects.exclude(session__activity__signup_terms__way=Way.FREE).exists()
    assert not Tally.objects.filter(at__gt=clock.now()).exists()
    assert not Tally.objects.filter(at__lt=F("headcount__session__starts_at")).exists()
    assert (
        not Tally.objects.filter(kind=TallyKind.TAP).exclude(Q(adults=1, children=0) | Q(adults=0, children=1)).exists()
    )
    people = {one.pk: rights_of(one) for one in Person.objects.filter(pk__in=Tally.objects.values("by"))}
    for by, path in set(Tally.objects.values_list("by", "headcount__session__area__path")):
        assert any(people[by].may(verb, path=path) for verb in ATTENDING), (by, path)


def much_is_counted():
    methods = set(Tally.objects.values_list("method").annotate(n=Count("pk")).values_list("method", flat=True))
    assert (Headcount.objects.count() > 20, methods) == (True, {"counted", "estimated", "gate"})
