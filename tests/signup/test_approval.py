"""Sign-ups that the library says yes or no to: asked, answered one or many at once, told, and never lost between."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kit import clock
from kit.refusals import Refused
from networks.models import JournalLine, inside
from notifications.models import Message
from programmes.planning.commands.sessions import call_off
from programmes.signup.choices import Ending, State
from programmes.signup.commands.approving import approve, remind_of_approvals, turn_down
from programmes.signup.commands.changing import cancel, change_party
from programmes.signup.models import Registration, Terms
from tests.people import homes
from tests.people.conftest import relay
from tests.signup.signing import family, party, sign_up, story_hour, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(nanjing, nanjing_cast):
    """The planner receives families of the whole city, the keeper those of her venue, others none."""
    with inside(nanjing):
        return {part: nanjing_cast[part] for part in ("planner", "keeper", "district", "editor")}


@pytest.fixture
def camp(nanjing):
    return story_hour(nanjing, places=4, terms={"approval": True})


def text(response):
    return " ".join(response.content.decode().split())


def now(network, row):
    with inside(network):
        return Registration.objects.get(pk=row.pk)


def told(network):
    relay(network)
    with inside(network):
        rows = list(Message.objects.order_by("person__name", "pk").values_list("person__name", "kind"))
        Message.objects.all().delete()
    return [(name, kind.removeprefix("signup.")) for name, kind in rows if kind.startswith("signup.")]


def address(camp):
    return f"/plan/sessions/{camp.code}/sign-ups/approval/"


def test_a_family_asks_holds_its_places_and_reads_so_everywhere(nanjing, nanjing_cast, staff, camp):
    home = homes.home(nanjing, nanjing_cast["reader"], children=2)
    visit = nanjing_cast.client("reader")
    sheet = text(visit.get(f"/events/{camp.code}/sign-up/"))
    assert ("报名要经图书馆审核" in sheet, "提交报名" in sheet, "确认报名" in sheet) == (True, True, False)
    row = sign_up(nanjing, camp, home, nanjing_cast["reader"])
    assert (row.state, row.holds_places, taken(nanjing, camp)) == (State.ASKED, True, (1, 1))
    for page in (f"/me/sign-ups/{row.code}/", "/me/sign-ups/"):
        assert "待审核" in text(visit.get(page)), page
    assert "/sign-ups/approval/" in text(nanjing_cast.client("planner").get(f"/plan/sessions/{camp.code}/"))
    assert [kind for name, kind in told(nanjing) if name == "王芳"] == ["asked"]


def test_staff_hear_of_it_once_for_each_session_and_day(nanjing, nanjing_cast, staff, camp):
    for number in range(3):
        sign_up(nanjing, camp, *family(nanjing, name=f"家长{number}"))
    asked = [name for name, kind in told(nanjing) if kind == "approval_asked"]
    assert asked == [staff["planner"].name]
    page = text(nanjing_cast.client("planner").get("/plan/sign-ups/approvals/"))
    assert (address(camp) in page, "3 个家庭" in page) == (True, True)
    with inside(nanjing):
        today = (camp.starts_at - timedelta(days=1)).astimezone(nanjing.zone).date()
        remind_of_approvals(today=today, zone=nanjing.zone)
        remind_of_approvals(today=today, zone=nanjing.zone)
    assert told(nanjing) == [(staff["planner"].name, "approval_due")]


def test_the_start_page_of_staff_counts_them_where_they_receive_families(nanjing, nanjing_cast, staff, camp):
    def waits(part):
        found = re.search(
            r'<a [^>]*href="/plan/sign-ups/approvals/".*?</a>', text(nanjing_cast.client(part).get("/plan/"))
        )
        return re.sub("<[^>]+>", "", found[0]) if found else None

    assert {part: waits(part) for part in staff} == dict.fromkeys(staff)
    home = homes.home(nanjing, nanjing_cast["reader"])
    row = sign_up(nanjing, camp, home, nanjing_cast["reader"])
    assert (waits("planner"), waits("editor")) == ("待您审核的报名1", None)
    with inside(nanjing):
        approve(session=camp, codes=[row.code], by=staff["planner"], at=clock.now())
    assert waits("planner") is None


def test_several_are_approved_at_once_and_one_is_turned_down(nanjing, nanjing_cast, staff, camp):
    rows = [sign_up(nanjing, camp, *family(nanjing, name=f"家长{number}")) for number in range(3)]
    browser = nanjing_cast.client("planner")
    page = text(browser.get(address(camp)))
    assert page.count('name="registrations"') == 3
    nothing = browser.post(address(camp), {"do": "approve"})
    assert (nothing.status_code, "还没有选择家庭" in text(nothing)) == (422, True)
    no_reason = browser.post(address(camp), {"do": "turn_down", "registrations": rows[2].code, "reason": " "})
    assert (no_reason.status_code, f'id="ask-{rows[2].code}" checked' in text(no_reason)) == (422, True)
    told(nanjing)
    done = browser.post(address(camp), {"do": "approve", "registrations": [row.code for row in rows[:2]]})
    assert (done.status_code, done["Location"]) == (302, address(camp))
    browser.post(address(camp), {"do": "turn_down", "registrations": rows[2].code, "reason": "优先没来过的孩子"})
    assert [now(nanjing, row).state for row in rows[:2]] == [State.HOLDS] * 2
    gone = now(nanjing, rows[2])
    assert (gone.ending, gone.end_reason, taken(nanjing, camp)) == (Ending.REFUSED, "优先没来过的孩子", (2, 2))
    assert told(nanjing) == [("家长0", "approved"), ("家长1", "approved"), ("家长2", "turned_down")]
    with inside(nanjing):
        assert JournalLine.objects.filter(verb="signup.approved").count() == 2
    assert "没有待审核的报名" in text(browser.get(address(camp)))


def test_what_was_answered_or_cancelled_meanwhile_stays_as_it_is(nanjing, staff, camp):
    (first, mother), (second, father) = family(nanjing), family(nanjing)
    approved, left = sign_up(nanjing, camp, first, mother), sign_up(nanjing, camp, second, father)
    answer = {"session": camp, "codes": [approved.code, left.code], "by": staff["planner"], "at": clock.now()}
    with inside(nanjing):
        cancel(registration=left, by=father, at=clock.now())
        assert [row.pk for row in approve(**answer)] == [approved.pk]
        assert turn_down(**answer, reason="太晚了") == []
        assert approve(**answer) == []
    assert (now(nanjing, approved).ended_at, now(nanjing, left).ending) == (None, Ending.BY_FAMILY)


def test_a_child_who_joins_asks_again_and_one_who_leaves_does_not(nanjing, staff, camp):
    household, mother = family(nanjing, children=2)
    row = sign_up(nanjing, camp, household, mother)
    answer = {"session": camp, "codes": [row.code], "by": staff["planner"]}
    with inside(nanjing):
        approve(**answer, at=clock.now())
        change_party(registration=row, party=party(household, children=2), by=mother, at=clock.now())
        assert (now(nanjing, row).state, now(nanjing, row).approved_at) == (State.ASKED, None)
        approve(**answer, at=clock.now())
        change_party(registration=row, party=party(household), by=mother, at=clock.now())
    assert (now(nanjing, row).state, taken(nanjing, camp)) == (State.HOLDS, (1, 1))


def test_who_waits_can_be_approved_before_there_is_a_place(nanjing, staff, camp):
    household, mother = family(nanjing)
    row = sign_up(nanjing, camp, household, mother)
    with inside(nanjing):
        Registration.objects.update(state=State.WAITS, waits_from=clock.now())
        approve(session=camp, codes=[row.code], by=staff["planner"], at=clock.now())
    found = now(nanjing, row)
    assert (found.state, found.approved_at is not None) == (State.WAITS, True)
    assert "approved" not in [kind for _name, kind in told(nanjing)]


def test_nobody_answers_for_a_session_that_is_over_or_called_off(nanjing, staff, camp):
    row = sign_up(nanjing, camp, *family(nanjing))
    answer = {"session": camp, "codes": [row.code], "by": staff["planner"]}
    with inside(nanjing):
        with pytest.raises(Refused) as no:
            approve(**answer, at=camp.ends_at)
        assert no.value.codes == ("over",)
        call_off(sessions=[camp], reason="台风", by=staff["planner"], at=clock.now())
        camp.refresh_from_db()
        with pytest.raises(Refused) as no:
            turn_down(**answer, reason="x", at=clock.now())
        assert no.value.codes == ("called_off",)


def test_the_database_knows_that_what_was_approved_asks_no_more(nanjing, camp):
    sign_up(nanjing, camp, *family(nanjing))
    with inside(nanjing), pytest.raises(IntegrityError, match="asks_no_more"), transaction.atomic():
        Registration.objects.update(approved_at=clock.now())


def test_without_approval_nothing_is_asked(nanjing, camp):
    with inside(nanjing):
        Terms.objects.update(approval=False)
    assert sign_up(nanjing, camp, *family(nanjing)).state == State.HOLDS
