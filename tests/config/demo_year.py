"""What the demo's year promises, asked of its rows."""

from datetime import timedelta

from django.db.models import F, Q

from kit import clock
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Brand, Engagement, Host, Programme, Season, Session, Slot
from venues.queries.openness import open_slots


def the_year_is_alive():
    at = clock.now()
    assert Session.objects.count() >= 13_000
    assert Session.objects.filter(venue__kind="reading_space").values("venue").distinct().count() >= 100
    kinds = set(Programme.objects.values_list("kind", flat=True))
    assert {"story_hours", "festival", "lectures", "exhibition_tour", "contest", "book_swap", "marathon"} <= kinds
    assert set(Session.objects.values_list("place_kind", flat=True)) == set(PlaceKind.values)
    assert Session.objects.filter(published_at__isnull=False, starts_at__gt=at, called_off_at=None).count() >= 1_000
    assert Session.objects.filter(published_at=None, starts_at__gt=at).count() >= 500
    assert Session.objects.filter(called_off_at__isnull=False).count() >= 20
    assert Session.objects.filter(moved_at__isnull=False).count() == 6
    assert (Brand.objects.count(), Host.objects.count() >= 200) == (7, True)
    assert set(Season.objects.values_list("year", flat=True)) >= {at.year}


def every_session_could_be():
    """What was is public; what is announced has a day before it; nobody counts twice: that the database holds."""
    at = clock.now()
    rows = Session.objects.all()
    assert not rows.filter(starts_at__lt=at, published_at=None).exists()
    assert not rows.filter(published_at__gt=at).exists()
    assert not rows.filter(published_at__gt=F("starts_at")).exists()
    assert not rows.filter(room__isnull=False, capacity__gt=F("room__capacity")).exists()
    too_many = Q(capacity=None, activity__capacity__gt=F("room__capacity"))
    assert not rows.filter(too_many, room__isnull=False).exists()
    assert not rows.exclude(area=F("venue__area")).filter(venue__isnull=False).exists()
    assert not rows.exclude(venue=F("room__venue")).filter(room__isnull=False).exists()
    assert not Engagement.objects.filter(live=True, session__called_off_at__isnull=False).exists()
    assert not Engagement.objects.exclude(occupies=F("session__occupies")).exists()
    assert not Engagement.objects.exclude(person=F("host__person")).filter(host__person__isnull=False).exists()
    assert not Slot.objects.filter(
        Q(starts_at__lt=F("session__starts_at")) | Q(ends_at__gt=F("session__ends_at"))
    ).exists()
    years = rows.filter(starts_at__year__lt=F("activity__programme__season__year") - 1)
    assert not years.exists()


def every_coming_room_was_open_when_it_was_planned():
    """Closures that were entered later may hit a session; opening hours never do."""
    at = clock.now()
    rows = list(Session.objects.filter(room__isnull=False, starts_at__gt=at + timedelta(days=16), called_off_at=None))
    slots = open_slots({row.venue_id for row in rows}, at, at + timedelta(days=110))
    shut = [
        row.code
        for row in rows
        if not any(slot.opens_at <= row.starts_at and row.ends_at <= slot.closes_at for slot in slots[row.venue_id])
    ]
    assert shut == []
