"""直播/回放: how often a session was watched, read off a platform on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from kit.command import command
from kit.pictures import Record, keep_in
from kit.refusals import refuse_if
from networks.steps.journal import note
from people.models import Person
from programmes.door.models import StreamViews
from programmes.door.rules.streams import against_views
from programmes.door.steps.settling import held
from programmes.planning.models import Session


@dataclass(frozen=True)
class Read:
    """What stands on a platform's page on a day, and by which request it was typed in."""

    client_id: UUID
    platform: str
    live_views: int
    replay_views: int
    as_of: date


@command
def note_views(*, session: Session, read: Read, record: Record | None, by: Person | None, at: datetime) -> StreamViews:
    """`record`: the screenshot, as `kit.pictures.record_of` gives it. The same request is the same line,
    also where it is sent twice at once."""
    held(session.pk)
    before: StreamViews | None = StreamViews.objects.filter(client_id=read.client_id).first()
    if before is not None:
        return before
    refuse_if(
        against_views(
            session,
            first=timezone.localtime(session.starts_at).date(),
            today=timezone.localtime(at).date(),
            as_of=read.as_of,
            live=read.live_views,
            replay=read.replay_views,
        )
    )
    row = StreamViews(
        client_id=read.client_id,
        session=session,
        platform=read.platform,
        live_views=read.live_views,
        replay_views=read.replay_views,
        as_of=read.as_of,
        noted_at=at,
        by=by,
    )
    if record is not None:
        keep_in(row.image, record.content)
    row.save(force_insert=True)
    values = {"platform": read.platform, "live_views": read.live_views, "replay_views": read.replay_views}
    note("door.views_noted", subject=row, actor=by, values=values | {"as_of": read.as_of})
    return row
