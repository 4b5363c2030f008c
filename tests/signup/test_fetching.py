"""Where children stay without an adult: it is said before sign-up, and the family says who fetches them."""

from datetime import timedelta

import pytest
from django.db import transaction

from kit import clock
from kit.refusals import Refused
from networks.models import JournalLine, inside
from people.choices import MemberRole, Relation
from people.models import Child, Household, Member
from people.registers.holdings import Owner, holdings
from programmes.planning.models import Activity, Session
from programmes.signup.commands.fetching import Other, Said, say_who_fetches
from programmes.signup.commands.terms import set_terms
from programmes.signup.models import Fetcher, GoesAlone, Registration, Terms
from programmes.signup.queries.families import registrations
from programmes.signup.queries.fetching import comers_of
from tests.browsers import browser, person
from tests.door.doors import opened
from tests.signup.signing import family, sign_up, story_hour

pytestmark = pytest.mark.django_db
OTHER = Other("赵敏", "邻居", "+8613800138055")


@pytest.fixture
def stay(nanjing):
    """A registration to a session without adults, and the mother who made it."""
    session = story_hour(nanjing, terms={"hand_over": True, "alone_from": 5})
    household, by = family(nanjing, children=2)
    row = sign_up(nanjing, session, household, by, children=2)
    with inside(nanjing):
        return registrations().get(pk=row.pk), by


def say(network, row, by, *, adults=None, other=None, alone=None, at=None):
    with inside(network):
        mine = registrations().get(pk=row.pk)
        chosen = (by.pk,) if adults is None else adults
        say_who_fetches(registration=mine, said=Said(chosen, other, alone), by=by, at=at or clock.now())


def who(network, row):
    with inside(network):
        comers, is_said = comers_of([row])[row.pk]
        return [(one.name, one.relation, one.phone) for one in comers], is_said


def text(answer):
    return answer.content.decode()


def test_it_is_said_before_sign_up_on_the_events_page_and_on_the_sheet(nanjing):
    session = story_hour(nanjing, terms={"hand_over": True, "alone_from": 10})
    _household, by = family(nanjing)
    client = browser(by)
    for address in (f"/events/{session.code}/", f"/events/{session.code}/sign-up/"):
        page = text(client.get(address))
        assert ("本活动家长不陪同，结束时请到馆接孩子" in page, "满 10 岁" in page) == (True, True)
    with inside(nanjing):
        Terms.objects.update(hand_over=False, alone_from=None)
    assert "家长不陪同" not in text(client.get(f"/events/{session.code}/sign-up/"))


def test_after_signing_up_one_is_asked_who_fetches(nanjing):
    session = story_hour(nanjing, terms={"hand_over": True})
    household, by = family(nanjing)
    client, address = browser(by), f"/events/{session.code}/sign-up/"
    key = client.get(address).context["families"][0][1].party["request_key"].value()
    with inside(nanjing):
        child = Child.objects.get(household=household)
    sent = {"household": household.code, "request_key": key, "children": child.code, "adults": "0"}
    answer = client.post(address, sent)
    with inside(nanjing):
        row = Registration.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/me/sign-ups/{row.code}/fetch/")
    page = text(client.get(answer["Location"]))
    assert ("谁来接孩子" in page, f'value="{by.pk}" checked' in page or "checked" in page) == (True, True)


def test_until_it_is_said_any_grown_up_of_the_family_may_fetch(nanjing, stay):
    row, by = stay
    assert who(nanjing, row) == ([("王芳", "", "")], False)
    grandmother = person(nanjing, "13800138066", name="李桂英")
    with inside(nanjing), transaction.atomic():
        Member.objects.create(
            household_id=row.household_id, person=grandmother, role=MemberRole.CARER, relation=Relation.OTHER
        )
    assert who(nanjing, row)[0][1][0] == "李桂英"
    say(nanjing, row, by, adults=(grandmother.pk,))
    assert [name for name, _relation, _phone in who(nanjing, row)[0]] == ["李桂英"]


def test_somebody_outside_the_family_is_named_with_a_sealed_number(nanjing, stay):
    row, by = stay
    say(nanjing, row, by, adults=(), other=OTHER)
    assert who(nanjing, row) == ([("赵敏", "邻居", "+8613800138055")], True)
    with inside(nanjing):
        kept = Fetcher.objects.get()
        assert ("138" in kept.phone_sealed, kept.person) == (False, None)
        line = JournalLine.objects.get(verb="signup.fetchers_said")
        assert (line.values, line.actor_id) == ({"grown_ups": 0, "others": 1, "alone": None}, by.pk)


def test_saying_it_again_replaces_what_was_said(nanjing, stay):
    row, by = stay
    for _twice in range(2):
        say(nanjing, row, by, other=OTHER)
    say(nanjing, row, by)
    assert [name for name, _relation, _phone in who(nanjing, row)[0]] == ["王芳"]


def test_a_guardian_lets_one_child_go_alone_and_the_other_is_fetched(nanjing, stay):
    row, by = stay
    first, second = [seat.child_id for seat in row.seats.all()]
    with pytest.raises(Refused) as told:
        say(nanjing, row, by, adults=(), alone=(first,))
    assert told.value.codes == ("nobody_fetches",)
    say(nanjing, row, by, adults=(), alone=(first, second))
    with inside(nanjing):
        assert GoesAlone.objects.count() == 2
    say(nanjing, row, by, alone=(second,))
    say(nanjing, row, by, alone=None)
    with inside(nanjing):
        assert list(GoesAlone.objects.values_list("seat__child", flat=True)) == [second]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends_at": -timedelta(minutes=1)}, "over"),
        ({"called_off": True}, "called_off"),
        ({"hand_over": False}, "nobody_is_fetched"),
    ],
)
def test_when_it_can_no_longer_be_said(nanjing, stay, change, code):
    row, by = stay
    with inside(nanjing):
        if "hand_over" in change:
            Terms.objects.update(hand_over=False, alone_from=None)
        elif "called_off" in change:
            Session.objects.update(called_off_at=clock.now(), call_off_reason="停电")
        else:
            opened(nanjing, row.session, starts_in=-timedelta(hours=3))
    with pytest.raises(Refused) as told:
        say(nanjing, row, by)
    assert told.value.codes == (code,)
    assert browser(by).get(f"/me/sign-ups/{row.code}/fetch/").status_code == 200


def test_the_page_takes_a_neighbour_with_the_neighbours_agreement(nanjing, stay):
    row, by = stay
    client, address = browser(by), f"/me/sign-ups/{row.code}/fetch/"
    sent = {"adults": [by.pk], "name": "赵敏", "relation": "邻居", "phone": "138 0013 8055"}
    refused = client.post(address, sent)
    assert (refused.status_code, "请先征得对方同意" in text(refused)) == (422, True)
    bad = client.post(address, {**sent, "phone": "12", "agreed": "on"})
    assert bad.status_code == 422
    assert client.post(address, {**sent, "agreed": "on"}).status_code == 303
    page = text(client.get(f"/me/sign-ups/{row.code}/"))
    assert ("赵敏" in page, "邻居" in page, "8055" in page) == (True, True, False)
    assert client.post(address, {}).status_code == 422


def test_only_a_guardian_is_asked_who_goes_alone_and_only_of_the_age(nanjing, stay):
    row, by = stay
    client, address = browser(by), f"/me/sign-ups/{row.code}/fetch/"
    assert "可自行离开" in text(client.get(address))
    carer = person(nanjing, "13800138066", name="李桂英")
    with inside(nanjing), transaction.atomic():
        Member.objects.create(household_id=row.household_id, person=carer, role=MemberRole.CARER)
    assert 'name="alone"' not in text(browser(carer).get(address))
    with inside(nanjing):
        Terms.objects.update(alone_from=12)
    assert 'name="alone"' not in text(client.get(address))


def test_strangers_do_not_find_the_page(nanjing, stay):
    row, _by = stay
    _household, stranger = family(nanjing)
    assert browser(stranger).get(f"/me/sign-ups/{row.code}/fetch/").status_code == 404


def test_terms_do_not_ask_for_an_adult_and_for_none(nanjing, nanjing_cast):
    session = story_hour(nanjing)
    with inside(nanjing):
        Activity.objects.update(adult_needed=True)
        activity = Activity.objects.get(pk=session.activity_id)
        for values, code in (({"hand_over": True}, "adult_needed"), ({"alone_from": 9}, "nobody_is_fetched")):
            with pytest.raises(Refused) as told:
                set_terms(activity=activity, values=values, by=nanjing_cast["planner"])
            assert told.value.codes == (code,)


def test_who_fetches_is_taken_home_erased_and_gone_after_a_month(nanjing, stay):
    row, by = stay
    say(nanjing, row, by, other=OTHER, alone=(row.seats.all()[0].child_id,))
    kept = holdings["signup.fetchers"]
    with inside(nanjing):
        home = Household.objects.get(pk=row.household_id)
        (section,) = kept.export(Owner(person=by, households=(home,)))
        assert [cells[2:] for cells in section.rows] == [("王芳", ""), ("赵敏", "邻居")]
        later = row.session.ends_at + timedelta(days=1)
        assert (kept.retention.due(row.session.ends_at).count(), kept.retention.due(later).count()) == (0, 2)
        with transaction.atomic():
            assert kept.retention.purge(later, 10, later) == 2
        assert (Fetcher.objects.count(), GoesAlone.objects.count()) == (0, 0)
    say(nanjing, row, by, other=OTHER)
    with inside(nanjing), transaction.atomic():
        assert kept.erase(Owner(households=(home,)), clock.now()) == 2
