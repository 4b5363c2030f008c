"""WebAssembly may run where a camera reads codes, and nowhere else."""

import pytest

from people.choices import Role
from tests.browsers import browser, staff
from tests.door.doors import party_at_the_door

pytestmark = pytest.mark.django_db
WASM = "'wasm-unsafe-eval'"


def allows(answer):
    return WASM in answer["Content-Security-Policy"]


@pytest.mark.parametrize("has_reader", [True, False])
def test_the_policy_lets_it_run_at_the_desk_alone(nanjing, settings, has_reader):
    settings.HAS_CODE_READER = has_reader
    session, _row, _by = party_at_the_door(nanjing)
    client = browser(staff(nanjing, "13800138003", Role.KEEPER, name="陈静"), bound=True)
    told = {
        address: allows(client.get(address)) for address in ("/desk/", f"/desk/{session.code}/", "/me/", "/plan/", "/")
    }
    assert told == {
        "/desk/": has_reader,
        f"/desk/{session.code}/": has_reader,
        "/me/": False,
        "/plan/": False,
        "/": False,
    }


@pytest.mark.parametrize("has_reader", [True, False])
def test_the_page_names_the_reader_where_there_is_one(nanjing, settings, has_reader):
    settings.HAS_CODE_READER = has_reader
    session, _row, _by = party_at_the_door(nanjing)
    client = browser(staff(nanjing, "13800138003", Role.KEEPER, name="陈静"), bound=True)
    assert ("zxing_reader.wasm" in client.get(f"/desk/{session.code}/").content.decode()) == has_reader
