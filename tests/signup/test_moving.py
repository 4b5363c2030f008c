"""A family is moved to another session by staff; and after any move nobody is held to the time of cancelling."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from kit import clock
from kit.refusals import Refused
from networks.models import JournalLine, inside
from notifications.models import Message
from programmes.planning.choices import PlaceKind
from programmes.planning.models import Session
from programmes.signup.choices import Ending
from programmes.signup.commands.changing import cancel
from programmes.signup.commands.moving import move_to
from programmes.signup.commands.questions import FIELDS, change_question
from programmes.signup.commands.registering import register
from programmes.signup.models import Answer, Question, Registration, Seat, Terms
from tests.people import homes
from tests.people.conftest import relay
from tests.planning import plans
from tests.signup.asking import ask
from tests.signup.signing import another, family, party, sign_up, story_hour, taken

pytestmark = pytest.mark.django_db

WHY = "应您的要求改期"


@pytest.fixture
def first(nanjing):
    return story_hour(nanjing, terms={"cancel_hours": 24 * 30})


@pytest.fixture
def second(nanjing, first):
    return another(nanjing, first.activity, later=timedelta(days=10))


def move(network, registration, session, by, *, reason=WHY, passing=""):
    with inside(network):
        return move_to(
            registration=registration, session=session, reason=reason, passing=passing, by=by, at=clock.now()
        )


def no(network, registration, session, by, **said):
    with pytest.raises(Refused) as refused:
        move(network, registration, session, by, **said)
    return list(refused.value.codes)


def test_all_of_a_family_go_and_their_places_with_them(nanjing, nanjing_cast, first, second):
    household, mother = family(nanjing, children=2)
    old = sign_up(nanjing, first, household, mother, children=2, adults=1)
    relay(nanjing)
    with inside(nanjing):
        Message.objects.all().delete()
    made = move(nanjing, old, second, nanjing_cast["planner"])
    assert (taken(nanjing, first), taken(nanjing, second)) == ((0, 0), (2, 2))
    with inside(nanjing):
        old.refresh_from_db()
        assert (old.ending, old.end_reason, made.follows_id, made.by) == (Ending.MOVED, WHY, old.pk, mother)
        seats = Seat.objects.filter(registration=made, ended_at=None)
        assert (seats.count(), seats.exclude(child=None).count(), made.adults) == (3, 2, 1)
        line = JournalLine.objects.get(verb="signup.registered", subject_id=made.pk)
        assert (line.actor_id, line.reason) == (nanjing_cast["planner"].pk, WHY)
        assert made.ticket != old.ticket
    relay(nanjing)
    with inside(nanjing):
        (message,) = Message.objects.all()
        assert (message.person, message.kind) == (mother, "signup.moved")


def test_nobody_is_moved_where_they_cannot_be(nanjing, nanjing_cast, first, second):
    planner = nanjing_cast["planner"]
    household, mother = family(nanjing, children=2)
    old = sign_up(nanjing, first, household, mother, children=2)
    with inside(nanjing):
        small = Session.objects.get(pk=another(nanjing, first.activity, later=timedelta(days=5)).pk)
        Session.objects.filter(pk=small.pk).update(capacity=1)
    assert no(nanjing, old, small, planner) == ["full"]
    assert no(nanjing, old, first, planner) == ["same_session"]
    assert no(nanjing, old, second, planner, reason=" ") == ["reason_needed"]
    there = sign_up(nanjing, second, household, mother)
    assert no(nanjing, old, second, planner) == ["registered_already"]
    with inside(nanjing):
        cancel_freely(there, mother)
        Session.objects.filter(pk=second.pk).update(called_off_at=clock.now(), call_off_reason="停电")
    assert no(nanjing, old, second, planner) == ["not_open"]
    assert (taken(nanjing, first), taken(nanjing, small), taken(nanjing, second)) == ((2, 2), (0, 0), (0, 0))
    with inside(nanjing):
        assert Registration.objects.filter(ended_at=None).count() == 1


def cancel_freely(registration, by):
    """As if its session had been moved a moment ago."""
    Session.objects.filter(pk=registration.session_id).update(moved_at=clock.now())
    return cancel(registration=registration, by=by, at=clock.now())


def test_after_a_move_a_family_leaves_when_it_likes_and_who_came_later_does_not(nanjing, nanjing_cast, first, second):
    """Of a session that can be cancelled until thirty days before."""
    (home, mother), (other, father), (late, uncle) = family(nanjing), family(nanjing), family(nanjing)
    held = sign_up(nanjing, first, home, mother)
    with inside(nanjing), pytest.raises(Refused, match="too_late"):
        cancel(registration=held, by=mother, at=clock.now())
    with inside(nanjing):
        assert cancel_freely(held, mother).ending == Ending.BY_FAMILY
    after = sign_up(nanjing, first, late, uncle)
    with inside(nanjing), pytest.raises(Refused, match="too_late"):
        cancel(registration=after, by=uncle, at=clock.now())
    made = move(nanjing, sign_up(nanjing, first, other, father), second, nanjing_cast["planner"])
    with inside(nanjing):
        assert cancel(registration=made, by=father, at=clock.now()).ending == Ending.BY_FAMILY


def test_the_page_offers_what_fits_and_the_family_finds_its_way(nanjing, nanjing_cast, first, second):
    mother = nanjing_cast["reader"]
    old = sign_up(nanjing, first, homes.home(nanjing, mother), mother)
    browser, address = nanjing_cast.client("planner"), f"/plan/sign-ups/{old.code}/"
    assert f'value="{second.code}"' in browser.get(address).content.decode()
    refused = browser.post(f"{address}move/", {"session": second.code})
    assert (refused.status_code, 'signup-more" open' in refused.content.decode()) == (422, True)
    done = browser.post(f"{address}move/", {"session": second.code, "reason": WHY})
    with inside(nanjing):
        made = Registration.objects.get(follows=old)
    assert done["Location"] == f"/plan/sign-ups/{made.code}/"
    assert f"/plan/sign-ups/{made.code}/" in browser.get(address).content.decode()
    reader = nanjing_cast.client("reader")
    page = reader.get(f"/me/sign-ups/{old.code}/").content.decode()
    assert (WHY in page, f"/me/sign-ups/{made.code}/" in page) == (True, True)
    assert "随时取消" in reader.get(f"/me/sign-ups/{made.code}/").content.decode()


def camp_beside(network, session, **terms):
    """Another activity, at the same venue."""
    planned = plans.activity("夏令营", programme=session.activity.programme)
    Terms.objects.create(activity=planned, **terms)
    other, venue = another(network, planned), plans.room().venue
    at_venue = {"place_kind": PlaceKind.VENUE, "venue": venue, "area": venue.area}
    Session.objects.filter(pk__in=[session.pk, other.pk]).update(**at_venue)
    return other


class TestAnswers:
    """What a family answered goes where the same questions are asked."""

    @pytest.fixture
    def told(self, nanjing, nanjing_cast, first):
        mother = nanjing_cast["reader"]
        household = homes.home(nanjing, mother, children=2)
        with inside(nanjing):
            way = ask(first, 1, label="怎么来", is_required=True)
            size = ask(first, 2, label="身高", per_child=True)
            answers = {(way.pk, ""): "坐班车"}
            for child, value in zip(homes.children_of(household), ("110", "120"), strict=True):
                answers[size.pk, child.code] = value
            chosen = replace(party(household, children=2), answers=answers)
            return register(
                household=household, session=first, party=chosen, by=mother, request_key=uuid4(), at=clock.now()
            )

    def answers(self, row):
        rows = Answer.objects.filter(registration=row).order_by("question__place", "seat__child__pk")
        return list(rows.values_list("question__label", "seat__child__name", "value"))

    def test_they_come_along_within_the_activity(self, nanjing, nanjing_cast, told, second):
        with inside(nanjing):
            way = Question.objects.get(label="怎么来")
            values = {name: getattr(way, name) for name in FIELDS} | {"label": "怎么到馆"}
            change_question(question=way, values=values, by=nanjing_cast["planner"], at=clock.now())
        browser, address = nanjing_cast.client("planner"), f"/plan/sign-ups/{told.code}/"
        done = browser.post(f"{address}move/", {"session": second.code, "reason": WHY})
        with inside(nanjing):
            made = Registration.objects.get(follows=told)
            expected = [("怎么来", None, "坐班车"), ("身高", "小雨", "110"), ("身高", "小宇", "120")]
            assert (self.answers(made), self.answers(told)) == (expected, expected)
            assert set(Answer.objects.filter(registration=made).values_list("seat__registration", flat=True)) == {
                None,
                made.pk,
            }
        assert "尚未回答" not in browser.get(done["Location"]).content.decode()

    def test_another_activity_is_told_of_before_and_what_it_asks_stays_open(self, nanjing, nanjing_cast, told, first):
        with inside(nanjing):
            other = camp_beside(nanjing, first)
            ask(other, 1, label="过敏", per_child=True, is_required=True)
            ask(other, 2, label="想说的话")
        browser, address = nanjing_cast.client("planner"), f"/plan/sign-ups/{told.code}/"
        sent = {"session": other.code, "reason": WHY}
        asked = browser.post(f"{address}move/", sent)
        page = asked.content.decode()
        assert (asked.status_code, taken(nanjing, other)) == (422, (0, 0))
        assert ("3 项回答不会带过去" in page, "<li>过敏</li>" in page, "想说的话" in page) == (True, True, False)
        assert f'name="knows" value="{other.code}"' in page
        done = browser.post(f"{address}move/", {**sent, "knows": other.code})
        with inside(nanjing):
            made = Registration.objects.get(follows=told)
            assert self.answers(made) == []
        page = browser.get(done["Location"]).content.decode()
        assert ("<li>小雨 · 过敏</li>" in page, "<li>小宇 · 过敏</li>" in page) == (True, True)
        family_page = nanjing_cast.client("reader").get(f"/me/sign-ups/{made.code}/").content.decode()
        assert ("小雨 · 过敏；小宇 · 过敏" in family_page, f"/me/sign-ups/{made.code}/change/" in family_page) == (
            True,
            True,
        )


def test_to_what_is_for_a_circle_alone_a_family_goes_with_a_reason(nanjing, nanjing_cast, first):
    household, mother = family(nanjing)
    old, planner = sign_up(nanjing, first, household, mother), nanjing_cast["planner"]
    with inside(nanjing):
        other = camp_beside(nanjing, first, is_closed=True)
    assert no(nanjing, old, other, planner) == ["reason_needed"]
    made = move(nanjing, old, other, planner, passing="馆员子女")
    with inside(nanjing):
        line = JournalLine.objects.get(verb="signup.limit_passed")
        assert (line.subject_id, line.reason, line.actor_id) == (made.pk, "馆员子女", planner.pk)
