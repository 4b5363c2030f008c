"""Signing in by phone: known and unknown numbers, wrong, old and foreign codes, tabs, limits."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from kit import clock
from networks.commands.open_network import open_network
from networks.models import inside
from networks.registers import OpeningPlan
from people.models import LoginSession, Person
from tests.people.conftest import newest_code, person_of, relay, token

pytestmark = pytest.mark.django_db
NUMBER, E164 = "138 0013 8000", "+8613800138000"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


def ask(client, phone=NUMBER):
    return client.post("/sign-in/", {"phone": phone})


def type_code(client, code, sent=None):
    sent = token(client.get("/sign-in/code/")) if sent is None else sent
    return client.post("/sign-in/code/", {"code": code, "sent": sent})


def test_an_unknown_number_is_in_after_one_code(nanjing, at_nanjing):
    assert ask(at_nanjing)["Location"] == "/sign-in/code/"
    answer = type_code(at_nanjing, newest_code(nanjing))
    assert (answer.status_code, answer["Location"]) == (303, "/me/")
    assert at_nanjing.get("/me/").status_code == 200
    person = person_of(nanjing, E164)
    assert person.phone == E164
    assert person.phone_verified_at is not None
    assert "138" not in person.phone_sealed


def test_a_known_number_is_the_same_person_again(nanjing, sign_in):
    sign_in(nanjing, NUMBER)
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        sign_in(nanjing, "+86 138-0013-8000")
    with inside(nanjing):
        assert Person.objects.count() == 1


def test_known_and_unknown_numbers_get_the_same_pages(nanjing, sign_in, at_nanjing, django_assert_num_queries):
    sign_in(nanjing, NUMBER)
    later = clock.now() + timedelta(minutes=1)
    with time_machine.travel(later):
        known, unknown = (at_nanjing.__class__(HTTP_HOST="nanjing.test") for _ in range(2))
        answers = [ask(known), ask(unknown, "13900139000")]
        pages = [known.get("/sign-in/code/"), unknown.get("/sign-in/code/")]
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, "/sign-in/code/")] * 2
    told = [page.content.decode() for page in pages]
    assert ["138****8000" in told[0], "139****9000" in told[1]] == [True, True]
    assert [page.status_code for page in pages] == [200, 200]


@pytest.mark.parametrize(
    "typed", ["１３８００１３８０００", "0086 138 0013 8000", "+86 (138) 0013-8000", "86-13800138000"]
)
def test_any_usual_spelling_of_the_number_works(nanjing, at_nanjing, typed):
    ask(at_nanjing, typed)
    assert person_of(nanjing, E164) is not None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "请填写手机号"),
        ("12345", "11 位"),
        ("025-8400 0000", "11 位"),
        ("+1 202 555 0100", "中国内地"),
        ("hello", "11 位"),
    ],
)
def test_what_is_no_mobile_number_is_told_kindly(nanjing, at_nanjing, typed, words):
    answer = ask(at_nanjing, typed)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    with inside(nanjing):
        assert Person.objects.count() == 0


def test_full_width_digits_in_the_code_are_digits(nanjing, at_nanjing):
    ask(at_nanjing)
    wide = newest_code(nanjing).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert type_code(at_nanjing, f" {wide[:3]} {wide[3:]} ").status_code == 303


def test_a_wrong_code_five_times_is_void_and_a_new_one_works(nanjing, at_nanjing):
    ask(at_nanjing)
    right = newest_code(nanjing)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    answers = [type_code(at_nanjing, wrong) for _ in range(5)]
    assert [each.status_code for each in answers] == [422] * 5
    assert "还可以再试 4 次" in answers[0].content.decode()
    assert "不是我们发出的验证码" in answers[4].content.decode()
    late = type_code(at_nanjing, right)
    assert (late.status_code, "已经输错五次" in late.content.decode()) == (422, True)
    assert "已经输错五次" in at_nanjing.get("/sign-in/code/").content.decode()
    with time_machine.travel(clock.now() + timedelta(seconds=31)):
        assert at_nanjing.post("/sign-in/code/again/").status_code == 302
        assert type_code(at_nanjing, newest_code(nanjing)).status_code == 303


def test_half_a_code_does_not_count_as_a_try(nanjing, at_nanjing):
    ask(at_nanjing)
    for _ in range(7):
        assert "6 位数字" in type_code(at_nanjing, "12").content.decode()
    assert type_code(at_nanjing, newest_code(nanjing)).status_code == 303


def test_an_expired_code_says_so_and_a_new_one_works(nanjing, at_nanjing):
    ask(at_nanjing)
    code = newest_code(nanjing)
    with time_machine.travel(clock.now() + timedelta(minutes=5, seconds=1)):
        answer = type_code(at_nanjing, code)
        assert (answer.status_code, "已经过期" in answer.content.decode()) == (422, True)
        at_nanjing.post("/sign-in/code/again/")
        assert type_code(at_nanjing, newest_code(nanjing)).status_code == 303


def test_a_code_is_not_sent_once_it_has_run_out(nanjing, at_nanjing):
    ask(at_nanjing)
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert newest_code(nanjing) == ""


def test_the_code_of_another_number_opens_nothing(nanjing, at_nanjing, at_shenzhen):
    other = at_nanjing.__class__(HTTP_HOST="nanjing.test")
    ask(other, "13900139000")
    foreign = newest_code(nanjing)
    ask(at_nanjing)
    own = newest_code(nanjing)
    if foreign != own:
        assert type_code(at_nanjing, foreign).status_code == 422
    assert type_code(at_nanjing, own).status_code == 303


def test_two_tabs_the_older_page_says_which_code_is_meant(nanjing, at_nanjing):
    ask(at_nanjing)
    first_tab, first_code = token(at_nanjing.get("/sign-in/code/")), newest_code(nanjing)
    ask(at_nanjing, "13900139000")
    second_code = newest_code(nanjing)
    answer = type_code(at_nanjing, first_code, sent=first_tab)
    told = answer.content.decode()
    assert (answer.status_code, "另一个" in told, "139****9000" in told) == (422, True, True)
    assert type_code(at_nanjing, second_code).status_code == 303
    # The first tab is simply signed in by now.
    assert type_code(at_nanjing, first_code, sent=first_tab)["Location"] == "/me/"


def test_asking_twice_in_one_browser_sends_one_message(nanjing, at_nanjing):
    assert [ask(at_nanjing)["Location"], ask(at_nanjing)["Location"]] == ["/sign-in/code/"] * 2
    relay(nanjing)
    from notifications.models import ShownMessage

    with inside(nanjing):
        assert ShownMessage.objects.count() == 1


def test_one_number_gets_one_code_in_thirty_seconds_from_all_browsers(nanjing, at_nanjing):
    other = at_nanjing.__class__(HTTP_HOST="nanjing.test")
    with time_machine.travel(clock.now(), tick=False):
        ask(at_nanjing)
        answer = ask(other)
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    assert "秒后可以重新获取" in answer.content.decode()


def test_one_number_gets_five_codes_an_hour(nanjing, at_nanjing):
    start = clock.now()
    answers = []
    for minute in range(6):
        with time_machine.travel(start + timedelta(minutes=minute)):
            answers.append(ask(at_nanjing.__class__(HTTP_HOST="nanjing.test")).status_code)
    assert answers == [302] * 5 + [429]


def test_the_same_number_in_two_cities_is_two_persons_with_limits_of_their_own(
    nanjing, shenzhen, at_nanjing, at_shenzhen
):
    assert [ask(at_nanjing).status_code, ask(at_shenzhen).status_code] == [302, 302]
    here, there = person_of(nanjing, E164), person_of(shenzhen, E164)
    assert here.pk != there.pk
    assert bytes(here.phone_index) != bytes(there.phone_index)


def test_one_address_may_sign_in_many_and_is_stopped_with_a_page(nanjing, at_nanjing, monkeypatch):
    from kit.limits import Limit
    from people.rules import codes

    monkeypatch.setattr(codes, "PER_ADDRESS", (Limit(3, 60),))
    with time_machine.travel(clock.now(), tick=False):
        answers = [ask(at_nanjing.__class__(HTTP_HOST="nanjing.test"), f"1380013800{n}") for n in range(4)]
    assert [each.status_code for each in answers] == [302, 302, 302, 429]
    assert answers[3]["Retry-After"] == "60"
    assert "慢一点" in answers[3].content.decode()


def test_a_used_up_budget_is_a_page_of_its_own(nanjing, at_nanjing):
    nanjing.rules = {"sms_a_day": 1}
    nanjing.save(update_fields=["rules"])
    ask(at_nanjing)
    answer = ask(at_nanjing.__class__(HTTP_HOST="nanjing.test"), "13900139000")
    assert (answer.status_code, "今天的短信" in answer.content.decode()) == (503, True)
    assert answer["Retry-After"] == "3600"


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("/me/devices/", "/me/devices/"),
        ("https://evil.example/", "/me/"),
        ("//evil.example", "/me/"),
        ("/\\evil", "/me/"),
    ],
)
def test_next_leads_only_to_this_host(nanjing, at_nanjing, wanted, got):
    at_nanjing.post("/sign-in/", {"phone": NUMBER, "next": wanted})
    assert type_code(at_nanjing, newest_code(nanjing))["Location"] == got


def test_a_page_for_members_leads_to_sign_in_and_back(nanjing, at_nanjing):
    answer = at_nanjing.get("/me/devices/")
    assert answer["Location"] == "/sign-in/?next=%2Fme%2Fdevices%2F"


def test_signing_in_gives_the_session_a_new_key(nanjing, at_nanjing):
    ask(at_nanjing)
    before = at_nanjing.cookies["p8000-session"].value
    type_code(at_nanjing, newest_code(nanjing))
    after = at_nanjing.cookies["p8000-session"].value
    assert before != after
    with inside(nanjing):
        assert list(LoginSession.objects.values_list("session_key", flat=True)) == [after]


def test_a_session_is_nothing_at_another_citys_host(nanjing, shenzhen, sign_in):
    client = sign_in(nanjing, NUMBER)
    assert client.get("/me/", HTTP_HOST="nanjing.test").status_code == 200
    answer = client.get("/me/", HTTP_HOST="shenzhen.test")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fme%2F")


def test_a_session_holds_its_code_sealed(nanjing, at_nanjing):
    ask(at_nanjing)
    code = newest_code(nanjing)
    with inside(nanjing):
        stored = LoginSession.objects.get().session_data
    assert stored.startswith("aes256gcm.")
    assert code not in stored


def test_facts_and_deliveries_hold_neither_number_nor_code_in_the_clear(nanjing, at_nanjing):
    from networks.models import Fact
    from notifications.models import Delivery

    ask(at_nanjing)
    code = newest_code(nanjing)
    with inside(nanjing):
        kept = [str(fact.payload) for fact in Fact.objects.all()]
        kept += [delivery.content_sealed for delivery in Delivery.objects.all()]
    assert len(kept) == 2
    assert [code in text or "13800138000" in text for text in kept] == [False, False]


def test_somebody_stopped_by_the_library_is_told_so(nanjing, at_nanjing):
    ask(at_nanjing)
    with inside(nanjing):
        Person.objects.update(is_active=False)
    answer = type_code(at_nanjing, newest_code(nanjing))
    assert answer["Location"] == "/sign-in/inactive/"
    assert at_nanjing.get("/sign-in/inactive/").status_code == 403


def test_signing_out_asks_first_and_then_forgets(nanjing, sign_in):
    client = sign_in(nanjing, NUMBER)
    assert client.get("/sign-out/").status_code == 200
    assert client.get("/me/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/"
    assert client.get("/me/").status_code == 302


def test_numbers_never_proven_are_gone_the_next_night(nanjing, at_nanjing, sign_in):
    from people.listeners import purge

    sign_in(nanjing, "13900139000")
    ask(at_nanjing)
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        purge()
    assert person_of(nanjing, E164) is None
    assert person_of(nanjing, "+8613900139000") is not None


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/login/", "/signup/", "/password/reset/", "/email/", "/sign-up/"]
)
def test_the_classic_pages_of_the_library_have_no_address(nanjing, at_nanjing, path):
    assert at_nanjing.get(path).status_code == 404


SUZHOU = OpeningPlan(
    code="suzhou",
    name="书香姑苏",
    library_name="苏州图书馆",
    city="苏州市",
    hosts=("suzhou.test",),
    administrators=(("陆羽", "13800139000"),),
)


def test_before_there_is_a_privacy_policy_only_staff_sign_in(sign_in):
    network = open_network(SUZHOU)
    refused = Client(HTTP_HOST="suzhou.test").post("/sign-in/", {"phone": "13700138001"})
    assert refused.status_code == 422
    assert "准备中" in refused.content.decode()
    assert person_of(network, "+8613700138001") is None
    assert sign_in(network, "13800139000").get("/me/").status_code == 200
