"""Every kind of message: its words are whole, and in Chinese."""

import re

import pytest
from django.utils import translation

from notifications.choices import Channel
from notifications.queries.wording import wording
from notifications.registers import kinds

EXAMPLES = {
    "who": "李桂英",
    "role": "照护人",
    "child": "小雨",
    "purpose": "活动拍摄与宣传",
    "day": "5月16日",
    "code": "123456",
    "minutes": 5,
    "keeper": "陈静",
    "device": "Android · 微信",
    "invited": "陈静",
    "place": "鼓楼区",
    "answer": "接受了",
    "link": "例.cn/me/1/",
    "phase": "春征",
    "year": 2027,
    "goal": "征集作品，读者节开幕。",
    "name": "世界读书日",
    "title": "小种子的旅行：亲子绘本故事会",
    "when": "5月16日 周六 10:00–11:00",
    "where": "清凉门阅读空间 · 故事屋",
    "places": "2",
    "reason": "主讲老师临时有事。",
}


@pytest.mark.parametrize("key", sorted(kinds))
def test_the_words_of_a_kind_are_whole(key):
    kind = kinds[key]
    with translation.override("zh-hans"):
        words = wording(kind, fields=EXAMPLES, library="金陵图书馆", name="王芳")
    for text in (words.title, words.body, words.sms):
        assert text
        assert not re.search(r"%\(|[a-z]{4,}", text.replace("Android", "")), text
    if Channel.SMS in kind.channels:
        # With the library's signature it stays within what carriers bill as two parts.
        assert len(words.sms) <= 120


def test_a_field_that_nobody_gave_is_a_fault():
    with pytest.raises(KeyError):
        wording(kinds["people.sign_in_code"], fields={}, library="", name="")
