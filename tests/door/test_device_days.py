"""On which days a joined device keeps a door, and of which days it still tells."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kit import clock
from networks.models import inside
from people.choices import Role
from programmes.door.choices import Stay
from programmes.door.commands.desk_devices import revoke
from programmes.door.models import DeskDevice, Scan
from programmes.planning.models import Session
from tests.browsers import staff
from tests.door.desk_devices import joined
from tests.door.doors import here, opened, party_at_the_door
from tests.door.uploads import bring, line
from tests.signup.signing import family, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


def test_it_keeps_what_runs_for_days_on_each_of_them(nanjing, keeper):
    session, row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        last = session.ends_at + timedelta(days=2)
        Session.objects.filter(pk=session.pk).update(ends_at=last, occupies=(session.starts_at, last))
    yesterday = opened(nanjing, session, starts_in=timedelta(days=-1))
    _device, tablet = joined(nanjing, keeper)
    assert [line.session.pk for line in tablet.get("/desk/").context["lines"]] == [session.pk]
    assert [tablet.get(f"/desk/{session.code}/{part}").status_code for part in ("", "count/")] == [200, 200]
    assert tablet.post(
        f"/desk/{session.code}/scan/", {"client_id": uuid4(), "code": row.ticket, "way": "camera"}
    ).json() == {"here": 2, "registration": row.code}
    opened(nanjing, yesterday, starts_in=timedelta(days=-4))
    assert tablet.get(f"/desk/{session.code}/").status_code == 404


def test_what_it_answered_on_a_day_before_it_brings_back_and_nothing_else(nanjing, keeper):
    session, first, _by = party_at_the_door(nanjing)
    opened(nanjing, session, starts_in=timedelta(days=3))
    second = sign_up(nanjing, session, *family(nanjing))
    opened(nanjing, session)
    device, tablet = joined(nanjing, keeper, stay=Stay.THREE_DAYS)
    asker = tablet.get(f"/desk/{session.code}/roster/").json()["asker"]
    opened(nanjing, session, starts_in=timedelta(days=-1))
    with inside(nanjing):
        DeskDevice.objects.filter(pk=device.pk).update(
            made_at=clock.now() - timedelta(days=1), joined_at=clock.now() - timedelta(days=1)
        )
    assert bring(tablet, session, line(first, asker=asker), line(second), line(second, asker="x")).status_code == 200
    with inside(nanjing):
        assert list(Scan.objects.values_list("registration", "desk_device")) == [(first.pk, device.pk)]
    # It was nowhere before it joined, and nowhere else.
    opened(nanjing, session, starts_in=timedelta(days=-3))
    assert bring(tablet, session, line(second, asker=asker)).status_code == 404
    opened(nanjing, session, starts_in=timedelta(days=2))
    assert bring(tablet, session, line(second, asker=asker)).status_code == 404
    _device, elsewhere = joined(nanjing, keeper, area="玄武区")
    opened(nanjing, session)
    assert bring(elsewhere, session, line(second, asker=asker)).status_code == 404


def ended(nanjing, device, *, hours):
    """Its time was over so many hours ago."""
    with inside(nanjing):
        last = clock.now() - timedelta(hours=hours)
        DeskDevice.objects.filter(pk=device.pk).update(
            made_at=last - timedelta(days=1), joined_at=last - timedelta(days=1), expires_at=last
        )


def test_for_three_days_after_its_end_it_brings_back_what_it_answered_before(nanjing, keeper):
    session, first, _by = party_at_the_door(nanjing)
    device, tablet = joined(nanjing, keeper)
    asker = tablet.get(f"/desk/{session.code}/roster/").json()["asker"]
    ended(nanjing, device, hours=1)
    told = tablet.get("/desk/ping/")
    assert (told.status_code, sorted(told.json())) == (401, ["csrf", "now"])
    assert tablet.get(f"/desk/{session.code}/").status_code == 403
    assert bring(tablet, session, line(first), line(first, asker=asker)).status_code == 200
    with inside(nanjing):
        assert list(Scan.objects.values_list("registration", "desk_device")) == [(first.pk, device.pk)]
    ended(nanjing, device, hours=73)
    assert (sorted(tablet.get("/desk/ping/").json()), bring(tablet, session, line(first)).status_code) == (["now"], 403)


def test_revoked_it_brings_nothing_back(nanjing, keeper):
    session, first, _by = party_at_the_door(nanjing)
    device, tablet = joined(nanjing, keeper)
    asker = tablet.get(f"/desk/{session.code}/roster/").json()["asker"]
    with inside(nanjing):
        revoke(desk_device=device, by=keeper, at=clock.now())
    assert bring(tablet, session, line(first, asker=asker)).status_code == 403
    assert (sorted(tablet.get("/desk/ping/").json()), here(nanjing, session)) == (["now"], 0)
