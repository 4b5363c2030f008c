"""The words of a kind of message: how staff write them, what stands against them, and how long they are as SMS.

Our own texts name their places "%(title)s"; staff write {title}, and every other sign means itself, also a percent sign.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal

ALWAYS_GIVEN = ("library", "name")
# Where the message leads: for the SMS alone, since what is read elsewhere has a link.
ADDRESS = "address"
LONGEST_TITLE, LONGEST_BODY, LONGEST_SMS = 60, 600, 300
# What carriers bill: one part up to 70 signs, and 67 a part beyond.
SINGLE, PER_PART = 70, 67
# What mainland providers take for one value of a template.
LONGEST_VALUE = 35

_PLACE = re.compile(r"\{(\w+)\}")
_STANDARD = re.compile(r"%\((\w+)\)[sd]|%%")


@dataclass(frozen=True)
class Words:
    title: str
    body: str
    sms: str = ""


def shown(standard: str) -> str:
    """A text of ours as staff write it."""
    return _STANDARD.sub(lambda found: f"{{{found[1]}}}" if found[1] else "%", standard)


def filled(text: str, values: Mapping[str, Any]) -> str:
    """A place that nobody gave a value stays as it is typed: refused when it was saved, so it is no place."""
    return _PLACE.sub(lambda found: str(values.get(found[1], found[0])), text)


def places(*texts: str) -> list[str]:
    """The names of the places, each once, in their order."""
    return list(dict.fromkeys(name for text in texts for name in _PLACE.findall(text)))


def against_words(words: Words, *, standard: Words, fields: Iterable[str]) -> Iterator[Refusal]:
    """Nobody may be told of a place that has no value, nor lose what the standard words say."""
    known = {*fields, *ALWAYS_GIVEN}
    for field in ("title", "body", "sms"):
        also = {ADDRESS} if field == "sms" else set()
        if unknown := [name for name in places(getattr(words, field)) if name not in known | also]:
            yield Refusal(
                "unknown_place",
                _("This message knows no %(names)s.") % {"names": _listed(unknown)},
                _("Use only the places that are listed here."),
                field=field,
            )
    needed = [name for name in places(standard.body) if name not in ALWAYS_GIVEN]
    if missing := [name for name in needed if name not in places(words.title, words.body)]:
        yield Refusal(
            "missing_place",
            _("Readers would no longer learn %(names)s.") % {"names": _listed(missing)},
            _("Put it into the title or the text."),
            field="body",
        )
    lost = [name for name in places(standard.sms) if name not in {*ALWAYS_GIVEN, ADDRESS}]
    if words.sms and (missing := [name for name in lost if name not in places(words.sms)]):
        yield Refusal(
            "missing_place",
            _("The SMS would no longer say %(names)s.") % {"names": _listed(missing)},
            _("It has to be the text that the provider approved."),
            field="sms",
        )


def parts(text: str) -> int:
    """What carriers bill an SMS as. A rare character counts as two signs."""
    length = signs(text)
    return 1 if length <= SINGLE else -(-length // PER_PART)


def signs(text: str) -> int:
    return len(text.encode("utf-16-be")) // 2


def signed(text: str, *, signature: str) -> str:
    """An SMS as it arrives: providers put the signature before it, and bill it too."""
    return f"【{signature}】{text}"


def fitted(value: Any) -> str:
    """A value as a provider takes it: in one line, and not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _listed(names: Iterable[str]) -> str:
    return "、".join(f"{{{name}}}" for name in names)
