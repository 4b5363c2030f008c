"""What people hold before a door: payment codes, addresses, half a code, cards that carry their number in something else."""

from uuid import uuid4

import pytest

from networks.models import Network, inside
from people.choices import Role
from people.models import Child, ReaderNumber
from people.queries.reader_numbers import index_of_number
from programmes.door.choices import Outcome, Way
from programmes.door.models import Scan
from programmes.door.rules.codes import Mistaken, mistaken_for, reader_number_in
from tests.browsers import browser, staff
from tests.door.doors import party_at_the_door

OURS = {"nanjing.test"}
NETWORK = Network(code="nanjing")


@pytest.mark.parametrize(
    ("read", "mistaken"),
    [
        ("wxp://f2f0Zk8nQ7example", Mistaken.PAYMENT),
        ("weixin://wxpay/bizpayurl?pr=abc", Mistaken.PAYMENT),
        ("https://qr.alipay.com/fkx01", Mistaken.PAYMENT),
        ("HTTPS://QR.ALIPAY.COM/FKX01", Mistaken.PAYMENT),
        ("alipays://platformapi/startapp", Mistaken.PAYMENT),
        ("134567890123456789", Mistaken.PAYMENT),
        ("281234567890123456", Mistaken.PAYMENT),
        ("184567890123456789", Mistaken.OTHER),
        ("https://example.org/menu", Mistaken.ADDRESS),
        ("https://qr.alipay.com.example.org/x", Mistaken.ADDRESS),
        ("ftp://example.org", Mistaken.ADDRESS),
        ("https://nanjing.test/t/ABCD", Mistaken.DAMAGED),
        ("https://nanjing.test/t/ABCDEFGH12345678/", Mistaken.DAMAGED),
        ("ABCDEFGH12345678", Mistaken.DAMAGED),
        ("https://elsewhere.test/t/ABCDEFGH12345678/", Mistaken.OTHER),
        ("https://[bad/t/ABCD", Mistaken.OTHER),
        ("", Mistaken.OTHER),
        ("'; DROP TABLE door_scan; --", Mistaken.OTHER),
    ],
)
def test_what_is_no_ticket_is_told_apart(read, mistaken):
    assert mistaken_for(read, NETWORK, hosts=OURS) == mistaken


@pytest.mark.parametrize(
    ("pattern", "read", "number"),
    [
        ("", "NJ 2026-1234", "NJ20261234"),
        ("JLLIB:{number}", "jllib:nj20261234", "NJ20261234"),
        ("JLLIB:{number}", "NJ20261234", "NJ20261234"),
        ("JLLIB:{number}", "OTHER:NJ20261234", ""),
        ("{number}#READER", "NJ20261234#reader", "NJ20261234"),
        ("https://card.test/{number}?v=2", "https://card.test/NJ20261234?v=2", "NJ20261234"),
        ("?readerId={number}", "https://card.test/q?x=1&readerId=NJ20261234#top", "NJ20261234"),
        ("?readerId={number}", "https://card.test/q?other=NJ20261234", ""),
        ("?readerId={number}", "https://[bad?readerId=1", ""),
        ("A:{number} B:{number}", "B:NJ20261234", "NJ20261234"),
        ("no place for it", "NJ20261234", "NJ20261234"),
        ("(a+)+{number}", "(a+)+NJ20261234", "NJ20261234"),
        ("A{number}A", "A", ""),
    ],
)
def test_a_number_is_taken_from_where_the_librarys_cards_carry_it(pattern, read, number):
    assert reader_number_in(read, Network(code="nanjing", rules={"reader_card_code": pattern})) == number


@pytest.mark.django_db
def test_a_card_with_an_address_lets_its_family_in(nanjing):
    session, _row, _by = party_at_the_door(nanjing)
    keeper = staff(nanjing, "13800138003", Role.KEEPER, name="陈静")
    nanjing.rules["reader_card_code"] = "?readerId={number}"
    nanjing.save(update_fields=["rules"])
    with inside(nanjing):
        index = index_of_number("NJ20261234", network=nanjing)
        ReaderNumber.objects.create(child=Child.objects.get(), number_sealed="", number_index=index)
    sent = {"client_id": uuid4(), "code": "https://card.test/q?readerId=NJ20261234", "way": "camera"}
    browser(keeper, bound=True).post(f"/desk/{session.code}/ask/", sent)
    with inside(nanjing):
        assert list(Scan.objects.values_list("outcome", "way")) == [(Outcome.ADMITTED, Way.READER_NUMBER)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("read", "word", "way_on"),
    [
        ("wxp://f2f0Zk8nQ7example", "这是付款码", "请家长打开本馆页面“我的”里的入场码"),
        ("https://example.org/menu", "不是入场码", "请出示入场码，或按姓名查找"),
        ("ABCDEFGH12345678", "没有读全", "请再扫一次，或输入入场码末六位"),
        ("什么", "查无此码", "请按姓名查找，或输入入场码末六位"),
    ],
)
def test_the_card_says_what_it_is_in_a_few_words(nanjing, read, word, way_on):
    session, _row, _by = party_at_the_door(nanjing)
    client = browser(staff(nanjing, "13800138003", Role.KEEPER, name="陈静"), bound=True)
    sent = {"client_id": uuid4(), "code": read}
    page = client.post(f"/desk/{session.code}/ask/", sent, headers={"X-Card": "1"}).content.decode()
    assert ('data-kind="bad"' in page, word in page, way_on in page) == (True, True, True)
    with inside(nanjing):
        assert list(Scan.objects.values_list("outcome", "registration")) == [(Outcome.UNKNOWN, None)]


@pytest.mark.django_db
@pytest.mark.parametrize("needs", ["", "对花生过敏"])
def test_a_card_with_something_to_know_asks_for_attention(nanjing, needs):
    session, row, _by = party_at_the_door(nanjing)
    with inside(nanjing):
        Child.objects.update(needs=needs)
    client = browser(staff(nanjing, "13800138003", Role.KEEPER, name="陈静"), bound=True)
    sent = {"client_id": uuid4(), "code": row.ticket}
    page = client.post(f"/desk/{session.code}/ask/", sent, headers={"X-Card": "1"}).content.decode()
    assert ("data-attention" in page) == bool(needs)
