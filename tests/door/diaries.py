"""A session that is over, its diary, and photos to hang on it."""

import io
from datetime import timedelta
from uuid import uuid4

from PIL import Image

from kit import clock
from kit.pictures import record_of
from networks.models import inside
from programmes.door.commands import diary as commands
from programmes.door.models import Diary, DiaryPhoto
from tests.door.doors import opened, party_at_the_door, scanned


def photo_file(colour=(90, 140, 90), size=(800, 600), name="photo.jpg"):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    out.seek(0)
    out.name = name
    return out


def party_that_came(network, by, *, children=1, adults=1, session=None):
    """A session that ended two hours ago, and a family that was let in."""
    session, row, parent = party_at_the_door(network, children=children, adults=adults, session=session)
    scanned(network, session, row, by)
    return over(network, session), row, parent


def over(network, session, *, hours=2):
    """The same session, moved to where it has ended so many hours ago."""
    return opened(network, session, starts_in=-(session.ends_at - session.starts_at) - timedelta(hours=hours))


WRITTEN = commands.Written(line="孩子们抢着翻页", children=1, adults=1, is_counted=True, few_photos="家长不愿拍照")


def handed_in(network, session, by, **said):
    written = commands.Written(**{**vars(WRITTEN), **said})
    with inside(network):
        return commands.hand_in(session=session, written=written, by=by, at=clock.now())


def with_photo(network, session, by, key=None):
    with inside(network):
        record = record_of(photo_file().read())
        return commands.add_photo(session=session, record=record, client_id=key or uuid4(), by=by, at=clock.now())


def diary_of(network, session):
    with inside(network):
        return Diary.objects.filter(session=session).first()


def photos_of(network, session):
    with inside(network):
        return list(DiaryPhoto.objects.filter(diary__session=session).order_by("place"))
