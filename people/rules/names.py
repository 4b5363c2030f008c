"""Names as they are typed, compared and shown to others."""

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.choices import Relation

# Family names of two characters that are common enough to be expected.
_DOUBLE = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "夏侯",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "东方",
        "西门",
        "南宫",
        "端木",
        "长孙",
        "宇文",
        "轩辕",
        "独孤",
        "司空",
        "闻人",
        "澹台",
        "公冶",
        "淳于",
    ]
)


# What nobody sees, or what turns the line around; a joiner is part of a character where it stands between two.
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_JOINER = "\u200d"


def tidy(typed: str) -> str:
    """Full-width letters narrowed, blanks around and between Chinese characters gone, one blank elsewhere; nothing unseen."""
    words = _UNSEEN.sub("", unicodedata.normalize("NFKC", typed)).strip(_JOINER).split()
    text = words[0] if words else ""
    for word in words[1:]:
        text += word if _is_chinese(text[-1]) and _is_chinese(word[0]) else f" {word}"
    return text


def family_name(name: str) -> str:
    """The character or two that stand for somebody; a Western name gives its first letter."""
    return name[:2] if name[:2] in _DOUBLE and len(name) > 2 else name[:1]


def masked(name: str) -> str:
    """王*明, 李*, 欧阳*: enough to recognise whom one knows."""
    first = family_name(name)
    rest = name[len(first) :]
    if not rest:
        return first
    return f"{first}*{rest[-1]}" if len(rest) > 1 else f"{first}*"


def addressed(name: str, relation: str = "") -> str:
    """For somebody who may be a stranger: 王女士, 王先生, else 王*."""
    if not name:
        return _("A family member")
    forms = {
        Relation.MOTHER: pgettext("Mrs or Ms, by family name", "%(name)s (woman)"),
        Relation.FATHER: pgettext("Mr, by family name", "%(name)s (man)"),
    }
    form = forms.get(Relation(relation)) if relation else None
    return form % {"name": family_name(name)} if form else masked(name)


def _is_chinese(character: str) -> bool:
    """Those that came later too: 𬭎 is one."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff" or character == "·"
