"""Who came in the demo, asked of its check-ins."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef

from kit import clock
from people.models import Member, Person
from people.queries.rights import rights_of
from programmes.door.choices import BY_THEMSELVES, Outcome, Way
from programmes.door.models import CheckIn, PrintedCode, Scan, Screen
from programmes.planning.choices import PlaceKind
from programmes.signup.choices import State
from programmes.signup.models import Registration
from programmes.signup.queries.told import ATTENDING


def most_families_came():
    at = clock.now()
    came = Exists(CheckIn.objects.filter(seat__registration=OuterRef("pk"), undone_at=None))
    rows = Registration.objects.filter(
        ended_at=None,
        state=State.HOLDS,
        session__called_off_at=None,
        session__starts_at__gt=at - timedelta(days=20),
        session__ends_at__lt=at - timedelta(hours=1),
    ).exclude(session__place_kind=PlaceKind.STREAM)
    share = rows.filter(came).count() / rows.count()
    assert (rows.count() > 300, 0.82 <= share <= 0.9) == (True, True)


def every_check_in_could_be():
    """Each is such as a door makes: of a seat that holds, at its own door while it was open, by somebody who attends there."""
    assert not CheckIn.objects.exclude(session=F("seat__session"), scan__session=F("session")).exists()
    assert not CheckIn.objects.exclude(scan__registration=F("seat__registration"), at=F("scan__at")).exists()
    assert not CheckIn.objects.exclude(seat__ended_at=None).exists()
    assert not CheckIn.objects.exclude(seat__registration__state=State.HOLDS).exists()
    assert not CheckIn.objects.filter(at__lt=F("session__starts_at") - timedelta(hours=1)).exists()
    assert not CheckIn.objects.filter(at__gt=F("session__ends_at") + timedelta(minutes=30)).exists()
    assert not CheckIn.objects.filter(at__gt=clock.now()).exists()
    assert not Scan.objects.filter(outcome=Outcome.ADMITTED, check_ins=None).exists()
    assert not Scan.objects.filter(desk_device__isnull=False).exclude(at__gt=F("desk_device__joined_at")).exists()
    places = set(Scan.objects.exclude(desk_device=None).values_list("desk_device__area__path", "session__area__path"))
    assert (len(places) > 0, [place for place in places if place[0] != place[1]]) == (True, [])
    by_staff = Scan.objects.filter(desk_device=None).exclude(way__in=BY_THEMSELVES)
    people = {one.pk: rights_of(one) for one in Person.objects.filter(pk__in=by_staff.values("by"))}
    for by, path in set(by_staff.values_list("by", "session__area__path")):
        assert any(people[by].may(verb, path=path) for verb in ATTENDING), (by, path)


def families_check_themselves_in_where_a_code_hangs():
    """By one of their own, and nowhere else."""
    for way, code in ((Way.SCREEN, Screen), (Way.PRINTED, PrintedCode)):
        venues = set(code.objects.values_list("venue", flat=True))
        rows = Scan.objects.filter(way=way)
        assert (len(venues), set(rows.values_list("session__venue", flat=True)) <= venues) == (1, True)
        members = Member.objects.filter(household=OuterRef("registration__household"), person=OuterRef("by"))
        assert not rows.exclude(Exists(members)).exists()
    assert Scan.objects.filter(way=Way.SCREEN).exists()
