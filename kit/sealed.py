"""Secrets at rest. Each stored value names its cipher and its key: "aes256gcm.<key>.<base64 of nonce + text + tag>".

Keys are made from a master key for one network and one purpose, and both are bound to the sealed text: a value copied
into another network's row, or into another column, does not open. The newest master key seals, older ones still open.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MASTER_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
# Cipher by the name in stored values, with the length of its key. SM4 is what 国密 reviews ask for.
_CIPHERS = {"aes256gcm": (algorithms.AES, 32), "sm4gcm": (algorithms.SM4, 16)}


class CannotUnseal(Exception):
    """The value was not sealed here, for this network and purpose, or its key is gone."""


def seal(text: str, *, network_code: str, purpose: str) -> str:
    name, master = next(iter(_master_keys().items()))
    nonce = os.urandom(NONCE_BYTES)
    cipher = settings.DATA_CIPHER
    encryptor = _cipher(cipher, master, nonce, network_code, purpose, tag=None).encryptor()
    encryptor.authenticate_additional_data(_binding(cipher, network_code, purpose))
    body = encryptor.update(text.encode()) + encryptor.finalize()
    packed = base64.urlsafe_b64encode(nonce + body + encryptor.tag).decode().rstrip("=")
    return f"{cipher}.{name}.{packed}"


def unseal(stored: str, *, network_code: str, purpose: str) -> str:
    cipher, name, packed = _parts(stored)
    master = _master_keys().get(name)
    if master is None:
        raise CannotUnseal(f"There is no data key named {name!r}.")
    try:
        raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    except binascii.Error as error:
        raise CannotUnseal("The sealed text is not base64.") from error
    if len(raw) < NONCE_BYTES + TAG_BYTES:
        raise CannotUnseal("The sealed text is too short.")
    nonce, body, tag = raw[:NONCE_BYTES], raw[NONCE_BYTES:-TAG_BYTES], raw[-TAG_BYTES:]
    decryptor = _cipher(cipher, master, nonce, network_code, purpose, tag=tag).decryptor()
    decryptor.authenticate_additional_data(_binding(cipher, network_code, purpose))
    try:
        return (decryptor.update(body) + decryptor.finalize()).decode()
    except InvalidTag as error:
        raise CannotUnseal("The sealed text belongs elsewhere or was changed.") from error


def newest() -> str:
    """How values begin that are sealed with the cipher and key of today; others are sealed anew each night."""
    return f"{settings.DATA_CIPHER}.{next(iter(_master_keys()))}."


def sealed_anew(stored: str, *, network_code: str, purpose: str) -> str:
    return seal(unseal(stored, network_code=network_code, purpose=purpose), network_code=network_code, purpose=purpose)


def blind_index(text: str, *, network_code: str, purpose: str) -> bytes:
    """Finds a sealed value again by equality. The same text has another index in every network."""
    key = _derived(_bytes_of(settings.INDEX_KEY, "INDEX_KEY"), 32, "index", network_code, purpose)
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def read_master_keys(lines: Iterable[str]) -> Mapping[str, bytes]:
    """ "name:base64 of 32 bytes", newest first."""
    keys = {}
    for line in lines:
        name, colon, encoded = line.partition(":")
        if not (name.isalnum() and colon):
            raise ImproperlyConfigured("Each entry of DATA_KEYS reads name:base64, the name of letters and digits.")
        keys[name] = _bytes_of(encoded, "DATA_KEYS")
    if not keys:
        raise ImproperlyConfigured("DATA_KEYS names no key.")
    return keys


def _master_keys() -> Mapping[str, bytes]:
    return _read_once(tuple(settings.DATA_KEYS))


@lru_cache(maxsize=4)
def _read_once(lines: tuple[str, ...]) -> Mapping[str, bytes]:
    return read_master_keys(lines)


def _bytes_of(encoded: str, setting: str) -> bytes:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ImproperlyConfigured(f"{setting} is not base64.") from error
    if len(raw) != MASTER_BYTES:
        raise ImproperlyConfigured(f"{setting} takes keys of {MASTER_BYTES} bytes (openssl rand -base64 32).")
    return raw


def _parts(stored: str) -> tuple[str, str, str]:
    cipher, _dot, rest = stored.partition(".")
    name, dot, packed = rest.partition(".")
    if cipher not in _CIPHERS or not dot:
        raise CannotUnseal("This is not a sealed value.")
    return cipher, name, packed


def _cipher(
    name: str, master: bytes, nonce: bytes, network_code: str, purpose: str, *, tag: bytes | None
) -> "Cipher[modes.GCM]":
    algorithm, length = _CIPHERS[name]
    return Cipher(algorithm(_derived(master, length, name, network_code, purpose)), modes.GCM(nonce, tag))


# A key takes longer to make than to use; there are as many as networks times purposes.
@lru_cache(maxsize=2_048)
def _derived(master: bytes, length: int, use: str, network_code: str, purpose: str) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=_binding(use, network_code, purpose)).derive(master)


def _binding(use: str, network_code: str, purpose: str) -> bytes:
    """Unit separators keep ("a", "bc") and ("ab", "c") apart."""
    return f"siji\x1f{use}\x1f{network_code}\x1f{purpose}".encode()
