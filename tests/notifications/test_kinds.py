"""Every kind of message: its words are whole, and in Chinese."""

import re

import pytest
from django.utils import translation

from notifications.choices import Channel
from notifications.queries.wording import wording
from notifications.registers import kinds


@pytest.mark.parametrize("key", sorted(kinds))
def test_the_words_of_a_kind_are_whole(key):
    kind = kinds[key]
    address = "https://siji.njlib.cn" + (kind.example_link or kind.link)
    assert set(kind.fields) <= set(kind.examples)
    with translation.override("zh-hans"):
        words = wording(kind, fields=kind.examples, library="金陵图书馆", name="王芳", address=address)
    for text in (words.title, words.body, words.sms):
        assert text
        assert not re.search(r"%\(|[a-z]{4,}", re.sub(r"Android|https?://[a-zA-Z./0-9-]+", "", text)), text
    if Channel.SMS in kind.channels:
        # With the library's signature it stays within what carriers bill as two parts.
        assert len(words.sms) <= 120


def test_a_field_that_nobody_gave_is_a_fault():
    with pytest.raises(KeyError):
        wording(kinds["people.sign_in_code"], fields={}, library="", name="")
