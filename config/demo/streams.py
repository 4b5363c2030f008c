"""How often the demo's streams were watched: read off two platforms the day after, and once more three days later.

A session is gone through once, while nobody has noted anything of it by hand.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import NAMESPACE_OID, uuid5

from django.db.models import Q
from django.utils import timezone

from config.demo.sign_ups import BACK
from kit.command import command
from people.models import Person
from programmes.door.models import StreamViews
from programmes.planning.choices import Mode, PlaceKind
from programmes.planning.models import Session

_PLATFORMS = ("微信视频号", "抖音")
_READ_AFTER = (1, 4)


@command
def note_streams(*, by: Person, at: datetime) -> None:
    lines = [line for session in _sessions(at) for line in _lines(session, by, at)]
    StreamViews.objects.bulk_create(lines, batch_size=2_000)


def _lines(session: Session, by: Person, at: datetime) -> Iterator[StreamViews]:
    """What was watched while live stays; the recording is watched on."""
    dice = Random(session.code)  # noqa: S311 - the same at every start
    for platform in _PLATFORMS:
        live, replay = dice.randrange(240, 2_600), dice.randrange(60, 900)
        for days in _READ_AFTER:
            read_at = session.ends_at + timedelta(days=days)
            if read_at < at:
                yield StreamViews(
                    client_id=uuid5(NAMESPACE_OID, f"{session.code} {platform} {days}"),
                    session=session,
                    platform=platform,
                    live_views=live,
                    replay_views=replay * days,
                    as_of=timezone.localtime(read_at).date(),
                    noted_at=read_at,
                    by=by,
                )


def _sessions(at: datetime) -> Iterable[Session]:
    streamed = Q(place_kind=PlaceKind.STREAM) | Q(mode__in=(Mode.LIVE, Mode.BOTH))
    streamed |= Q(mode="", activity__mode__in=(Mode.LIVE, Mode.BOTH))
    rows = Session.objects.filter(
        streamed,
        published_at__isnull=False,
        called_off_at=None,
        stream_views=None,
        starts_at__gt=at - BACK,
        ends_at__lt=at,
    )
    return rows.order_by("starts_at", "pk")
