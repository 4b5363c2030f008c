"""Sessions as readers see them in lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from kit.refusals import Text
from kit.seasons import Season, season_of
from networks.models import Area, Network
from programmes.planning.models import Brand, Session
from programmes.planning.registers import event_joins, list_chips
from programmes.planning.rules.brands import looks_of, shade
from programmes.planning.rules.cards import Fold
from programmes.planning.rules.inherited import value_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.told import Chip, clock_of, near_words, state_chips
from programmes.planning.rules.wording import age_words

_LONG = ("activity__text", "activity__programme__text", "route")
# The network's own colour, of what has no brand.
NO_BRAND = 0


@dataclass(frozen=True)
class SessionFace:
    """One card of a list. `kicker`: the programme, where the title does not say it; `fill`: the brand's colour; `fold`:
    where else it is the same; `way`: its one button, a word and an address.
    """

    session: Session
    title: str
    kicker: str
    clock: str
    place: str
    district: str
    ages: str
    chips: list[Chip]
    fill: str
    season: Season
    fold: Fold | None = None
    way: tuple[Text, str] | None = None

    @property
    def is_off(self) -> bool:
        return self.session.called_off_at is not None


@dataclass(frozen=True)
class DayOfFaces:
    """`near`: "today", "in 5 days"."""

    day: date
    near: str
    faces: list[SessionFace]


def public_sessions() -> "QuerySet[Session]":
    """Those that readers may know of, those called off among them."""
    rows: QuerySet[Session] = Session.objects.filter(published_at__isnull=False)
    return rows


def for_faces(rows: "QuerySet[Session]") -> "QuerySet[Session]":
    """With all that a face is made of, in one statement."""
    return rows.select_related("activity__programme", "area", "venue", "room", *event_joins).defer(*_LONG)


def colours_of(brands: Iterable[Brand], network: Network) -> dict[int, str]:
    """By brand; `brands` are all there are, closed ones too."""
    known = looks_of({brand.pk: (brand.parent_id, brand.hue, brand.mark) for brand in brands}, hue=network.brand_hue)
    return {NO_BRAND: shade(network.brand_hue), **{key: look.fill for key, look in known.items()}}


def face(session: Session, *, at: datetime, colours: Mapping[int, str], districts: Iterable[Area] = ()) -> SessionFace:
    """`districts`: those of which one may be named."""
    programme, title = session.activity.programme, value_of(session, "title")
    from_months, to_months = value_of(session, "from_months"), value_of(session, "to_months")
    return SessionFace(
        session=session,
        title=title,
        kicker="" if programme.title in title else programme.title,
        clock=clock_of(session, today=timezone.localtime(at).date()),
        place=session.venue.name if session.venue is not None else place_words(session),
        district=_district(session, districts),
        ages=age_words(from_months, to_months) if from_months or to_months is not None else "",
        chips=[*state_chips(session, at=at), *sign_up_chips(session, at=at)],
        fill=colours[programme.brand_id or NO_BRAND],
        season=season_of(timezone.localtime(session.starts_at).date()),
        way=way_in(session, at=at),
    )


def sign_up_chips(session: Session, *, at: datetime) -> list[Chip]:
    """What rooms above say of one that is still to come."""
    if session.called_off_at is not None or session.starts_at <= at:
        return []
    return [chip for each in list_chips for chip in each.of(session, at)]


def way_in(session: Session, *, at: datetime) -> tuple[Text, str] | None:
    if session.called_off_at is not None or session.starts_at <= at:
        return None
    return next((way for each in list_chips if (way := each.way(session, at))), None)


def by_days(faces: Iterable[SessionFace], *, today: date) -> list[DayOfFaces]:
    """By the day on which they begin, in the order they come."""
    found: list[DayOfFaces] = []
    for one in faces:
        day = timezone.localtime(one.session.starts_at).date()
        if not found or found[-1].day != day:
            found.append(DayOfFaces(day, near_words(day, today), []))
        found[-1].faces.append(one)
    return found


def _district(session: Session, districts: Iterable[Area]) -> str:
    """Unless the place's own name begins with it, as 鼓楼·清凉门阅读空间 does."""
    if not districts or session.venue is None:
        return ""
    path = session.area.path
    name = next((area.name for area in districts if path.startswith(area.path)), "")
    return "" if name and session.venue.name.startswith(name.removesuffix("区")) else name
