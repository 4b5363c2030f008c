"""Consents: asked, answered, withdrawn, run out; one live answer each, and a history without gaps."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import clock
from kit.refusals import Refused
from networks.choices import PrivacyTextKind
from networks.commands.privacy import draft_privacy_text, publish_privacy_text
from networks.models import JournalLine, inside
from people.choices import ConsentAnswer, ConsentEnd, MemberRole
from people.forms import ConsentFields
from people.models import Consent
from people.queries.consents import answers_of, is_given, missing
from people.registers import CHILD_DATA, OWN_LOGIN, PHOTO
from tests.browsers import browser
from tests.people.homes import answered, children_of, home, withdrawn

pytestmark = pytest.mark.django_db
GIVEN, REFUSED = ConsentAnswer.GIVEN, ConsentAnswer.REFUSED


@pytest.fixture
def mother(nanjing_cast):
    return nanjing_cast["reader"]


@pytest.fixture
def grandmother(nanjing_cast):
    return nanjing_cast["neighbour"]


@pytest.fixture
def family(nanjing, mother, grandmother):
    return home(nanjing, mother, carer=grandmother)


@pytest.fixture
def at_home(nanjing):
    with inside(nanjing):
        yield


def consents_of(family):
    with inside(family.network):
        return list(Consent.objects.order_by("pk").values_list("pk", "ended_at"))


def new_rules(network):
    with inside(network):
        draft_privacy_text(kind=PrivacyTextKind.CHILDREN, body="新", responsible="许文静", contact="025", actor=None)
        publish_privacy_text(kind=PrivacyTextKind.CHILDREN, at=clock.now(), actor=None)


def test_a_new_family_is_asked_everything_and_then_only_what_is_open(family, mother, at_home):
    (child,) = children_of(family)
    purposes = (CHILD_DATA, PHOTO, OWN_LOGIN)
    assert [each.purpose for each in missing(None, None, purposes)] == [CHILD_DATA, PHOTO, OWN_LOGIN]
    assert [each.purpose for each in missing(family, child, purposes)] == [PHOTO, OWN_LOGIN]
    answered(family, PHOTO, REFUSED, mother, at=clock.now(), child=child)
    assert [each.purpose for each in missing(family, child, purposes)] == [OWN_LOGIN]


def test_new_words_are_asked_again_and_the_old_answer_still_stands(nanjing, family, mother, at_home):
    (child,) = children_of(family)
    new_rules(nanjing)
    assert [(each.purpose, each.version) for each in missing(family, child, [CHILD_DATA])] == [(CHILD_DATA, 2)]
    assert is_given(family, CHILD_DATA, child)
    answered(family, CHILD_DATA, GIVEN, mother, at=clock.now(), child=child)
    assert missing(family, child, [CHILD_DATA]) == []


def test_what_was_agreed_is_taken_back_and_agreed_again(family, mother, at_home):
    (child,) = children_of(family)
    at = clock.now()
    photo = answered(family, PHOTO, GIVEN, mother, at=at)
    withdrawn(photo, mother, at=at + timedelta(minutes=1))
    assert not is_given(family, PHOTO)
    answered(family, PHOTO, GIVEN, mother, at=at + timedelta(minutes=2))
    assert is_given(family, PHOTO, child)
    history = list(Consent.objects.filter(purpose=PHOTO.key).order_by("pk").values_list("answer", "end"))
    assert history == [(GIVEN, ConsentEnd.WITHDRAWN), (REFUSED, ConsentEnd.REPLACED), (GIVEN, "")]
    lines = JournalLine.objects.filter(verb="people.consent_answered", values__purpose=PHOTO.key).order_by("pk")
    assert [(line.actor_id, line.values["answer"]) for line in lines] == [
        (mother.pk, "given"),
        (mother.pk, "refused"),
        (mother.pk, "given"),
    ]


def test_taking_back_twice_is_refused_in_words(family, mother, at_home):
    photo = answered(family, PHOTO, GIVEN, mother, at=clock.now())
    withdrawn(photo, mother, at=clock.now())
    with pytest.raises(Refused) as no:
        withdrawn(photo, mother, at=clock.now())
    assert no.value.codes == ("ended_already",)


def test_the_same_answer_twice_is_one(family, mother, at_home):
    first = answered(family, PHOTO, GIVEN, mother, at=clock.now())
    assert answered(family, PHOTO, GIVEN, mother, at=clock.now()).pk == first.pk


@pytest.mark.parametrize(
    "case",
    [
        (PHOTO, GIVEN, MemberRole.CARER, "guardians_answer"),
        (PHOTO, REFUSED, MemberRole.CARER, "guardians_answer"),
        (OWN_LOGIN, GIVEN, MemberRole.CARER, "guardians_answer"),
        (CHILD_DATA, REFUSED, MemberRole.CARER, "guardians_answer"),
        (CHILD_DATA, GIVEN, MemberRole.CARER, "a_guardian_answered"),
        (CHILD_DATA, GIVEN, MemberRole.YOUNG, "guardians_answer"),
        (PHOTO, GIVEN, MemberRole.YOUNG, "guardians_answer"),
    ],
)
def test_only_guardians_answer(family, grandmother, case):
    purpose, answer, role, code = case
    (child,) = children_of(family)
    before = consents_of(family)
    with pytest.raises(Refused) as no:
        answered(family, purpose, answer, grandmother, at=clock.now(), child=child, as_role=role)
    assert (no.value.codes, consents_of(family)) == ((code,), before)


def test_what_a_carer_declares_holds_for_thirty_days_until_a_guardian_answers(nanjing, mother, grandmother, at_home):
    family = home(nanjing, mother, carer=grandmother)
    (child,) = children_of(family)
    Consent.objects.all().delete()
    at = clock.now()
    declared = answered(family, CHILD_DATA, GIVEN, grandmother, at=at, child=child, as_role=MemberRole.CARER)
    assert declared.expires_at == at + timedelta(days=30)
    day30 = at + timedelta(days=30)
    assert [is_given(family, CHILD_DATA, child, at=when) for when in (at, day30)] == [True, False]
    assert [each.purpose for each in missing(family, child, [CHILD_DATA], at=day30)] == [CHILD_DATA]
    confirmed = answered(family, CHILD_DATA, GIVEN, mother, at=at + timedelta(days=1), child=child)
    assert (confirmed.expires_at, confirmed.given_as) == (None, MemberRole.GUARDIAN)
    assert is_given(family, CHILD_DATA, child, at=day30)


def test_a_child_of_another_family_is_not_answered_for(nanjing, nanjing_cast, family, at_home):
    other = home(nanjing, nanjing_cast["planner"])
    (theirs,) = children_of(other)
    with pytest.raises(Refused) as no:
        answered(family, CHILD_DATA, GIVEN, nanjing_cast["reader"], at=clock.now(), child=theirs)
    assert no.value.codes == ("no_such_child",)


@pytest.mark.parametrize("children", [1, 4])
def test_all_answers_of_a_family_take_three_statements(nanjing, mother, at_home, children):
    family = home(nanjing, mother, children=children)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        standings = answers_of(family)
        assert [str(standing.live.given_by) for standing in standings if standing.live] == ["王芳"] * children
    assert (len(standings), len(asked)) == (1 + 2 * children, 3)


def test_what_a_carer_declared_is_shown_as_she_said_it(nanjing, mother, grandmother, at_home):
    family = home(nanjing, mother, carer=grandmother)
    (child,) = children_of(family)
    Consent.objects.all().delete()
    answered(family, CHILD_DATA, GIVEN, grandmother, at=clock.now(), child=child, as_role=MemberRole.CARER)
    path = f"/me/family/{family.code}/consents/{child.code}/{CHILD_DATA.key}/"
    page = browser(grandmother).get(path).content.decode()
    assert ("我声明" in page, "<strong>声明</strong>" in page, "我是孩子的监护人" in page) == (True, True, False)


# --- The fields ----------------------------------------------------------------------------


def test_nothing_is_chosen_beforehand_and_both_answers_are_kept(nanjing, at_home):
    asked = missing(None, None, [CHILD_DATA, PHOTO])
    page = ConsentFields(asked=asked)
    assert "checked" not in page.as_p()
    empty = ConsentFields({}, asked=asked)
    assert sorted(empty.errors) == ["consent_people_child_data", "consent_people_photo"]
    typed = {
        "consent_people_child_data": "on",
        "consent_people_child_data_shown": "1",
        "consent_people_photo": "refused",
        "consent_people_photo_shown": "1",
    }
    form = ConsentFields(typed, asked=asked)
    assert form.is_valid()
    assert form.consent_answers() == [(CHILD_DATA, GIVEN, 1), (PHOTO, REFUSED, 1)]


def test_a_carer_is_asked_only_what_she_may_declare(nanjing, at_home):
    form = ConsentFields(asked=missing(None, None, [CHILD_DATA, PHOTO, OWN_LOGIN]), as_role=MemberRole.CARER)
    assert [question.purpose for _field, _shown, question in form.consent_fields] == [CHILD_DATA]
    assert "我声明" in str(form["consent_people_child_data"].label)


# --- Any sequence --------------------------------------------------------------------------


ACTS = st.lists(
    st.tuples(st.sampled_from(["give", "refuse", "withdraw", "again"]), st.sampled_from([0, 1, 2])), max_size=12
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_any_sequence_leaves_one_live_answer_each_and_no_gap(nanjing, family, mother, acts):
    with inside(nanjing):
        Consent.objects.all().delete()
        (child,) = children_of(family)
        start = clock.now()
        for minute, (act, which) in enumerate(acts):
            purpose, at = (CHILD_DATA, PHOTO, OWN_LOGIN)[which], start + timedelta(minutes=minute)
            live = Consent.objects.filter(purpose=purpose.key, ended_at=None).first()
            if act == "withdraw" and live is not None and live.answer == GIVEN:
                withdrawn(live, mother, at=at)
            elif act != "withdraw":
                # "again" comes from a clock that is a little behind.
                behind = timedelta(minutes=5 if act == "again" else 0)
                answered(family, purpose, REFUSED if act == "refuse" else GIVEN, mother, at=at - behind, child=child)
        for purpose in (CHILD_DATA, PHOTO, OWN_LOGIN):
            rows = list(Consent.objects.filter(purpose=purpose.key).order_by("pk"))
            assert [row.ended_at for row in rows[:-1]] == [row.given_at for row in rows[1:]]
            assert [row.ended_at is None for row in rows] == [False] * (len(rows) - 1) + [True] * bool(rows)
