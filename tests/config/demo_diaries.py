"""What is said of the demo's sessions that are over, asked of its diaries and absences."""

from django.db.models import Exists, F, OuterRef

from kit import clock
from people.models import Person
from people.queries.rights import rights_of
from programmes.door.models import Absence, CheckIn, Diary, DiaryPhoto, Settlement
from programmes.door.queries.absences import unkept
from programmes.door.queries.diaries import unread_problems, without_diary
from programmes.planning.queries.session_table import midnight
from programmes.signup.queries.told import ATTENDING


def most_sessions_have_a_diary_and_some_wait(city):
    at = clock.now()
    waits = without_diary(["/"], midnight=midnight(clock.today(city.zone)), at=at).count()
    written = Diary.objects.filter(handed_in_at__isnull=False).count()
    assert (written > 500, 5 < waits < written / 4, DiaryPhoto.objects.count() >= 30) == (True, True, True)
    assert unread_problems(["/"], at=at).exists()
    assert unkept(["/"], city.rules, at=at).exists()


def every_diary_could_be():
    """Of a session that took place, after its beginning, by somebody who attends there; each photo has its files."""
    assert not Diary.objects.exclude(session__called_off_at=None).exists()
    assert not Diary.objects.filter(handed_in_at__lt=F("session__starts_at")).exists()
    assert not Diary.objects.filter(handed_in_at__gt=clock.now()).exists()
    people = {one.pk: rights_of(one) for one in Person.objects.filter(pk__in=Diary.objects.values("handed_in_by"))}
    for by, path in set(Diary.objects.values_list("handed_in_by", "session__area__path")):
        assert any(people[by].may(verb, path=path) for verb in ATTENDING), (by, path)
    assert all(photo.image.storage.exists(photo.image.name) for photo in DiaryPhoto.objects.all())


def every_absence_could_be():
    """Of a settled session, where nobody of the registration was checked in; as many as its session says."""
    came = Exists(CheckIn.objects.filter(seat__registration=OuterRef("registration"), undone_at=None))
    assert not Absence.objects.filter(came).exists()
    assert not Absence.objects.exclude(session=F("registration__session")).exists()
    assert not Absence.objects.filter(session__settlement=None).exists()
    assert Absence.objects.filter(excused_at__isnull=False).exists()
    assert sum(Settlement.objects.values_list("absent", flat=True)) == Absence.objects.count()
    assert not Settlement.objects.exclude(session__called_off_at=None).exists()
