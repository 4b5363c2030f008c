"""A table of staff: its columns, and what would become of each row. Six statements, however long it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kit.refusals import Refusal
from kit.sheets import Cell, Column, Preview, Row, Sheet, Unreadable, choice, preview, short_text
from networks.models import Area, Network
from people.choices import Role
from people.models import Appointment, Grant, Person
from people.queries.persons import index_of
from people.queries.staff import open_offers
from people.queries.workplace import within
from people.registers import place_numbers
from people.rules import appointing, phones
from people.rules.rights import Rights

MOST_ROWS = 2_000


def _phone(value: Cell) -> str:
    number = phones.normal(short_text(40)(value))
    # Whether numbers from abroad are let in is asked when the network is known.
    if faults := list(phones.against_number(number, foreign_allowed=True)):
        raise Unreadable(str(faults[0]))
    return number


def _role(value: Cell) -> Role:
    """By the words of the language that is switched on, which is not known before somebody asks."""
    role: Role = _roles(get_language() or "")(value)
    return role


@cache
def _roles(_language: str) -> Callable[[Cell], Any]:
    """Made once for each language: a table asks two thousand times."""
    words = {str(role.label): role for role in Role if role != Role.OPERATOR}
    return choice({**words, "馆员": Role.KEEPER})


def _spaced(values: Mapping[str, Any]) -> str:
    return phones.spaced(values.get("phone") or "")


COLUMNS = (
    Column("name", gettext_lazy("Name"), parse=short_text(40), required=True),
    Column(
        "phone",
        gettext_lazy("Mobile number"),
        parse=_phone,
        required=True,
        aliases=("手机", "电话", "联系电话"),
        take=_spaced,
        width=18,
    ),
    Column("role", gettext_lazy("Role"), parse=_role, required=True, aliases=("岗位", "职务"), width=20),
    Column(
        "area",
        gettext_lazy("Place"),
        parse=short_text(90),
        required=True,
        aliases=("馆点", "区域", "馆点或区域", "单位"),
        width=32,
    ),
)


@dataclass
class Places:
    """Areas by their name, by the name of what they lie in and their own, by code, or by the number of a venue."""

    by_name: dict[str, list[Area]] = field(default_factory=dict)

    @classmethod
    def of(cls, areas: list[Area]) -> "Places":
        found = cls()
        for area in areas:
            above = area.parent.name if area.parent else ""
            for name in {area.name, f"{above}{area.name}", *([area.code] if area.code else [])}:
                found.by_name.setdefault(_folded(name), []).append(area)
        known = {area.pk: area for area in areas}
        for number, area_id in place_numbers.pairs():
            if area_id in known:
                # A place that is called as another is numbered is found by its name.
                found.by_name.setdefault(_folded(number), [known[area_id]])
        return found

    def find(self, typed: str) -> list[Area]:
        return self.by_name.get(_folded(typed), [])


def _folded(name: str) -> str:
    """ "鼓楼区 / 清凉门阅读空间" and "鼓楼区·清凉门阅读空间" mean the same."""
    return "".join(sign for sign in name if sign not in " /·、-－—").casefold()


@dataclass(frozen=True)
class Judged:
    """The preview, and what its rows speak of, for whoever takes them in."""

    preview: Preview
    places: Places
    known: Mapping[tuple[str, str, int | str], Any]


def judge(sheet: Sheet, *, network: Network, rights: Rights, paths: tuple[str, ...], at: datetime) -> Judged:
    """`paths`: where whoever sent the table appoints people. Nothing in it tells whether a number was known before."""
    numbers = {row.values["phone"] for row in sheet.rows if row.values.get("phone")}
    places = Places.of(list(Area.objects.select_related("parent").filter(within("path", paths))))
    known = _known_posts(numbers, network=network, paths=paths, at=at)
    is_foreign_allowed = phones.foreign_allowed(network.rules)

    def against(row: Row) -> list[Refusal]:
        found = places.find(row.values["area"])
        number = phones.against_number(row.values["phone"], foreign_allowed=is_foreign_allowed)
        if len(found) != 1:
            return [*number, *_against_place(row.values["area"], found)]
        return [*number, *appointing.against_giving(rights, role=row.values["role"], area=found[0])]

    def before(row: Row) -> dict[str, Any] | None:
        post = known.get(_key(row.values, places))
        return None if post is None else {**row.values, "name": _name_of(post)}

    found = preview(sheet, key=lambda values: _key(values, places), known=before, against=against)
    return Judged(found, places, known)


def _against_place(typed: str, found: list[Area]) -> list[Refusal]:
    if not found:
        return [Refusal("no_such_place", _("There is no place “%s” in your area.") % typed, field="area")]
    names = "、".join(f"{area.parent.name}/{area.name}" for area in found[:3] if area.parent)
    return [
        Refusal(
            "several_places",
            _("Several places are called “%s”.") % typed,
            _("Write it with what it lies in: %s.") % names,
            field="area",
        )
    ]


def _key(values: Mapping[str, Any], places: Places) -> tuple[str, str, int | str]:
    found = places.find(values["area"])
    return (values["phone"], values["role"], found[0].pk if len(found) == 1 else values["area"])


def _known_posts(
    numbers: set[str], *, network: Network, paths: tuple[str, ...], at: datetime
) -> dict[tuple[str, str, int | str], Grant | Appointment]:
    """Roles held and offered there, by number, role and area."""
    index = {index_of(number, network=network): number for number in numbers}
    rows = Person.objects.filter(phone_index__in=list(index)).values_list("pk", "phone_index")
    people = {pk: index[bytes(key)] for pk, key in rows}
    here = within("area__path", paths)
    offers = open_offers(at=at).filter(here, person__in=people)
    grants = Grant.objects.filter(here, person__in=people, ends_at=None).select_related("person")
    posts = [*offers, *grants]
    return {(people[post.person_id], post.role, post.area_id): post for post in posts}


def _name_of(post: Grant | Appointment) -> str:
    return post.person.name if isinstance(post, Grant) else post.name
