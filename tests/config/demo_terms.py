"""What the demo's courses, caps, circles, questions, approvals and classes promise, asked of their rows."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from config.demo.circles import CLASS_CIRCLE, CLUB_CIRCLE, INVITED_CIRCLE
from kit import clock
from notifications.choices import LetterState
from notifications.models import Letter
from people.models import Household
from people.queries.persons import person_with_phone
from people.rules import phones
from programmes.signup.choices import CapOf, Course, Ending, Source, State, Way
from programmes.signup.models import (
    Answer,
    Circle,
    CircleMember,
    Group,
    Places,
    Question,
    Registration,
    Terms,
    TermsCircle,
)
from programmes.signup.queries.courses import days_of
from programmes.signup.queries.questions import asked_by
from programmes.signup.rules.answers import against_answers, put
from programmes.signup.rules.caps import period_of
from programmes.signup.rules.groups import MOST_GUESTS
from programmes.signup.rules.party import counted


def every_kind_of_terms_is_there():
    """With something to come in each."""
    assert set(Terms.objects.values_list("course", flat=True)) == set(Course.values)
    assert set(Terms.objects.exclude(most_sessions=None).values_list("most_sessions", "cap_of")) == {(2, CapOf.FAMILY)}
    coming = Registration.objects.filter(ended_at=None, session__starts_at__gt=clock.now())
    terms = "session__activity__signup_terms"
    for course in (Course.CHOSEN, Course.WHOLE):
        days = coming.filter(together__isnull=False, **{f"{terms}__course": course})
        assert days.values("together").distinct().count() >= 5
    assert coming.filter(**{f"{terms}__most_sessions__isnull": False}).count() >= 5
    assert coming.filter(state=State.ASKED).count() >= 5
    assert coming.filter(state=State.HOLDS, approved_at__isnull=False).count() >= 5
    refused = Registration.objects.filter(ending=Ending.REFUSED)
    assert (refused.count(), refused.filter(end_reason="").count()) == (1, 0)
    assert coming.filter(answers__isnull=False).exists()
    for name in (CLASS_CIRCLE, CLUB_CIRCLE, INVITED_CIRCLE):
        assert Circle.objects.get(name=name).members.filter(left_at=None).count() >= 8
        assert coming.filter(**{f"{terms}__circle_lines__circle__name": name}).exists()
    _letters_are_there()


def _letters_are_there():
    """One is on its way, one waits for somebody who says yes."""
    waiting = [letter for letter in Letter.objects.all() if letter.state is LetterState.WAITING]
    assert (len(waiting), Letter.objects.filter(sent_at__isnull=False, people__gt=0).count()) == (1, 1)


def the_named_family_has_some_of_each(city):
    at = clock.now()
    mother = person_with_phone(phones.normal("13800000010"), network=city)
    household = Household.objects.get(members__person=mother)
    mine = Registration.objects.filter(household=household, ended_at=None, session__starts_at__gt=at)
    days = mine.filter(together__isnull=False)
    assert days.values("together").distinct().count() == 1
    assert 2 <= days.count() <= 4
    asked = mine.get(state=State.ASKED)
    assert asked.answers.count() >= 2
    assert mine.filter(session__activity__signup_terms__is_closed=True).count() == 1
    circles = CircleMember.objects.filter(household=household, left_at=None)
    assert list(circles.values_list("circle__name", "child")) == [(CLUB_CIRCLE, None)]


def every_family_kept_to_the_terms(city):
    with timezone.override(city.zone):
        rows = list(
            Registration.objects.filter(household__isnull=False)
            .select_related("session__activity__signup_terms", "session__area", "household")
            .prefetch_related("seats__child", "answers__seat__child", "answers__question")
        )
        _whole_courses_are_all_or_none(rows)
        _caps_hold(rows)
        _circles_are_among_themselves(rows)
        _answers_are_such_as_were_asked(rows)
        _approvals_are_where_they_belong(rows)
        _classes_could_come(city)


def _whole_courses_are_all_or_none(rows):
    together, days = defaultdict(list), {}
    for row in rows:
        if row.together is not None:
            together[row.together].append(row)
            assert row.session.activity.signup_terms.course != Course.EACH
        elif row.session.activity.signup_terms.course == Course.WHOLE:
            raise AssertionError(f"{row} takes a day of a course alone.")
    for found in together.values():
        sessions = [row.session for row in found]
        first = sessions[0]
        assert len({row.session_id for row in found}) == len(found) >= 2
        kept = {(row.household_id, row.by_id, row.adults, row.made_at, row.request_key) for row in found}
        assert (len(kept), {(one.activity_id, one.area_id) for one in sessions}) == (
            1,
            {(first.activity_id, first.area_id)},
        )
        assert len({frozenset(seat.child_id for seat in row.seats.all()) for row in found}) == 1
        if first.activity.signup_terms.course == Course.WHOLE:
            key = first.activity_id, first.area_id
            if key not in days:
                days[key] = {one.pk for one in days_of(first, at=found[0].made_at)}
            assert {one.pk for one in sessions} == days[key]


def _caps_hold(rows):
    came = defaultdict(int)
    for row in rows:
        terms = row.session.activity.signup_terms
        if terms.most_sessions is not None and row.ended_at is None:
            period = period_of(terms.cap_period, timezone.localtime(row.session.starts_at).date())
            whose = [seat.child_id for seat in row.seats.all()] if terms.cap_of == CapOf.CHILD else [row.household_id]
            for one in whose:
                came[terms.pk, terms.most_sessions, one, period] += 1
    assert [key for key, times in came.items() if key[2] is not None and times > key[1]] == []


def _circles_are_among_themselves(rows):
    """Each child who was signed up for what is for circles alone was in one of them then."""
    since = {}
    members = CircleMember.objects.values_list("circle__terms_lines__terms", "household", "child", "joined_at")
    for terms, household, child, joined_at in members:
        since[terms, household, child] = joined_at
    late = []
    for row in rows:
        terms = row.session.activity.signup_terms
        if terms.is_closed:
            for child in [seat.child_id for seat in row.seats.all() if seat.child_id is not None]:
                keys = ((terms.pk, row.household_id, None), (terms.pk, row.household_id, child))
                if not any(since.get(key, clock.now()) <= row.made_at for key in keys):
                    late.append(row)
    assert late == []
    assert set(TermsCircle.objects.values_list("terms", flat=True)) == set(
        Terms.objects.filter(is_closed=True).values_list("pk", flat=True)
    )
    assert not CircleMember.objects.exclude(child=None).exclude(child__household=F("household")).exists()
    assert not CircleMember.objects.filter(joined_at__lt=F("circle__made_at")).exists()
    assert not CircleMember.objects.filter(joined_at__lt=F("household__made_at")).exists()


def _answers_are_such_as_were_asked(rows):
    questions = {terms.activity_id: asked_by(terms) for terms in Terms.objects.filter(asks=True)}
    assert not Terms.objects.filter(asks=False, questions__isnull=False).exists()
    for row in rows:
        given = {
            (answer.question_id, answer.seat.child.code if answer.seat else ""): answer.value
            for answer in row.answers.all()
        }
        asked = questions.get(row.session.activity_id, [])
        codes = [seat.child.code for seat in row.seats.all() if seat.child is not None]
        assert list(against_answers(asked, codes, given)) == []
        assert set(given) <= {(question.pk, code) for question, code, _value in put(asked, codes, given)}
    assert not Answer.objects.exclude(seat=None).exclude(seat__registration=F("registration")).exists()
    assert not Answer.objects.exclude(question__terms__activity=F("registration__session__activity")).exists()
    hanging = Question.objects.exclude(condition=None)
    assert hanging.filter(condition__terms=F("terms"), condition__place__lt=F("place")).count() == hanging.count() > 0


def _approvals_are_where_they_belong(rows):
    at = clock.now()
    for row in rows:
        terms = row.session.activity.signup_terms
        if not terms.approval:
            assert (row.approved_at, row.state == State.ASKED) == (None, False)
        elif row.approved_at is not None:
            assert row.made_at <= row.approved_at <= min(at, row.ended_at or at, row.session.ends_at)
        elif row.ended_at is None:
            assert row.state != State.HOLDS


def _classes_could_come(city):
    """With a list of names, a teacher, and places that are counted as theirs alone."""
    at = clock.now()
    groups = Registration.objects.filter(group__isnull=False, forgotten_at=None).select_related(
        "session__activity__signup_terms", "group"
    )
    for row in groups.prefetch_related("seats"):
        guests = [seat for seat in row.seats.all() if seat.guest]
        assert (row.source, row.session.activity.signup_terms.way) == (Source.GROUP, Way.PHONE)
        assert 0 < len({seat.guest for seat in guests}) == len(guests) <= MOST_GUESTS
        assert row.seats.count() == len(guests) + row.adults
        assert row.counted == counted(row.session, children=len(guests), adults=row.adults)
        assert row.group.contact_id is not None
        assert row.made_at <= min(at, row.session.starts_at)
        assert row.session.ends_at > at - timedelta(days=60)
    taken = Places.objects.filter(session__registrations__in=groups.filter(ended_at=None))
    assert set(taken.values_list("taken", flat=True)) == {row.counted for row in groups}
    assert groups.filter(session__starts_at__gt=at).exists()
    assert groups.filter(session__ends_at__lt=at).exists()
    assert Group.objects.count() == groups.count()
