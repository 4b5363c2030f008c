"""Rooms as people write them in a cell: 故事屋【二楼】30人：投影、地毯；手作间 20人. Read and written alike."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from kit.sheets import Unreadable
from venues.choices import Equipment
from venues.rules.marks import MARKS

_ROOM = re.compile(
    r"(?P<name>.+?)(?:[【\[](?P<floor>[^】\]]*)[】\]])?\s*(?P<count>\d{1,6})\s*人?(?:[：:](?P<equipment>.*))?"
)
# Written for people, who do not write as our list does.
_WORDS = {
    Equipment.PROJECTOR: ("投影", "投影仪", "投影设备"),
    Equipment.SCREEN: ("大屏", "大屏幕", "电子屏"),
    Equipment.SOUND: ("话筒与音响", "话筒", "音响"),
    Equipment.CARPET: ("可坐地毯", "地毯"),
    Equipment.TABLES: ("手工桌",),
    Equipment.STAGE: ("小舞台", "舞台"),
    Equipment.PIANO: ("钢琴",),
    Equipment.SINK: ("水池",),
    Equipment.LIVE: ("直播设备", "直播"),
    Equipment.LOOP: ("助听环路", "助听"),
}
_KNOWN = {word: equipment for equipment, words in _WORDS.items() for word in words}


class RoomLine(NamedTuple):
    name: str
    capacity: int
    floor: str = ""
    equipment: tuple[str, ...] = ()


def parse_rooms(text: str) -> list[RoomLine]:
    """Raises Unreadable in words that tell what to mend."""
    lines = [_room(part.strip()) for part in re.split(r"[；;\n]", text) if part.strip()]
    names = [line.name for line in lines]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Unreadable(_("The room %(name)s stands there twice.") % {"name": twice})
    return lines


def _room(text: str) -> RoomLine:
    found = _ROOM.fullmatch(text)
    if found is None:
        raise Unreadable(
            _("“%(words)s” cannot be read as a room. Write it such as 故事屋【二楼】30人：投影、地毯.")
            % {"words": text[:20]}
        )
    name, floor = found["name"].strip(), (found["floor"] or "").strip()
    count = int(unicodedata.normalize("NFKC", found["count"]))
    if count < 1:
        raise Unreadable(_("A room holds at least one person."))
    if len(name) > 40 or len(floor) > 20 or set(name) & set(MARKS):
        raise Unreadable(_("The name of the room “%(words)s” is too long.") % {"words": name[:20]})
    return RoomLine(name, count, floor, _equipment(found["equipment"] or ""))


def _equipment(text: str) -> tuple[str, ...]:
    words = [word.strip() for word in re.split(r"[、,，]", text) if word.strip()]
    if unknown := next((word for word in words if word not in _KNOWN), ""):
        raise Unreadable(
            _("The equipment “%(word)s” is not known. Known are: %(words)s.")
            % {"word": unknown, "words": "、".join(equipment_words())}
        )
    return in_list_order(_KNOWN[word].value for word in words)


def equipment_words() -> list[str]:
    return [words[0] for words in _WORDS.values()]


def in_list_order(equipment: Iterable[str]) -> tuple[str, ...]:
    found = set(equipment)
    return tuple(one.value for one in Equipment if one.value in found)


def rooms_text(rooms: Iterable[RoomLine]) -> str:
    return "；".join(_room_text(room) for room in rooms)


def _room_text(room: RoomLine) -> str:
    floor = f"【{room.floor}】" if room.floor else " "
    equipment = "、".join(_WORDS[Equipment(one)][0] for one in in_list_order(room.equipment))
    return f"{room.name}{floor}{room.capacity}人" + (f"：{equipment}" if equipment else "")
