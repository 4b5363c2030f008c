"""A family signs up: what is refused, in which words, and that the same page registers once."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock
from kit.refusals import Refused
from networks.models import inside
from people.choices import ConsentAnswer, MemberRole
from people.models import Child, Member
from people.registers import CHILD_DATA
from people.rules.ages import months_on
from programmes.planning.choices import Counts, PlaceKind
from programmes.planning.models import SafetyNotice, Session
from programmes.signup.choices import Ending, Way
from programmes.signup.commands.changing import cancel, cancel_for, change_party
from programmes.signup.commands.registering import register
from programmes.signup.models import Registration, Seat, Terms
from programmes.signup.steps.parties import Party
from tests.people import homes
from tests.signup.signing import family, party, sign_up, story_hour, taken

pytestmark = pytest.mark.django_db


def refused(function, **values):
    with pytest.raises(Refused) as no:
        function(**values)
    return no.value.refusals


def no(network, session, household, by, **values):
    with pytest.raises(Refused) as found:
        sign_up(network, session, household, by, **values)
    return found.value.refusals


def test_a_family_of_three_takes_two_places(nanjing):
    session = story_hour(nanjing)
    household, mother = family(nanjing, children=2)
    made = sign_up(nanjing, session, household, mother, children=2, adults=1)
    assert (made.counted, made.adults, taken(nanjing, session)) == (2, 1, (2, 2))
    with inside(nanjing):
        assert Seat.objects.filter(registration=made, ended_at=None).count() == 3


def test_where_everybody_counts_three_places_go(nanjing):
    session = story_hour(nanjing, counts=Counts.EVERYONE)
    household, mother = family(nanjing, children=2)
    assert sign_up(nanjing, session, household, mother, children=2, adults=1).counted == 3


def test_a_registration_takes_twelve_statements(nanjing):
    session = story_hour(nanjing)
    first, second = family(nanjing), family(nanjing, children=2)
    sign_up(nanjing, session, *first)
    chosen = party(second[0], children=2)
    with inside(nanjing), CaptureQueriesContext(connection) as asked:
        register(household=second[0], session=session, party=chosen, by=second[1], request_key=uuid4(), at=clock.now())
    said = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(said) <= 12, "\n".join(said)


def test_the_same_page_registers_once(nanjing):
    session = story_hour(nanjing)
    household, mother = family(nanjing)
    key = uuid4()
    first = sign_up(nanjing, session, household, mother, key=key)
    again = sign_up(nanjing, session, household, mother, key=key)
    assert (again.pk, taken(nanjing, session)) == (first.pk, (1, 1))


def test_another_page_of_the_same_family_is_told(nanjing):
    session = story_hour(nanjing)
    household, mother = family(nanjing, children=2)
    sign_up(nanjing, session, household, mother)
    (refusal,) = no(nanjing, session, household, mother, children=2)
    assert refusal.code == "registered_already"
    assert str(refusal.text) == "您的家庭已报名这场活动。"


def test_a_child_of_two_families_sits_once(nanjing):
    """A child hangs on one household; what another family cannot choose is not found at all."""
    session = story_hour(nanjing)
    (mine, mother), (theirs, father) = family(nanjing), family(nanjing)
    chosen = party(theirs)
    with inside(nanjing):
        refusals = refused(
            register, household=mine, session=session, party=chosen, by=mother, request_key=uuid4(), at=clock.now()
        )
        assert [one.code for one in refusals] == ["no_such_child"]
        refusals = refused(
            register, household=theirs, session=session, party=chosen, by=mother, request_key=uuid4(), at=clock.now()
        )
    assert ([one.code for one in refusals], father.name) == (["not_a_member"], "王芳")


def test_two_siblings_and_one_place(nanjing):
    session = story_hour(nanjing, places=1)
    household, mother = family(nanjing, children=2)
    (refusal,) = no(nanjing, session, household, mother, children=2)
    assert (refusal.code, str(refusal.text)) == ("too_few_left", "只剩 1 个名额，您选了 2 个。")
    sign_up(nanjing, session, household, mother)
    other, father = family(nanjing)
    (refusal,) = no(nanjing, session, other, father)
    assert (refusal.code, taken(nanjing, session)) == ("full", (1, 1))


def test_without_a_number_of_places_everybody_comes(nanjing):
    session = story_hour(nanjing, places=None)
    for _number in range(3):
        sign_up(nanjing, session, *family(nanjing))
    assert taken(nanjing, session) == (3, 3)


@pytest.mark.parametrize(("months", "expected"), [(35, ["too_young"]), (36, []), (83, []), (84, ["too_old"])])
def test_ages_count_to_the_month_on_the_day_of_the_session(nanjing, months, expected):
    session = story_hour(nanjing)
    household, mother = family(nanjing)
    day = session.starts_at.astimezone(nanjing.zone).date()
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    with inside(nanjing):
        Child.objects.update(birth_month=date(year, month + 1, 1))
    assert months_on(date(year, month + 1, 1), day) == months
    if expected:
        assert [one.code for one in no(nanjing, session, household, mother)] == expected
    else:
        assert sign_up(nanjing, session, household, mother).counted == 1


@pytest.mark.parametrize(
    ("adults", "children", "expected"),
    [(0, 1, "adult_needed"), (1, 2, ""), (1, 3, "adult_needed"), (2, 3, ""), (3, 1, "too_many_adults")],
)
def test_grown_ups_come_along_as_the_activity_wants(nanjing, adults, children, expected):
    session = story_hour(nanjing, adult_needed=True, children_per_adult=2)
    household, mother = family(nanjing, children=3)
    if expected:
        assert [one.code for one in no(nanjing, session, household, mother, children=children, adults=adults)] == [
            expected
        ]
    else:
        assert sign_up(nanjing, session, household, mother, children=children, adults=adults).adults == adults


def test_nobody_is_nobody(nanjing):
    session = story_hour(nanjing)
    assert [one.code for one in no(nanjing, session, *family(nanjing), children=0)] == ["nobody"]


def test_a_family_brings_as_many_children_as_the_terms_say(nanjing):
    session = story_hour(nanjing, terms={"most_children": 1})
    (refusal,) = no(nanjing, session, *family(nanjing, children=2), children=2)
    assert (refusal.code, str(refusal.text)) == ("too_many_children", "这场活动每个家庭最多可带 1 个孩子。")


def test_a_child_whose_data_nobody_agrees_to_keep_is_not_registered(nanjing):
    session = story_hour(nanjing)
    household, mother = family(nanjing)
    (child,) = homes.children_of(household)
    homes.answered(household, CHILD_DATA, ConsentAnswer.REFUSED, mother, at=clock.now(), child=child)
    assert [one.code for one in no(nanjing, session, household, mother)] == ["not_agreed_to_keep"]


def test_whoever_left_the_family_registers_nobody(nanjing):
    session = story_hour(nanjing)
    household, mother = family(nanjing)
    with inside(nanjing):
        Member.objects.filter(role=MemberRole.GUARDIAN).update(left_at=clock.now())
    assert [one.code for one in no(nanjing, session, household, mother)] == ["not_a_member"]


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"opens_days": 1, "opens_at": time(0, 0)}, "not_open_yet"),
        ({"closes_hours": 24 * 4}, "closed"),
        ({"way": Way.FREE}, "no_sign_up"),
        ({"way": Way.PHONE}, "no_sign_up"),
    ],
)
def test_sign_up_has_its_time(nanjing, terms, code):
    session = story_hour(nanjing, terms=terms)
    assert [one.code for one in no(nanjing, session, *family(nanjing))] == [code]


def test_without_terms_or_called_off_nobody_signs_up(nanjing):
    session = story_hour(nanjing)
    with inside(nanjing):
        Session.objects.filter(pk=session.pk).update(called_off_at=clock.now(), call_off_reason="停电")
    assert [one.code for one in no(nanjing, session, *family(nanjing))] == ["called_off"]
    with inside(nanjing):
        Session.objects.filter(pk=session.pk).update(called_off_at=None, call_off_reason="")
        Terms.objects.all().delete()
    assert [one.code for one in no(nanjing, session, *family(nanjing))] == ["no_sign_up"]


# --- Changing and cancelling -----------------------------------------------------------------


def test_one_of_two_stays_at_home(nanjing):
    session = story_hour(nanjing, places=2)
    household, mother = family(nanjing, children=2)
    made = sign_up(nanjing, session, household, mother, children=2)
    with inside(nanjing):
        change_party(registration=made, party=party(household), by=mother, at=clock.now())
    assert taken(nanjing, session) == (1, 1)
    other, father = family(nanjing)
    sign_up(nanjing, session, other, father)
    with inside(nanjing):
        (refusal,) = refused(
            change_party, registration=made, party=party(household, children=2), by=mother, at=clock.now()
        )
        assert refusal.code == "full"
        assert Seat.objects.filter(registration=made, ended_at=None).count() == 1
    assert taken(nanjing, session) == (2, 2)


def test_a_child_comes_in_place_of_another(nanjing):
    session = story_hour(nanjing, places=1)
    household, mother = family(nanjing, children=2)
    made = sign_up(nanjing, session, household, mother)
    second = homes.children_of(household)[1]
    with inside(nanjing):
        change_party(registration=made, party=Party((second.code,)), by=mother, at=clock.now())
        live = Seat.objects.filter(registration=made, ended_at=None).values_list("child__name", flat=True)
        assert (list(live), taken(nanjing, session)) == ([second.name], (1, 1))


def test_a_cancelled_place_is_free_again_and_a_second_tap_says_the_same(nanjing):
    session = story_hour(nanjing, places=1)
    household, mother = family(nanjing)
    made = sign_up(nanjing, session, household, mother)
    with inside(nanjing):
        first = cancel(registration=made, by=mother, at=clock.now())
        again = cancel(registration=made, by=mother, at=clock.now())
    assert (first.ending, again.ended_at, taken(nanjing, session)) == (Ending.BY_FAMILY, first.ended_at, (0, 0))
    other, father = family(nanjing)
    sign_up(nanjing, session, other, father)
    assert [one.code for one in no(nanjing, session, household, mother)] == ["full"]


def test_after_the_time_only_staff_cancel(nanjing):
    session = story_hour(nanjing, terms={"cancel_hours": 24 * 4})
    household, mother = family(nanjing)
    made = sign_up(nanjing, session, household, mother)
    with inside(nanjing):
        (refusal,) = refused(cancel, registration=made, by=mother, at=clock.now())
        assert refusal.code == "too_late"
        (refusal,) = refused(cancel_for, registration=made, reason=" ", by=mother, at=clock.now())
        assert refusal.code == "reason_needed"
        done = cancel_for(registration=made, reason="家长来电取消", by=mother, at=clock.now())
    assert (done.ending, done.end_reason, taken(nanjing, session)) == (Ending.BY_STAFF, "家长来电取消", (0, 0))


def test_whoever_cancelled_may_come_back(nanjing):
    session = story_hour(nanjing)
    household, mother = family(nanjing)
    made = sign_up(nanjing, session, household, mother)
    with inside(nanjing):
        cancel(registration=made, by=mother, at=clock.now() + timedelta(seconds=1))
    assert sign_up(nanjing, session, household, mother).pk != made.pk
    with inside(nanjing):
        assert Registration.objects.count() == 2


# --- Outside ---------------------------------------------------------------------------------


def test_who_meets_outside_accepts_the_safety_notice_first(nanjing):
    session = story_hour(nanjing)
    household, mother = family(nanjing)
    with inside(nanjing):
        first, second = (
            SafetyNotice.objects.create(title="户外须知", version=version, text="请拉好手。") for version in (1, 2)
        )
        Session.objects.filter(pk=session.pk).update(
            place_kind=PlaceKind.MEETING_POINT, place_name="玄武湖公园南门", safety_notice=second
        )
    codes = tuple(child.code for child in homes.children_of(household))
    for accepts, words in ((None, "请先阅读并同意“户外须知”。"), (first.pk, "“户外须知”刚刚更新。")):
        with inside(nanjing):
            (refusal,) = refused(
                register,
                household=household,
                session=session,
                party=Party(codes, accepts=accepts),
                by=mother,
                request_key=uuid4(),
                at=clock.now(),
            )
        assert (refusal.code, str(refusal.text)) == ("notice_not_accepted", words)
    with inside(nanjing):
        made = register(
            household=household,
            session=session,
            party=Party(codes, accepts=second.pk),
            by=mother,
            request_key=uuid4(),
            at=clock.now(),
        )
    assert made.accepted == second
