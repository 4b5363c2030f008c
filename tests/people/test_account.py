"""One's own account: name, number, devices, second factor; and numbers that changed hands."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.test import Client

from kit import clock
from networks.models import JournalLine, inside
from notifications.models import Message, ShownMessage
from people.choices import Role
from people.listeners import purge, seal_anew
from people.models import Device, FormerNumber, LoginSession, Person
from tests.browsers import browser, staff
from tests.people.conftest import newest_code, person_of, relay, token

pytestmark = pytest.mark.django_db
OLD, NEW = "13800138000", "13700137000"


def later(**span):
    return time_machine.travel(clock.now() + timedelta(**span))


def type_code(client, path, code):
    return client.post(path, {"code": code, "sent": token(client.get(path))})


def totp(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def reader(nanjing, sign_in):
    return sign_in(nanjing, OLD)


def test_my_pages_show_the_number_masked(reader):
    page = reader.get("/me/").content.decode()
    assert ("138****8000" in page, "13800138000" in page) == (True, False)


def test_a_name_is_kept(nanjing, reader):
    assert reader.post("/me/name/", {"name": "王小明"})["Location"] == "/me/"
    assert person_of(nanjing, "+86" + OLD).name == "王小明"
    assert reader.post("/me/name/", {"name": "长" * 41}).status_code == 422
    assert reader.post("/me/name/", {"name": "　 "}).status_code == 422


# --- Change of number ----------------------------------------------------------------------


def test_a_number_is_changed_by_the_new_ones_code_and_the_old_one_is_told(nanjing, reader):
    assert reader.post("/me/phone/", {"phone": NEW})["Location"] == "/me/phone/code/"
    assert type_code(reader, "/me/phone/code/", newest_code(nanjing))["Location"] == "/me/"
    assert person_of(nanjing, "+86" + OLD) is None
    assert person_of(nanjing, "+86" + NEW) is not None
    relay(nanjing)
    with inside(nanjing):
        told = ShownMessage.objects.order_by("-pk").first()
        line = JournalLine.objects.get(verb="people.number_changed")
    assert (told.to, "另一个手机号" in told.text) == ("+86" + OLD, True)
    assert (line.changed, line.values) == (["phone"], {})


def test_after_a_quarter_of_an_hour_the_old_numbers_code_is_asked_for_first(nanjing, reader):
    with later(minutes=16):
        assert reader.get("/me/phone/")["Location"] == "/me/confirm/number/?next=%2Fme%2Fphone%2F"
        assert reader.get("/me/phone/code/").status_code == 302
        assert "发送验证码到 138****8000" in reader.get("/me/confirm/number/?next=/me/phone/").content.decode()
        assert reader.post("/me/confirm/number/")["Location"] == "/me/confirm/number/code/"
        code = newest_code(nanjing)
        wrong = f"{(int(code) + 1) % 1_000_000:06}"
        assert type_code(reader, "/me/confirm/number/code/", wrong).status_code == 422
        assert type_code(reader, "/me/confirm/number/code/", code)["Location"] == "/me/phone/"
        assert reader.get("/me/phone/").status_code == 200


def test_a_second_code_can_be_asked_for_on_the_way(nanjing, reader):
    reader.post("/me/phone/", {"phone": NEW})
    newest_code(nanjing)
    assert reader.post("/me/phone/code/", {"again": "yes"}).status_code == 429
    with later(seconds=31):
        assert reader.post("/me/phone/code/", {"again": "yes"}).status_code == 302
        assert type_code(reader, "/me/phone/code/", newest_code(nanjing)).status_code == 302


def test_a_number_of_another_account_is_refused_after_its_code(nanjing, reader, sign_in):
    sign_in(nanjing, NEW)
    with later(seconds=31):
        reader.post("/me/phone/", {"phone": NEW})
        answer = type_code(reader, "/me/phone/code/", newest_code(nanjing))
    assert (answer.status_code, "另一个账户" in answer.content.decode()) == (422, True)
    assert person_of(nanjing, "+86" + OLD) is not None


def test_ones_own_number_is_nothing_to_change(nanjing, reader):
    with later(seconds=31):
        reader.post("/me/phone/", {"phone": OLD})
        answer = type_code(reader, "/me/phone/code/", newest_code(nanjing))
    assert (answer.status_code, "现在的号码" in answer.content.decode()) == (422, True)


# --- Devices -------------------------------------------------------------------------------


def test_devices_are_listed_and_signed_out_one_by_one_or_all(nanjing, reader, sign_in):
    start = clock.now()
    others = []
    for minute in (1, 2, 3):
        with time_machine.travel(start + timedelta(minutes=minute)):
            others.append(
                sign_in(nanjing, OLD, client=Client(HTTP_HOST="nanjing.test", HTTP_USER_AGENT="X iPhone Safari"))
            )
    page = reader.get("/me/devices/").content.decode()
    assert (page.count("iPhone · Safari"), page.count("本机")) == (3, 1)
    ends = re.findall(r'action="(/me/devices/\d+/end/)"', page)
    assert len(ends) == 3
    assert reader.post(ends[0])["Location"] == "/me/devices/"
    assert sorted(client.get("/me/").status_code for client in others) == [200, 200, 302]
    reader.post("/me/devices/others/end/")
    assert [client.get("/me/").status_code for client in (reader, *others)] == [200, 302, 302, 302]


@pytest.mark.parametrize("how_many", [1, 4])
def test_the_list_of_devices_costs_the_same_for_many(nanjing, how_many, django_assert_num_queries):
    who = staff(nanjing, OLD, Role.JUDGE)
    with inside(nanjing):
        for number in range(how_many):
            LoginSession.objects.create(
                session_key=f"k{number}", session_data="", expire_date=clock.now() + timedelta(1)
            )
            UserSession.objects.create(user=who, session_key=f"k{number}", ip="127.0.0.1", user_agent="iPhone Safari")
    client = browser(who)
    client.get("/me/devices/")
    with django_assert_num_queries(8):
        assert client.get("/me/devices/").content.decode().count("iPhone") == how_many


def test_what_is_known_of_sessions_goes_with_them(nanjing, reader):
    assert UserSession.objects.count() == 1
    purge()
    assert UserSession.objects.count() == 1
    with later(days=91):
        purge()
    assert UserSession.objects.count() == 0
    with inside(nanjing):
        assert LoginSession.objects.count() == 0


def test_another_readers_device_is_not_there(nanjing, reader, sign_in):
    stranger = sign_in(nanjing, NEW)
    session = UserSession.objects.get(user=person_of(nanjing, "+86" + OLD))
    assert stranger.post(f"/me/devices/{session.pk}/end/").status_code == 404
    assert reader.get("/me/").status_code == 200


# --- Second factor -------------------------------------------------------------------------


def set_up_app(client):
    page = client.get("/me/second-factor/app/").content.decode()
    secret = re.search(r"密钥</span> ([A-Z2-7]+)", page).group(1)
    answer = client.post("/me/second-factor/app/", {"code": totp(secret)})
    assert answer["Location"] == "/me/second-factor/codes/"
    return secret


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(nanjing, reader, sign_in):
    secret = set_up_app(reader)
    page = reader.get("/me/second-factor/codes/").content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", page)) == 10
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert (stored.startswith("aes256gcm."), secret in stored) == (True, False)
    relay(nanjing)
    with inside(nanjing):
        assert list(Message.objects.values_list("kind", flat=True)) == ["people.second_factor_changed"]
    with later(minutes=1):
        again = Client(HTTP_HOST="nanjing.test")
        sign_in(nanjing, OLD, client=again)
        assert again.get("/me/").status_code == 302
        assert "二次验证" in again.get("/sign-in/second-factor/").content.decode()
        assert again.post("/sign-in/second-factor/", {"code": "000000"}).status_code == 200
        assert again.post("/sign-in/second-factor/", {"code": totp(secret)})["Location"] == "/me/"
        assert again.get("/me/").status_code == 200


def test_a_recovery_code_works_once(nanjing, reader, sign_in):
    set_up_app(reader)
    code = re.search(r"<li>(\d{8})</li>", reader.get("/me/second-factor/codes/").content.decode()).group(1)
    for minute, found in ((1, "/me/"), (3, None)):
        with later(minutes=minute):
            again = Client(HTTP_HOST="nanjing.test")
            sign_in(nanjing, OLD, client=again)
            answer = again.post("/sign-in/second-factor/", {"code": code})
            assert answer.headers.get("Location") == found


def test_setting_one_up_asks_who_it_is_when_the_sign_in_is_old(reader):
    with later(minutes=16):
        for path in ("/me/second-factor/app/", "/me/second-factor/passkeys/new/"):
            assert reader.get(path)["Location"].startswith("/me/confirm/number/?next=")


def test_an_app_is_switched_off_and_its_recovery_codes_go_with_it(reader):
    secret = set_up_app(reader)
    with later(minutes=16):
        assert reader.get("/me/second-factor/app/off/")["Location"].startswith("/me/confirm/code/")
        reader.post("/me/confirm/code/?next=/me/second-factor/app/off/", {"code": totp(secret)})
        assert reader.post("/me/second-factor/app/off/")["Location"] == "/me/second-factor/"
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize(
    "path",
    [
        "/me/second-factor/",
        "/me/second-factor/passkeys/",
        "/me/second-factor/passkeys/new/",
        "/me/second-factor/needed/",
    ],
)
def test_pages_of_second_factors_open(reader, path):
    assert reader.get(path).status_code == 200


def test_another_citys_passkey_is_not_there(nanjing, shenzhen, reader):
    person = person_of(shenzhen, "+86" + OLD) or staff(shenzhen, OLD, Role.EDITOR)
    key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "x", "credential": {}})
    assert reader.get(f"/me/second-factor/passkeys/{key.pk}/remove/").status_code == 404
    assert reader.get(f"/me/second-factor/passkeys/{key.pk}/").status_code == 404


def test_whoever_has_a_second_factor_changes_it_by_that_alone(nanjing, reader):
    set_up_app(reader)
    with later(minutes=20):
        reader.post("/me/confirm/number/?next=/me/second-factor/app/off/")
        type_code(reader, "/me/confirm/number/code/", newest_code(nanjing))
        assert reader.get("/me/second-factor/app/off/")["Location"].startswith("/me/confirm/code/")
        assert reader.get("/me/phone/").status_code == 200


def test_a_new_key_takes_over_in_a_night(nanjing, reader, settings):
    secret = set_up_app(reader)
    settings.DATA_KEYS = ["next:" + "bmV4dC1vbmx5LW5vdC1hLXNlY3JldC1rZXktb2YtMzI=", *settings.DATA_KEYS]
    seal_anew()
    settings.DATA_KEYS = settings.DATA_KEYS[:1]
    assert person_of(nanjing, "+86" + OLD).phone == "+86" + OLD
    assert {row.data.get("secret", row.data.get("seed"))[:15] for row in Authenticator.objects.all()} == {
        "aes256gcm.next."
    }
    assert secret


# --- Numbers that changed hands (二次放号) -----------------------------------------------------


def silent(client, network):
    """Half a year without a visit, and a browser that nobody used for it before."""
    with inside(network):
        Person.objects.update(seen_on=clock.today(network.zone) - timedelta(days=181), name="王家")
    return Client(HTTP_HOST="nanjing.test")


def arrive(network, client):
    with later(minutes=1):
        client.post("/sign-in/", {"phone": OLD})
        return type_code(client, "/sign-in/code/", newest_code(network))


def test_a_code_alone_opens_an_empty_account_after_half_a_year(nanjing, reader):
    old = person_of(nanjing, "+86" + OLD)
    newcomer = silent(reader, nanjing)
    assert arrive(nanjing, newcomer)["Location"] == "/sign-in/number/"
    assert newcomer.get("/me/").status_code == 302
    page = newcomer.get("/sign-in/number/").content.decode()
    assert ("新开一个空账户" in page, "王家" in page, "二次验证" in page) == (True, False, False)
    assert newcomer.post("/sign-in/number/", {"way": "prove"})["Location"] == "/sign-in/"

    newcomer = silent(reader, nanjing)
    with later(minutes=2):
        arrive(nanjing, newcomer)
        assert newcomer.post("/sign-in/number/", {"way": "fresh"})["Location"] == "/me/"
        assert "王家" not in newcomer.get("/me/").content.decode()
    fresh = person_of(nanjing, "+86" + OLD)
    assert fresh.pk != old.pk
    with inside(nanjing):
        former = FormerNumber.objects.get()
        kept = Person.objects.get(pk=old.pk)
    assert (former.person_id, former.taken_by_id, kept.name, kept.phone) == (old.pk, fresh.pk, "王家", "")
    relay(nanjing)
    with inside(nanjing):
        assert list(Message.objects.values_list("person_id", "kind")) == [(old.pk, "people.number_taken_over")]


def test_the_familys_own_browser_goes_straight_in(nanjing, reader):
    reader.post("/sign-out/")
    silent(reader, nanjing)
    assert arrive(nanjing, reader)["Location"] == "/me/"
    assert "王家" in reader.get("/me/").content.decode()


def test_a_revoked_browser_proves_nothing(nanjing, reader):
    reader.post("/sign-out/")
    silent(reader, nanjing)
    with inside(nanjing):
        Device.objects.update(revoked_at=clock.now())
    assert arrive(nanjing, reader)["Location"] == "/sign-in/number/"


def test_a_second_factor_proves_the_older_account(nanjing, reader):
    secret = set_up_app(reader)
    newcomer = silent(reader, nanjing)
    arrive(nanjing, newcomer)
    with later(minutes=2):
        assert newcomer.post("/sign-in/number/", {"way": "prove"})["Location"] == "/sign-in/second-factor/"
        assert newcomer.get("/me/").status_code == 302
        assert newcomer.post("/sign-in/second-factor/", {"code": totp(secret)})["Location"] == "/me/"
        assert "王家" in newcomer.get("/me/").content.decode()
    with inside(nanjing):
        assert FormerNumber.objects.count() == 0


def test_leaving_changes_nothing(nanjing, reader):
    newcomer = silent(reader, nanjing)
    arrive(nanjing, newcomer)
    assert newcomer.post("/sign-in/number/", {"way": "leave"})["Location"] == "/sign-in/"
    assert newcomer.get("/sign-in/number/")["Location"] == "/sign-in/"
    with inside(nanjing):
        assert FormerNumber.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_staff_who_have_just_set_one_up_go_on_at_once(nanjing):
    librarian = staff(nanjing, "13900000001", Role.DISTRICT_LIBRARIAN, area="鼓楼区")
    client = browser(librarian, second_factor=False)
    assert client.get("/plan/devices/").status_code == 302
    set_up_app(client)
    assert client.get("/plan/devices/").status_code == 200


def test_a_visit_each_few_weeks_keeps_a_number_alive(nanjing, reader):
    with later(days=60):
        reader.get("/me/")
    with inside(nanjing):
        assert Person.objects.get().seen_on == clock.today(nanjing.zone) + timedelta(days=60)


def test_staff_give_a_number_back_with_a_reason(nanjing, shenzhen, reader):
    old = person_of(nanjing, "+86" + OLD)
    newcomer = silent(reader, nanjing)
    arrive(nanjing, newcomer)
    newcomer.post("/sign-in/number/", {"way": "fresh"})
    with inside(nanjing):
        former = FormerNumber.objects.get()
    stranger = browser(staff(shenzhen, "13900000001", Role.NETWORK_ADMIN))
    assert stranger.post(f"/plan/numbers/{former.pk}/", {"reason": "x"}).status_code == 404
    desk = browser(staff(nanjing, "13900000001", Role.NETWORK_ADMIN))
    assert "王家" in desk.get("/plan/numbers/").content.decode()
    assert desk.post(f"/plan/numbers/{former.pk}/", {"reason": ""}).status_code == 422
    assert desk.post(f"/plan/numbers/{former.pk}/", {"reason": "带了身份证"}).status_code == 302
    assert person_of(nanjing, "+86" + OLD).pk == old.pk
    told = desk.post(f"/plan/numbers/{former.pk}/", {"reason": "再来"}, follow=True).content.decode()
    assert "已经还给原来的账户" in told
    with inside(nanjing):
        assert JournalLine.objects.get(verb="people.number_given_back").reason == "带了身份证"
