"""Sealed values: what opens where, and what refuses."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from kit import sealed

OLD = "old:" + base64.b64encode(b"o" * 32).decode()
NEW = "new:" + base64.b64encode(b"n" * 32).decode()
HOME = {"network_code": "nanjing", "purpose": "phone"}


@pytest.fixture(params=["aes256gcm", "sm4gcm"])
def cipher(request, settings):
    settings.DATA_CIPHER = request.param
    settings.DATA_KEYS = [OLD]
    return request.param


def test_a_value_names_its_cipher_and_key_and_opens_at_home(cipher):
    stored = sealed.seal("+8613800138000", **HOME)
    assert stored.split(".")[:2] == [cipher, "old"]
    assert sealed.unseal(stored, **HOME) == "+8613800138000"


@given(st.text())
def test_any_text_comes_back(text):
    assert sealed.unseal(sealed.seal(text, **HOME), **HOME) == text


def test_the_same_text_never_looks_the_same_twice(cipher):
    assert sealed.seal("x", **HOME) != sealed.seal("x", **HOME)


@pytest.mark.parametrize("elsewhere", [{"network_code": "shenzhen"}, {"purpose": "email"}])
def test_a_value_moved_elsewhere_does_not_open(cipher, elsewhere):
    with pytest.raises(sealed.CannotUnseal, match="elsewhere"):
        sealed.unseal(sealed.seal("x", **HOME), **{**HOME, **elsewhere})


def test_a_changed_value_does_not_open(cipher):
    stored = sealed.seal("abc", **HOME)
    with pytest.raises(sealed.CannotUnseal):
        sealed.unseal(stored[:-6] + ("A" if stored[-6] != "A" else "B") + stored[-5:], **HOME)


@pytest.mark.parametrize(
    "stored", ["", "plain text", "rot13.old.AAAA", "aes256gcm.old", "aes256gcm.old.AAAA", "aes256gcm.old.A"]
)
def test_what_was_never_sealed_says_so(cipher, stored):
    with pytest.raises(sealed.CannotUnseal):
        sealed.unseal(stored, **HOME)


def test_a_new_key_seals_and_the_old_one_still_opens(cipher, settings):
    before = sealed.seal("x", **HOME)
    settings.DATA_KEYS = [NEW, OLD]
    after = sealed.seal("x", **HOME)
    assert after.split(".")[1] == "new"
    assert [sealed.unseal(each, **HOME) for each in (before, after)] == ["x", "x"]
    assert [each.startswith(sealed.newest()) for each in (before, after)] == [False, True]
    anew = sealed.sealed_anew(before, **HOME)
    assert (anew.startswith(sealed.newest()), sealed.unseal(anew, **HOME)) == (True, "x")


def test_a_key_that_is_gone_is_named(cipher, settings):
    stored = sealed.seal("x", **HOME)
    settings.DATA_KEYS = [NEW]
    with pytest.raises(sealed.CannotUnseal, match="'old'"):
        sealed.unseal(stored, **HOME)


def test_the_cipher_may_change_and_older_values_still_open(settings):
    settings.DATA_CIPHER = "aes256gcm"
    stored = sealed.seal("x", **HOME)
    settings.DATA_CIPHER = "sm4gcm"
    assert sealed.unseal(stored, **HOME) == "x"
    assert not stored.startswith(sealed.newest())


@pytest.mark.parametrize(
    "keys", [[], ["nokey"], [":AAAA"], ["a.b:" + base64.b64encode(b"o" * 32).decode()], ["old:!!"], ["old:AAAA"]]
)
def test_keys_that_are_no_keys_stop_the_start(keys):
    with pytest.raises(ImproperlyConfigured):
        sealed.read_master_keys(keys)


def test_a_blind_index_finds_equals_in_one_network_and_purpose_only():
    here = sealed.blind_index("+8613800138000", **HOME)
    assert len(here) == 32
    assert here == sealed.blind_index("+8613800138000", **HOME)
    others = [
        sealed.blind_index("+8613800138001", **HOME),
        sealed.blind_index("+8613800138000", network_code="shenzhen", purpose="phone"),
        sealed.blind_index("+8613800138000", network_code="nanjing", purpose="email"),
    ]
    assert len({here, *others}) == 4


def test_sm4_gcm_is_the_one_of_rfc_8998():
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    known = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    text = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(known)
    body = encryptor.update(text) + encryptor.finalize()
    assert body[:16].hex().upper() == "17F399F08C67D5EE19D0DC9969C4BB7D"
    assert encryptor.tag.hex().upper() == "83DE3541E4C2B58177E065A9BF7B62EC"
