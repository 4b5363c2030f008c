"""What families see of their data, take home, and have erased; through the pages, and what is left afterwards."""

import io
import json
import zipfile
from datetime import date, timedelta
from urllib.parse import quote

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import clock, sealed
from networks.engine.job_child import run_here
from networks.models import JournalLine, inside
from notifications.models import Delivery, Message, ShownMessage
from people.choices import ConsentAnswer, ConsentEnd, MemberRole, Role
from people.models import Child, Consent, DataCopy, Device, Household, Member, Person, ReaderNumber
from people.models.child import READER_NUMBER
from people.registers import PHOTO
from people.steps.readings import note_readings
from tests.browsers import browser
from tests.people.conftest import newest_code, person_of, relay, token
from tests.people.homes import answered, children_of, home

pytestmark = pytest.mark.django_db
MOTHER = "13800138010"
NAMES = ("王芳", "小雨", "小宇")


@pytest.fixture
def mother(nanjing, sign_in):
    """Signed in by a code just now, as a guardian; her browser."""
    client = sign_in(nanjing, MOTHER)
    client.post("/me/name/", {"name": "王芳"})
    return client


@pytest.fixture
def who(nanjing, mother):
    return person_of(nanjing, "+86" + MOTHER)


@pytest.fixture
def grandmother(nanjing_cast):
    return nanjing_cast["neighbour"]


@pytest.fixture
def family(nanjing, who, grandmother):
    return home(nanjing, who, carer=grandmother, children=2)


def erase_path(family, child=None):
    return f"/me/family/{family.code}/" + (f"children/{child.code}/erase/" if child else "erase/")


def every_word_of(network):
    """All text in all tables of ours, as somebody with the database in hand reads it."""
    words = []
    with inside(network), connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label in {"people", "notifications", "networks", "account", "mfa", "usersessions"}:
                cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t')
                words += [row[0] for row in cursor.fetchall()]
    return "\n".join(words)


# --- Looking -------------------------------------------------------------------------------


def test_the_page_shows_what_is_kept_and_why(mother, family):
    page = mother.get("/me/privacy/").content.decode()
    for words in ("王芳", "小雨", "2021-05", "监护人的同意（《个人信息保护法》第三十一条）", "730 天", "138 0013 8010"):
        assert words in page
    assert "谁看过孩子的记录" in page
    titles = [f"<strong>{title}</strong>" for title in ("孩子", "家庭", "账户", "授权", "操作日志")]
    assert titles == sorted((title for title in titles if title in page), key=page.index)


@pytest.mark.parametrize("children", [1, 4])
def test_the_page_takes_the_same_statements_for_any_family(nanjing, mother, who, children):
    home(nanjing, who, children=children)
    mother.get("/me/privacy/")
    with CaptureQueriesContext(connection) as asked:
        assert mother.get("/me/privacy/").status_code == 200
    assert len(asked) == 45


def test_who_looked_stands_there_with_role_area_and_reason(nanjing, nanjing_cast, mother, family):
    first, _second = children_of(family)
    librarian = nanjing_cast["district"]
    with inside(nanjing):
        note_readings([first], by=librarian, reason="家长来电核对报名", where="family")
    page = mother.get("/me/privacy/").content.decode()
    assert "周*" in page
    assert "周敏" not in page
    assert "鼓楼区 区馆馆员" in page
    assert "家长来电核对报名" in page


def test_a_carer_sees_her_own_account_and_no_child(nanjing, grandmother, family):
    page = browser(grandmother).get("/me/privacy/").content.decode()
    assert "李桂英" in page
    assert "小雨" not in page
    assert ("监护人可以查看" in page, "还没有工作人员" in page) == (True, False)


# --- Consents on pages ---------------------------------------------------------------------


def test_a_guardian_answers_and_withdraws_on_the_page(nanjing, mother, who, grandmother, family):
    path = f"/me/family/{family.code}/consents/family/people.photo/"
    assert mother.get("/me/family/consents/").content.decode().count("未答复") == 1
    assert mother.post(path, {}).status_code == 422
    typed = {"consent_people_photo": "given", "consent_people_photo_shown": "1"}
    assert mother.post(path, typed)["Location"] == path
    page = mother.get(path).content.decode()
    assert "从现在起，工作人员不再为宣传拍摄您家" in page
    assert mother.post(path, {"withdraw": "yes"})["Location"] == path
    with inside(nanjing):
        rows = Consent.objects.filter(purpose=PHOTO.key).order_by("pk")
        assert [(row.answer, row.end, row.given_by_id) for row in rows] == [
            (ConsentAnswer.GIVEN, ConsentEnd.WITHDRAWN, who.pk),
            (ConsentAnswer.REFUSED, "", who.pk),
        ]
    relay(nanjing)
    with inside(nanjing):
        told = Message.objects.filter(kind="people.consent_withdrawn")
        assert [message.person_id for message in told] == []


def test_the_other_guardian_is_told_which_child_it_is_about(nanjing, nanjing_cast, mother, who, family):
    father, (first, _second) = nanjing_cast["coordinator"], children_of(family)
    with inside(nanjing):
        Member.objects.create(household=family, person=father, role=MemberRole.GUARDIAN)
    mother.post(f"/me/family/{family.code}/consents/{first.code}/people.child_data/", {"withdraw": "yes"})
    relay(nanjing)
    with inside(nanjing):
        message = Message.objects.get(kind="people.consent_withdrawn")
    assert (message.person_id, "小*" in message.fields["purpose"]) == (father.pk, True)


def test_words_that_changed_while_the_page_was_open_are_shown_again(nanjing, mother, family):
    first, second = children_of(family)
    with inside(nanjing):
        Child.objects.filter(pk=first.pk).update(birth_month=date(clock.now().year - 15, 1, 1))
    path = f"/me/family/{family.code}/consents/{second.code}/people.own_login/"
    assert mother.get(path).status_code == 404, "nobody asks before the age for it"
    path = f"/me/family/{family.code}/consents/{first.code}/people.own_login/"
    assert mother.get(path).content.decode().count("用自己的手机号登录") == 1
    typed = {"consent_people_own_login": "given", "consent_people_own_login_shown": "7"}
    assert mother.post(path, typed)["Location"] == path
    assert "请再读一遍" in mother.get(path).content.decode()
    with inside(nanjing):
        assert Consent.objects.filter(purpose="people.own_login").count() == 0


def test_a_carer_sees_and_changes_nothing(grandmother, family):
    first, _second = children_of(family)
    carer = browser(grandmother)
    for child, purpose in ((first.code, "people.child_data"), ("family", "people.photo")):
        path = f"/me/family/{family.code}/consents/{child}/{purpose}/"
        page = carer.get(path)
        assert (page.status_code, "只有监护人可以更改" in page.content.decode()) == (200, True)
        assert carer.post(path, {"withdraw": "yes"}).status_code == 403


@pytest.mark.parametrize("purpose", ["people.nothing", "people.photo"])
def test_a_purpose_that_is_not_asked_for_a_child_is_not_there(mother, family, purpose):
    first, _second = children_of(family)
    assert mother.get(f"/me/family/{family.code}/consents/{first.code}/{purpose}/").status_code == 404


@pytest.mark.parametrize("children", [1, 4])
def test_the_list_of_consents_takes_the_same_statements(nanjing, mother, who, children):
    home(nanjing, who, children=children)
    mother.get("/me/family/consents/")
    with CaptureQueriesContext(connection) as asked:
        mother.get("/me/family/consents/")
    assert len(asked) == 11


# --- A copy --------------------------------------------------------------------------------


def test_a_copy_is_made_and_read_back(nanjing, mother, who, family):
    answer = mother.post("/me/privacy/copies/new/")
    page = answer["Location"]
    assert "轮到" in mother.get(page).content.decode() or mother.get(page).status_code == 200
    assert run_here() == 1
    assert "下载文件" in mother.get(page).content.decode()
    file = mother.get(page + "file/")
    assert quote("我的信息") in file.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(file.content)) as book:
        assert book.testzip() is None
        assert sorted(book.namelist()) == ["data.json", "index.html", "style.css"]
        data, index = json.loads(book.read("data.json")), book.read("index.html").decode()
    assert [child["姓名"] for child in data["children"]] == ["小雨", "小宇"]
    assert data["account"][0]["手机号"] == "138 0013 8010"
    assert "小雨" in index
    assert '<td data-head="出生月份">2021-05</td>' in index
    assert [head in index for head in ("yours", "Lines")] == [False, False]
    assert "李*" in index
    assert "李桂英" not in index + json.dumps(data, ensure_ascii=False)
    with inside(nanjing):
        verbs = JournalLine.objects.filter(verb__startswith="people.data_copy").order_by("pk")
        assert list(verbs.values_list("verb", flat=True)) == [
            "people.data_copy_asked",
            "people.data_copy_made",
            "people.data_copy_taken",
        ]


def test_the_file_needs_a_fresh_code_and_is_nobody_elses(nanjing, nanjing_cast, mother, family):
    page = mother.post("/me/privacy/copies/new/")["Location"]
    run_here()
    for other in (nanjing_cast.client("admin"), nanjing_cast.client("neighbour")):
        assert [other.get(page).status_code, other.get(page + "file/").status_code] == [404, 404]
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert mother.get(page + "file/")["Location"].startswith("/me/confirm/number/?next=")
        mother.get(mother.get(page + "file/")["Location"])
        mother.post("/me/confirm/number/")
        code = newest_code(nanjing)
        sent = token(mother.get("/me/confirm/number/code/"))
        assert mother.post("/me/confirm/number/code/", {"code": code, "sent": sent})["Location"] == page + "file/"
        assert mother.get(page + "file/").status_code == 200


def test_after_seven_days_the_file_is_gone(nanjing, mother, family):
    page = mother.post("/me/privacy/copies/new/")["Location"]
    run_here()
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        assert "七天期限已过" in mother.get(page).content.decode()


def test_asking_twice_makes_one_and_three_a_day_are_enough(nanjing, mother):
    first = mother.post("/me/privacy/copies/new/")["Location"]
    assert mother.post("/me/privacy/copies/new/")["Location"] == first
    for _more in range(2):
        run_here()
        mother.post("/me/privacy/copies/new/")
    run_here()
    assert mother.post("/me/privacy/copies/new/")["Location"] == "/me/privacy/"
    with inside(nanjing):
        assert DataCopy.objects.count() == 3


# --- Erasing -------------------------------------------------------------------------------


def test_a_child_is_erased_and_the_others_stay(nanjing, mother, who, family):
    first, second = children_of(family)
    page = mother.get(erase_path(family, first)).content.decode()
    assert ("会删除的" in page, "我明白小雨（2021年5月生 · 5岁" in page) == (True, True)
    assert "2021年5月生" in mother.get("/me/privacy/erase/").content.decode()
    assert mother.post(erase_path(family, first), {}).status_code == 422
    assert mother.post(erase_path(family, first), {"understood": "on"}).status_code == 302
    with inside(nanjing):
        assert [child.name for child in Child.objects.order_by("pk")] == ["", "小宇"]
        assert Consent.objects.get(child=first).end == ConsentEnd.ERASED
        assert Consent.objects.get(child=second).ended_at is None
        line = JournalLine.objects.get(verb="people.child_erased")
        assert (line.actor_id, line.subject_id, line.changed, line.values) == (who.pk, first.pk, [], {})
    relay(nanjing)
    assert "小雨" not in every_word_of(nanjing)
    assert mother.get(erase_path(family, first)).status_code == 404


def test_a_carer_cannot_erase(grandmother, family):
    first, _second = children_of(family)
    carer = browser(grandmother)
    assert [carer.get(erase_path(family, each)).status_code for each in (first, None)] == [403, 403]


def test_a_carer_who_began_alone_erases_what_she_began(nanjing, mother, who):
    with inside(nanjing):
        alone = home(nanjing, who, children=1)
        alone.members.update(role=MemberRole.CARER)
    (child,) = children_of(alone)
    assert child.name in mother.get("/me/privacy/erase/").content.decode()
    assert mother.post(erase_path(alone, child), {"understood": "on"}).status_code == 302


@pytest.mark.parametrize("days", [6, 8])
def test_a_guardian_who_came_later_erases_nothing_in_the_first_days(nanjing, mother, who, grandmother, days):
    with inside(nanjing):
        theirs = home(nanjing, grandmother, children=1, at=clock.now() - timedelta(days=30))
        joined = clock.now() - timedelta(days=days)
        Member.objects.create(household=theirs, person=who, role=MemberRole.GUARDIAN, joined_at=joined)
    page = mother.get(erase_path(theirs)).content.decode()
    assert ("不到七天" in page) == (days < 7)
    assert mother.post(erase_path(theirs), {"understood": "on"}).status_code == (422 if days < 7 else 302)


def test_erasing_needs_a_fresh_proof(mother, family):
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        for path in (erase_path(family), "/me/privacy/erase/account/"):
            assert mother.post(path, {"understood": "on"})["Location"].startswith("/me/confirm/number/")


def test_the_whole_account_goes_with_family_sessions_devices_and_messages(nanjing, mother, who, family):
    at = clock.now()
    with inside(nanjing):
        Message.objects.create(person=who, kind="x", dedupe_key="x", fields={"note": "王芳"})
        Device.objects.create(person=who, secret_hash=b"x", label="王芳的手机")
        Authenticator.objects.create(user=who, type=Authenticator.Type.TOTP, data={"secret": "x"})
        number = sealed.seal("0123456789", network_code=nanjing.code, purpose=READER_NUMBER)
        ReaderNumber.objects.create(person=who, number_sealed=number, number_index=b"x", given_at=at)
    page = mother.get("/me/privacy/erase/account/").content.decode()
    assert "我的账户、家庭和孩子的信息都将被删除" in page
    done = mother.post("/me/privacy/erase/account/", {"understood": "on"})
    assert "您的账户已删除" in done.content.decode()
    assert mother.get("/me/").status_code == 302
    relay(nanjing)
    with inside(nanjing):
        gone = Person.objects.get(pk=who.pk)
        assert (gone.name, gone.phone_sealed, gone.phone_index, gone.is_active) == ("", "", None, False)
        assert Household.objects.get(pk=family.pk).closed_at is not None
        assert Member.objects.filter(household=family, left_at=None).count() == 0
        assert [child.name for child in Child.objects.order_by("pk")] == ["", ""]
        goodbye = ShownMessage.objects.order_by("-pk").first()
        assert (goodbye.to, "最后一条" in goodbye.text) == ("+86" + MOTHER, True)
        ShownMessage.objects.all().delete()
        left = {model: model.objects.filter(person=who).count() for model in (Message, Device, ReaderNumber)}
        assert set(left.values()) == {0}
        assert Delivery.objects.filter(person=who).count() == 1
    assert (Authenticator.objects.filter(user=who).count(), UserSession.objects.filter(user=who).count()) == (0, 0)
    words = every_word_of(nanjing)
    assert [name for name in NAMES if name in words] == []
    assert "李桂英" in words


def test_the_number_opens_an_empty_account_afterwards(nanjing, mother, who, family, sign_in):
    mother.post("/me/privacy/erase/account/", {"understood": "on"})
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        again = sign_in(nanjing, MOTHER)
        assert "小雨" not in again.get("/me/privacy/").content.decode()
    assert person_of(nanjing, "+86" + MOTHER).pk != who.pk


def test_with_another_guardian_the_children_stay(nanjing, nanjing_cast, mother, who, family):
    father = nanjing_cast["coordinator"]
    with inside(nanjing):
        Member.objects.create(household=family, person=father, role=MemberRole.GUARDIAN)
    assert mother.post("/me/privacy/erase/account/", {"understood": "on"}).status_code == 200
    with inside(nanjing):
        assert Person.objects.get(pk=who.pk).erased_at is not None
        assert [child.name for child in Child.objects.order_by("pk")] == ["小雨", "小宇"]
        assert Household.objects.get(pk=family.pk).closed_at is None


def test_the_family_goes_and_each_adult_keeps_an_account(nanjing, mother, who, grandmother, family):
    assert mother.post(erase_path(family), {"understood": "on"})["Location"] == "/me/privacy/"
    relay(nanjing)
    with inside(nanjing):
        assert Household.objects.get(pk=family.pk).closed_at is not None
        assert {person.erased_at for person in Person.objects.filter(pk__in=[who.pk, grandmother.pk])} == {None}
        assert Message.objects.filter(person=grandmother, kind="people.household_erased").count() == 1
    assert mother.get(erase_path(family)).status_code == 404


@pytest.mark.parametrize("part", ["admin", "keeper"])
def test_staff_end_their_roles_first(nanjing, nanjing_cast, part):
    staff = nanjing_cast.client(part)
    answer = staff.post("/me/privacy/erase/account/", {"understood": "on"})
    assert (answer.status_code, "您在图书馆担任角色" in answer.content.decode()) == (422, True)
    with inside(nanjing):
        assert Person.objects.get(pk=nanjing_cast[part].pk).erased_at is None


def test_erasing_twice_does_it_once(nanjing, mother, who, family):
    from people.commands.erasing import erase_everything

    mother.post("/me/privacy/erase/account/", {"understood": "on"})
    with inside(nanjing):
        first = Person.objects.get(pk=who.pk).erased_at
        erase_everything(who, at=clock.now())
        assert Person.objects.get(pk=who.pk).erased_at == first
        assert JournalLine.objects.filter(verb="people.person_erased").count() == 1


# --- Administrators ------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 4])
def test_the_register_takes_the_same_statements(nanjing, nanjing_cast, rows):
    admin, who = nanjing_cast.client("admin"), nanjing_cast["reader"]
    home(nanjing, who, children=rows)
    admin.get("/plan/privacy/")
    with CaptureQueriesContext(connection) as asked:
        assert admin.get("/plan/privacy/").status_code == 200
    assert len(asked) == 76


def test_days_are_changed_within_bounds_and_with_a_reason(nanjing, nanjing_cast):
    admin = nanjing_cast.client("admin")
    path = "/plan/privacy/people.children/"
    assert admin.post(path, {"days": "400", "reason": "x"}).status_code == 422
    assert admin.post(path, {"days": "10", "reason": ""}).status_code == 422
    assert admin.post(path, {"days": "10", "reason": "上级要求"})["Location"] == "/plan/privacy/"
    assert "10 天" in admin.get("/plan/privacy/").content.decode()
    assert admin.get("/plan/privacy/people.reader_numbers/").status_code == 404


def test_the_clock_turns_by_hand_and_the_page_says_so(nanjing, nanjing_cast):
    admin, who = nanjing_cast.client("admin"), nanjing_cast["reader"]
    with inside(nanjing):
        Message.objects.create(person=who, kind="x", dedupe_key="x", made_at=clock.now() - timedelta(days=400))
    page = admin.get("/plan/privacy/").content.decode()
    assert "有 1 条已到期" in page
    job = admin.post("/plan/privacy/run/")["Location"]
    assert run_here() == 1
    assert "完成" in admin.get(job).content.decode()
    after = admin.get("/plan/privacy/").content.decode()
    assert "有 0 条已到期" in after
    assert "手动" in after


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_the_register_is_taken_out_for_the_audit(nanjing_cast, kind, begins):
    answer = nanjing_cast.client("admin").get(f"/plan/privacy/register.{kind}")
    assert (answer.status_code, answer.content[: len(begins)]) == (200, begins)
    assert nanjing_cast.client("admin").get("/plan/privacy/register.exe").status_code == 404


def test_photo_answers_are_the_familys(nanjing, who, family):
    answered(family, PHOTO, ConsentAnswer.GIVEN, who, at=clock.now())
    assert Role.KEEPER in Role
