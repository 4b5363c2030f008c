"""活动小结: photos, a line, how many came; saved as one goes, handed in, opened again."""

import io
import re
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image

from kit import clock
from networks.models import Fact, JournalLine, inside
from networks.registers import listeners, listens_inside
from people.choices import ConsentAnswer, MemberRole, Role
from people.messages import CHILD_READ
from people.models import Consent, Household
from people.registers import PHOTO
from people.registers.holdings import Owner, holdings
from people.steps.consents import answer, withdraw
from programmes.door.choices import Method
from programmes.door.commands.counting import Said, enter_list
from programmes.door.messages import DIARY_HANDED_IN
from programmes.door.models import Diary, DiaryPhoto
from programmes.door.rules.counting import days_of
from programmes.planning.models import Session
from tests.browsers import browser, staff
from tests.door.diaries import diary_of, handed_in, over, party_that_came, photo_file, photos_of, with_photo
from tests.door.doors import opened
from tests.people.conftest import relay
from tests.signup.signing import another, story_hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


@pytest.fixture
def planner(nanjing):
    return staff(nanjing, "13800138004", Role.PLANNER, name="周敏")


def keep(person):
    return browser(person, bound=True)


def address(session, more=""):
    return f"/plan/sessions/{session.code}/diary/{more}"


SAID = {"line": "孩子们抢着翻页", "children": "1", "adults": "1", "counted": "on", "few_photos": "家长不愿拍照"}


def rule(network, **values):
    network.rules = {**network.rules, **values}
    network.save()


# --- A draft ---------------------------------------------------------------------------------


def test_numbers_are_filled_in_from_the_door(nanjing, keeper):
    session, _row, _by = party_that_came(nanjing, keeper, children=2, adults=1)
    page = keep(keeper).get(address(session))
    assert [page.context["form"][name].value() for name in ("children", "adults", "counted")] == [2, 1, False]
    assert "签到：2 位孩子，1 位大人" in page.content.decode()


def test_where_nobody_was_checked_in_only_what_was_counted_is_said(nanjing, keeper):
    session = over(nanjing, story_hour(nanjing))
    with inside(nanjing):
        said = Said(uuid4(), days_of(session)[0], adults=21, children=36, method=Method.GATE, note="")
        enter_list(session=session, said=said, by=keeper, at=clock.now())
    page = keep(keeper).get(address(session)).content.decode()
    assert ("清点：36 位孩子，21 位大人。 统计方式：闸机" in page, "签到：0 位" in page) == (True, False)


def test_it_is_saved_as_one_goes_and_stays_a_draft(nanjing, keeper):
    session, _row, _by = party_that_came(nanjing, keeper)
    client = keep(keeper)
    answered = client.post(address(session), {"line": "很热闹"}, headers={"X-Part": "saved"})
    assert (answered.status_code, answered.content) == (204, b"")
    assert client.post(address(session), {"line": "很热闹", "problems": "地垫不够"}).status_code == 302
    row = diary_of(nanjing, session)
    assert (row.line, row.problems, row.children, row.counted_at, row.handed_in_at) == (
        "很热闹",
        "地垫不够",
        None,
        None,
        None,
    )
    with inside(nanjing):
        assert JournalLine.objects.filter(verb="door.diary_begun").count() == 1


def test_words_that_a_phone_keeps_are_not_taken_for_those_of_whoever_signs_in_next(nanjing, keeper, planner):
    session, _row, _by = party_that_came(nanjing, keeper)
    keys = {
        re.search(r'data-key="([^"]+)"', browser(who, bound=True).get(address(session)).content.decode())[1]
        for who in (keeper, planner)
    }
    assert keys == {f"diary-{session.code}-{who.pk}" for who in (keeper, planner)}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"line": ""}, "line"),
        ({"counted": ""}, "counted"),
        ({"children": ""}, "counted"),
        ({"few_photos": ""}, "few_photos"),
        ({"children": "-1"}, "children"),
        ({"line": "长" * 201}, "line"),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing_and_the_rest_is_kept(nanjing, keeper, said, field):
    session, _row, _by = party_that_came(nanjing, keeper)
    page = keep(keeper).post(address(session), {**SAID, "problems": "灯坏了", "do": "hand_in", **said})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert "灯坏了" in page.content.decode()
    row = diary_of(nanjing, session)
    assert row is None or row.handed_in_at is None


def test_a_diary_is_handed_in_once_and_whoever_listens_hears_of_it(nanjing, keeper):
    heard = []
    listens_inside(DIARY_HANDED_IN, name="test.diary")(heard.append)
    try:
        session, _row, _by = party_that_came(nanjing, keeper)
        client = keep(keeper)
        assert client.post(address(session), {**SAID, "do": "hand_in"}).status_code == 302
        again = client.post(address(session), {**SAID, "line": "别的", "do": "hand_in"})
    finally:
        del listeners["test.diary"]
    assert (again.status_code, "这篇小结已经交了" in again.content.decode()) == (422, True)
    row = diary_of(nanjing, session)
    assert (row.line, row.children, row.adults, row.person_times, row.handed_in_by) == (
        "孩子们抢着翻页",
        1,
        1,
        2,
        keeper,
    )
    with inside(nanjing):
        facts = Fact.objects.filter(kind=DIARY_HANDED_IN).values_list("payload", flat=True)
        assert list(facts) == [{"session": session.pk}]


def test_it_is_opened_again_with_a_reason_and_handed_in_anew(nanjing, keeper):
    session, _row, _by = party_that_came(nanjing, keeper)
    handed_in(nanjing, session, keeper)
    client = keep(keeper)
    assert client.post(address(session, "reopen/"), {"reason": ""}).status_code == 422
    assert client.post(address(session, "reopen/"), {"reason": "人数写错了"}).status_code == 302
    assert diary_of(nanjing, session).handed_in_at is None
    assert "人数写错了" in client.get(address(session)).content.decode()
    assert client.post(address(session), {**SAID, "children": "5", "do": "hand_in"}).status_code == 302
    row = diary_of(nanjing, session)
    assert (row.children, row.is_handed_in, row.reopen_reason) == (5, True, "人数写错了")


def test_a_library_says_how_many_photos_it_wants(nanjing, keeper):
    rule(nanjing, diary_photos=1)
    session, _row, _by = party_that_came(nanjing, keeper)
    client, bare = keep(keeper), {**SAID, "few_photos": "", "do": "hand_in"}
    assert client.post(address(session), bare).status_code == 422
    with_photo(nanjing, session, keeper)
    assert client.post(address(session), bare).status_code == 302


# --- Photos ------------------------------------------------------------------------------------


def test_photos_are_added_several_at_once_and_shown_to_staff_alone(nanjing, keeper):
    session, _row, _by = party_that_came(nanjing, keeper)
    client = keep(keeper)
    sent = {**SAID, "photos": [photo_file(), photo_file(colour=(20, 20, 90))], "client_id": str(uuid4())}
    assert client.post(address(session), sent).status_code == 302
    # Sent again by a phone that never heard the answer.
    for file in sent["photos"]:
        file.seek(0)
    assert client.post(address(session), sent).status_code == 302
    first, second = photos_of(nanjing, session)
    assert [(one.place, one.width, one.height, one.by, one.cleared_at) for one in (first, second)] == [
        (0, 800, 600, keeper, None),
        (1, 800, 600, keeper, None),
    ]
    for query, width in (("", 800), ("?small", 480)):
        answered = client.get(address(session, f"photos/{first.pk}/{query}"))
        assert Image.open(io.BytesIO(answered.content)).size[0] == width
        assert ("private" in answered["Cache-Control"], answered["X-Content-Type-Options"]) == (True, "nosniff")
    elsewhere = over(nanjing, opened(nanjing, another(nanjing, session.activity)))
    assert client.get(address(elsewhere, f"photos/{first.pk}/")).status_code == 404


def test_a_file_that_is_no_picture_keeps_no_other_out_and_no_word(nanjing, keeper):
    session, _row, _by = party_that_came(nanjing, keeper)
    page = keep(keeper).post(
        address(session), {"line": "好", "photos": [io.BytesIO(b"<svg/>"), photo_file()]}, headers={"X-Part": "photos"}
    )
    text = page.content.decode()
    assert (page.status_code, "这不是 JPEG、PNG 或 WebP 图片" in text, "<html" in text) == (422, True, False)
    assert (len(photos_of(nanjing, session)), diary_of(nanjing, session).line) == (1, "好")


def test_a_tenth_photo_is_refused(nanjing, keeper):
    session, _row, _by = party_that_came(nanjing, keeper)
    for _one in range(9):
        with_photo(nanjing, session, keeper)
    page = keep(keeper).post(address(session), {"photos": [photo_file()]})
    assert (page.status_code, "最多 9 张照片" in page.content.decode()) == (422, True)


def test_words_and_ticks_of_photos_are_kept_and_one_is_removed(nanjing, keeper):
    session, _row, _by = party_that_came(nanjing, keeper)
    first, second = (with_photo(nanjing, session, keeper) for _one in range(2))
    client = keep(keeper)
    said = {f"caption_{first.pk}": "翻到下一页", f"clear_{first.pk}": "on", f"caption_{second.pk}": "门口"}
    assert client.post(address(session), said).status_code == 302
    kept = photos_of(nanjing, session)
    assert [(one.caption, one.cleared_at is not None) for one in kept] == [("翻到下一页", True), ("门口", False)]
    name = kept[1].image.name
    with TransactionCallbacks():
        assert client.post(address(session), {**said, "remove": second.pk}).status_code == 302
    assert [one.pk for one in photos_of(nanjing, session)] == [first.pk]
    assert kept[1].image.storage.exists(name) is False
    with inside(nanjing):
        verbs = set(JournalLine.objects.filter(verb__startswith="door.photo").values_list("verb", flat=True))
        assert verbs == {"door.photo_added", "door.photo_cleared", "door.photo_removed"}


class TransactionCallbacks:
    """What happens after a commit happens here as well."""

    def __enter__(self):
        from django.test import TestCase

        self.found = TestCase.captureOnCommitCallbacks(execute=True)
        return self.found.__enter__()

    def __exit__(self, *failed):
        return self.found.__exit__(*failed)


def agree(network, row, parent, given, *, subject=None):
    with inside(network), transaction.atomic():
        home = Household.objects.get(pk=row.household_id)
        said = ConsentAnswer.GIVEN if given else ConsentAnswer.REFUSED
        answer(
            household=home,
            purpose=PHOTO,
            answer=said,
            by=parent,
            as_role=MemberRole.GUARDIAN,
            at=clock.now(),
            subject=subject,
        )


@pytest.mark.parametrize(
    ("in_general", "of_session", "named"),
    [(None, None, ["*雨"]), (False, None, ["*雨"]), (True, None, []), (True, False, ["*雨"]), (False, True, [])],
)
def test_children_whose_families_have_not_agreed_are_named_and_that_is_noted(
    nanjing, keeper, in_general, of_session, named
):
    session, row, parent = party_that_came(nanjing, keeper)
    if in_general is not None:
        agree(nanjing, row, parent, in_general)
    if of_session is not None:
        with inside(nanjing):
            agree(nanjing, row, parent, of_session, subject=Session.objects.get(pk=session.pk))
    page = keep(keeper).get(address(session))
    found = page.context["consents"]
    assert found.names == named
    with inside(nanjing):
        assert JournalLine.objects.filter(verb=CHILD_READ, actor_id=keeper.pk).count() == len(named)


def test_where_an_agreement_is_withdrawn_photos_are_internal_again(nanjing, keeper):
    session, row, parent = party_that_came(nanjing, keeper)
    elsewhere, _row, _by = party_that_came(
        nanjing, keeper, session=another(nanjing, session.activity, later=timedelta(days=4))
    )
    agree(nanjing, row, parent, given=True)
    photos = [with_photo(nanjing, one, keeper) for one in (session, elsewhere)]
    with inside(nanjing):
        DiaryPhoto.objects.update(cleared_at=clock.now())
        with transaction.atomic():
            withdraw(consent=Consent.objects.get(ended_at=None, purpose=PHOTO.key), by=parent, at=clock.now())
    relay(nanjing)
    with inside(nanjing):
        shown = DiaryPhoto.objects.filter(cleared_at__isnull=False)
        assert list(shown.values_list("pk", flat=True)) == [photos[1].pk]


# --- Who, and when -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.KEEPER, 200), (Role.PLANNER, 200), (Role.DISTRICT_LIBRARIAN, 404), (Role.EDITOR, 404)],
)
def test_diaries_are_for_those_who_run_or_plan_sessions(nanjing, keeper, role, status):
    session, _row, _by = party_that_came(nanjing, keeper)
    photo = with_photo(nanjing, session, keeper)
    client = keep(staff(nanjing, "13800138020", role, name="何平"))
    told = [client.get(address(session, more)).status_code for more in ("", f"photos/{photo.pk}/")]
    assert told == [status, status]


def test_what_is_to_come_and_what_was_called_off_has_no_diary(nanjing, keeper):
    session = opened(nanjing, story_hour(nanjing))
    client = keep(keeper)
    assert client.get(address(session)).status_code == 404
    session = over(nanjing, session)
    assert client.get(address(session)).status_code == 200
    with inside(nanjing):
        Session.objects.filter(pk=session.pk).update(called_off_at=clock.now(), call_off_reason="停电")
    assert client.get(address(session)).status_code == 404


# --- What waits, and the list --------------------------------------------------------------------


def test_a_session_waits_for_its_diary_from_the_next_day_on_for_a_month(nanjing, keeper):
    session, _row, _by = party_that_came(nanjing, keeper)
    client = keep(keeper)

    def waits():
        page = client.get("/plan/today/")
        return [line.count for line in page.context["waits"] if "diary=missing" in line.address]

    said = []
    for hours in (0, 30, 24 * 29, 24 * 33):
        over(nanjing, session, hours=hours)
        said.append(waits())
    assert said[1:] == [[1], [1], []]
    session = over(nanjing, session, hours=30)
    handed_in(nanjing, session, keeper)
    assert waits() == []


def test_problems_wait_for_planners_until_they_are_read(nanjing, keeper, planner):
    session, _row, _by = party_that_came(nanjing, keeper)
    handed_in(nanjing, session, keeper, problems="地垫不够")
    client, hers, read = browser(planner), keep(keeper), address(session, "read/")
    page = client.get("/plan/diaries/?problems=unread")
    assert ("地垫不够" in page.content.decode(), page.context["table"].count) == (True, 1)
    assert "no-store" in page["Cache-Control"]
    pages = [one.get("/plan/diaries/").content.decode() for one in (client, hers)]
    assert [f'action="{read}"' in found for found in pages] == [True, False]
    assert hers.post(read).status_code == 403
    assert client.post(read).status_code == 302
    assert client.get("/plan/diaries/?problems=unread").context["table"].count == 0


def test_the_list_asks_the_same_for_one_and_for_four(nanjing, keeper):
    client = keep(keeper)
    session, _row, _by = party_that_came(nanjing, keeper)
    handed_in(nanjing, session, keeper)

    def counted():
        client.get("/plan/diaries/")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/plan/diaries/")
        return len(asked), page.context["table"].count

    one, _count = counted()
    for number in range(3):
        more = another(nanjing, session.activity, later=timedelta(days=4 + number))
        handed_in(nanjing, party_that_came(nanjing, keeper, session=more)[0], keeper)
    assert counted() == (one, 4)


def test_todays_card_and_a_sessions_page_ask_for_the_diary_once_it_is_over(nanjing, keeper):
    """In the evening, so that what was over an hour ago was today."""
    with time_machine.travel(datetime(2027, 3, 6, 18, tzinfo=ZoneInfo("Asia/Shanghai"))):
        session, _row, _by = party_that_came(nanjing, keeper)
        client = keep(keeper)

        def asked(page):
            text = client.get(page).content.decode()
            return f'href="{address(session)}"' in text, "写小结" in text

        pages = ("/plan/today/", f"/plan/sessions/{session.code}/", f"/desk/{session.code}/")
        assert [asked(page) for page in pages] == [(True, True)] * 3
        handed_in(nanjing, session, keeper)
        assert asked("/plan/today/") == (True, False)


# --- Kept ------------------------------------------------------------------------------------------


def test_after_its_time_photos_go_and_a_line_and_numbers_stay(nanjing, keeper):
    session, _row, _by = party_that_came(nanjing, keeper)
    with_photo(nanjing, session, keeper)
    handed_in(nanjing, session, keeper, problems="灯坏了")
    kept = holdings["door.diaries"].retention
    with inside(nanjing), transaction.atomic():
        later = clock.now()
        assert (kept.due(session.ends_at).count(), kept.due(later).count()) == (0, 1)
        assert kept.purge(later, 10, later) == 1
        assert (DiaryPhoto.objects.count(), kept.due(later).count()) == (0, 0)
        row = Diary.objects.get()
        assert (row.line, row.children, row.problems, row.handed_in_by) == ("孩子们抢着翻页", 1, "", None)


def test_of_a_member_of_staff_who_goes_stays_what_she_wrote(nanjing, keeper):
    session, _row, _by = party_that_came(nanjing, keeper)
    with_photo(nanjing, session, keeper)
    handed_in(nanjing, session, keeper)
    with inside(nanjing), transaction.atomic():
        (section,) = holdings["door.diaries"].export(Owner(person=keeper))
        assert len(section.rows) == 1
        assert holdings["door.diaries"].erase(Owner(person=keeper), clock.now()) == 2
        assert (Diary.objects.get().handed_in_by, DiaryPhoto.objects.get().by) == (None, None)
