"""Planning's rows for the walk over all addresses: one of each kind, with a word that only its own people may read."""

from datetime import date, timedelta

from kit import clock
from networks.models import Area
from programmes.planning.choices import LocalField, ObservanceRule, Pattern, PlaceKind, UnitRole
from programmes.planning.models import (
    Activity,
    ActivityBook,
    ActivityPicture,
    Book,
    BookList,
    Brand,
    Engagement,
    HostAbsence,
    Observance,
    PartnerUnit,
    Programme,
    Rollout,
    SafetyNotice,
    Session,
    UnitLine,
    VenueSet,
)
from programmes.planning.rules.asking import Ask, kept
from programmes.planning.rules.places import in_room
from programmes.planning.rules.recurrence import Rule
from programmes.planning.rules.times import taken_time
from programmes.planning.steps.sessions import SessionPlan, make_sessions, publish_sessions
from tests.cast import Cast
from tests.planning import plans
from venues.models import Room


def plan_of(cast: Cast, *, word: str, venue: str) -> dict[str, object]:
    """In the network's scope; `venue` is the slug of one with a room."""
    room = Room.objects.select_related("venue__area").get(venue__slug=venue)
    today = clock.now().date()
    home = plans.programme(word, year=today.year, summary=word, area=Area.objects.get(parent=None))
    activity = plans.activity(word, programme=home, summary=word, local_fields=LocalField.values)
    ask = Ask((room.venue_id,), Rule(Pattern.WEEKLY, today, today, weekdays=(5,), times=(600,)))
    rollout = Rollout.objects.create(activity=activity, rule=kept(ask), made=0)
    venues = VenueSet.objects.create(name=word, venues=[room.venue_id])
    event = public_session(activity, room)
    return {
        "event": event.code,
        "programme": home.pk,
        "activity": activity.pk,
        "rollout": rollout.pk,
        "venue_set": venues.pk,
        **_year(word),
        **_directories(home, activity, word=word),
        **_session_of(activity, area=room.venue.area, word=word),
    }


def _session_of(activity: Activity, *, area: Area, word: str) -> dict[str, object]:
    """A draft at a partner's place in the venue's area, in a month; and a host, who is away for some days."""
    starts_at = clock.now() + timedelta(days=30)
    ends_at = starts_at + timedelta(hours=1)
    draft = Session.objects.create(
        activity=activity,
        starts_at=starts_at,
        ends_at=ends_at,
        occupies=taken_time(activity, starts_at, ends_at),
        place_kind=PlaceKind.PARTNER,
        area=area,
        place_name=word,
    )
    host, today = plans.host(word), clock.now().date()
    away = HostAbsence.objects.create(host=host, starts_on=today, ends_on=today + timedelta(days=3))
    engaged = Engagement.objects.create(session=draft, host=host, occupies=draft.occupies)
    return {"plan": draft.code, "host": host.pk, "absence": away.pk, "engagement": engaged.pk}


def _directories(home: Programme, activity: Activity, *, word: str) -> dict[str, object]:
    """A book, a list of books, a picture, a unit and a notice, each with the word."""
    picture = ActivityPicture.objects.create(activity=activity, image="activities/none.webp", description=word)
    book = Book.objects.create(title=word, author=word)
    ActivityBook.objects.create(activity=activity, book=book)
    unit = PartnerUnit.objects.create(name=word)
    UnitLine.objects.create(programme=home, unit=unit, role=UnitRole.HOSTS)
    return {
        "activity_picture": picture.pk,
        "book": book.pk,
        "book_list": BookList.objects.create(name=word).pk,
        "unit": unit.pk,
        "notice": SafetyNotice.objects.create(title=word, text=word * 10).pk,
    }


def _year(word: str) -> dict[str, object]:
    """Shenzhen has another year, so that Nanjing's is not there for it."""
    year = 2090 if word == "钟山以南" else 2091
    brand = Brand.objects.create(name=word, positioning=word)
    season = plans.season(year, theme=word, summary=word)
    observance = Observance.objects.create(
        name=word, rule=ObservanceRule.DATED, starts_on=date(2099, 1, 1), ends_on=date(2099, 1, 2), advice=word
    )
    return {"brand": brand.pk, "season": season.year, "observance": observance.pk}


def public_session(activity: Activity, room: Room) -> Session:
    """To come, in a week."""
    at = clock.now()
    made = make_sessions([SessionPlan(activity, at + timedelta(days=7), in_room(room))], by=None, at=at)
    return publish_sessions(made, by=None, at=at)[0]
