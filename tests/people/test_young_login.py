"""A young person's own login: opened by a guardian for a number, accepted by whoever has it, ended by either."""

from datetime import timedelta

import pytest
import time_machine

from kit import clock
from networks.models import JournalLine, inside
from notifications.models import Message, ShownMessage
from people.commands.erasing import erase_person
from people.models import Child, Consent, JoinLink
from people.queries.joining import secret_of
from people.queries.persons import never_verified
from people.registers import OWN_LOGIN
from tests.browsers import browser, person
from tests.people import homes as made
from tests.people.conftest import person_of, relay
from tests.people.family import child_form, children, homes, words, young

pytestmark = pytest.mark.django_db
NUMBER, AGREED = "13800138033", {"consent_people_own_login": "given"}


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def home(nanjing, mother):
    """With one child, who is fifteen."""
    found = homes.home(nanjing, mother, children=0)
    browser(mother).post(f"/me/family/{found.code}/children/new/", child_form("王小雨", years=15))
    return found


def path_of(network, home):
    return f"/me/family/{home.code}/children/{children(network)[0].code}/login/"


def offer(network, mother, home, number=NUMBER, **form):
    return browser(mother).post(path_of(network, home), {"phone": number} | (form or AGREED))


def link_path(network):
    with inside(network):
        return f"/family/join/{secret_of(JoinLink.objects.select_related('network').get())}/"


def only_child(network):
    return children(network)[0]


def test_it_is_offered_accepted_and_used(nanjing, mother, home, sign_in):
    assert offer(nanjing, mother, home).status_code == 302
    relay(nanjing)
    with inside(nanjing):
        told = ShownMessage.objects.order_by("-pk").first()
    assert (told.to, "为您开通了自己的登录" in told.text) == (f"+86{NUMBER}", True)
    assert only_child(nanjing).person_id is None

    teen = sign_in(nanjing, NUMBER)
    assert teen.get("/me/family/")["Location"] == link_path(nanjing)
    assert "为您开通了自己的登录" in words(teen.get(link_path(nanjing)))
    assert teen.post(link_path(nanjing), {"answer": "yes"})["Location"] == f"/me/family/{home.code}/"
    assert "王小雨" in words(teen.get(f"/me/family/{home.code}/"))
    assert only_child(nanjing).person == person_of(nanjing, f"+86{NUMBER}")
    relay(nanjing)
    with inside(nanjing):
        kinds = Message.objects.filter(person=mother).values_list("kind", flat=True)
        assert list(kinds) == ["people.young_login_opened"]
        consent = Consent.objects.get(purpose=OWN_LOGIN.key)
    assert (consent.answer, consent.given_by_id) == ("given", mother.pk)


def test_saying_no_changes_nothing(nanjing, mother, home, sign_in):
    offer(nanjing, mother, home)
    assert sign_in(nanjing, NUMBER).post(link_path(nanjing), {"answer": "no"})["Location"] == "/me/"
    assert only_child(nanjing).person_id is None


def test_without_agreeing_nothing_is_offered(nanjing, mother, home):
    answer = offer(nanjing, mother, home, consent_people_own_login="refused")
    assert (answer.status_code, "选择了不同意" in words(answer)) == (422, True)
    with inside(nanjing):
        assert (JoinLink.objects.count(), Consent.objects.filter(purpose=OWN_LOGIN.key).count()) == (0, 0)


@pytest.mark.parametrize(
    ("years", "rules", "shown"), [(13, {}, False), (14, {}, True), (12, {"young_login_age": 12}, True)]
)
def test_from_the_age_that_the_library_set(nanjing, mother, years, rules, shown):
    nanjing.rules = rules
    nanjing.save(update_fields=["rules"])
    home = homes.home(nanjing, mother, children=0)
    browser(mother).post(f"/me/family/{home.code}/children/new/", child_form("王小雨", years=years, months=0))
    page = words(browser(mother).get(path_of(nanjing, home)))
    assert ("孩子自己的手机号" in page) == shown
    assert offer(nanjing, mother, home).status_code == (302 if shown else 422)


def test_a_number_of_the_family_is_refused_at_once(nanjing, mother, home):
    answer = offer(nanjing, mother, home, number="13800138010")
    assert (answer.status_code, "您家里一位大人的手机号" in words(answer)) == (422, True)


def test_whether_a_number_is_known_is_told_to_nobody_but_whoever_has_it(nanjing, mother, home):
    neighbour = person(nanjing, NUMBER, name="邻居")
    homes.home(nanjing, neighbour)
    assert offer(nanjing, mother, home).status_code == 302
    answer = browser(neighbour).post(link_path(nanjing), {"answer": "yes"})
    assert (answer.status_code, "一个家庭的大人" in words(answer)) == (422, True)
    with inside(nanjing):
        assert Child.objects.filter(person__isnull=False).count() == 0


def test_two_children_cannot_share_a_number(nanjing, mother, home):
    teen = person(nanjing, NUMBER)
    other = homes.home(nanjing, person(nanjing, "13800138077"))
    young(nanjing, other, teen)
    assert offer(nanjing, mother, home).status_code == 302
    answer = browser(teen).post(link_path(nanjing), {"answer": "yes"})
    assert (answer.status_code, "另一个孩子的登录" in words(answer)) == (422, True)


def test_whoever_else_has_the_address_finds_nothing(nanjing, mother, home):
    offer(nanjing, mother, home)
    for who in (mother, person(nanjing, "13800138099")):
        assert browser(who).get(link_path(nanjing)).status_code == 404


def test_an_offer_waits_three_days_and_its_number_is_not_swept_away_before(nanjing, mother, home):
    offer(nanjing, mother, home)
    with inside(nanjing):
        assert list(never_verified(before=clock.now() + timedelta(days=2))) == []
        teen = JoinLink.objects.select_related("person__network").get().person
    with time_machine.travel(clock.now() + timedelta(days=4)):
        assert browser(teen).get(link_path(nanjing)).status_code == 410


@pytest.fixture
def in_use(nanjing, mother, home):
    """The teenager's person; the login is in use."""
    offer(nanjing, mother, home)
    teen = person(nanjing, NUMBER)
    browser(teen).post(link_path(nanjing), {"answer": "yes"})
    return teen


@pytest.mark.parametrize("who", ["guardian", "young"])
def test_either_ends_it_and_it_can_be_opened_again(nanjing, mother, home, in_use, who):
    client = browser(mother if who == "guardian" else in_use)
    assert client.post(f"{path_of(nanjing, home)}end/").status_code == 302
    assert only_child(nanjing).person_id is None
    assert browser(in_use).get(f"/me/family/{home.code}/").status_code == 404
    with inside(nanjing):
        assert list(Consent.objects.filter(purpose=OWN_LOGIN.key).values_list("end", flat=True)) == ["withdrawn"]
        assert JournalLine.objects.filter(verb="people.young_login_ended").count() == 1
    assert offer(nanjing, mother, home).status_code == 302


def test_withdrawing_the_consent_ends_the_login_too(nanjing, mother, home, in_use):
    with inside(nanjing):
        consent = Consent.objects.get(purpose=OWN_LOGIN.key, ended_at=None)
    made.withdrawn(consent, mother, at=clock.now())
    relay(nanjing)
    assert only_child(nanjing).person_id is None
    assert offer(nanjing, mother, home).status_code == 302


def test_a_young_person_who_erases_the_account_stays_a_child_of_the_family(nanjing, home, in_use):
    with inside(nanjing):
        erase_person(in_use, at=clock.now())
    child = only_child(nanjing)
    assert (child.name, child.person_id) == ("王小雨", None)


def test_a_young_person_begins_and_joins_no_family_as_an_adult(nanjing, mother, home, in_use):
    client = browser(in_use)
    answer = client.post("/me/family/new/", {"role": "guardian", "name": "王小雨"})
    assert (answer.status_code, "以孩子的身份登录" in words(answer)) == (422, True)
    other = browser(person(nanjing, "13800138077", name="路人"))
    code = homes.home(nanjing, person(nanjing, "13800138078")).code
    assert other.get(f"/me/family/{code}/").status_code == 404
