"""The journal for people to read: every verb has its words, and nothing personal stands in it."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from kit import clock
from networks.models import Area, JournalLine, inside
from networks.registers import journal_words
from networks.steps.journal import note
from people.queries.journal import field_words

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "networks",
    "people",
    "notifications",
    "venues",
    "programmes.planning",
    "programmes.signup",
    "programmes.door",
    "cms",
)


def noted(source: str) -> list[ast.expr]:
    """What is handed to note() and note_each() as their verb."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    return [call.args[0] for call in calls if _name_of(call) in {"note", "note_each"}]


def _name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def noted_fields(source: str) -> set[str]:
    """The names that calls of note() spell out as changed."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    given = [word.value for call in calls if _name_of(call) in {"note", "note_each"} for word in call.keywords]
    lists = [each for value in given if isinstance(value, ast.List) for each in value.elts]
    keys = [each for value in given if isinstance(value, ast.Dict) for each in value.keys]
    return {each.value for each in [*lists, *keys] if isinstance(each, ast.Constant)}


def verbs() -> set[str]:
    """Whole verbs, and the beginnings of those that end in a value."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for verb in noted(path.read_text(encoding="utf-8")):
                if isinstance(verb, ast.Constant):
                    found.add(verb.value)
                elif isinstance(verb, ast.JoinedStr):
                    found.add(f"{verb.values[0].value}*")
    return found


def has_words(verb: str) -> bool:
    if verb.endswith("*"):
        return any(known.startswith(verb[:-1]) for known in journal_words.words)
    return verb in journal_words.words


def test_every_verb_of_the_journal_has_words() -> None:
    assert sorted(verb for verb in verbs() if not has_words(verb)) == []


def test_every_field_that_is_noted_has_words() -> None:
    sources = [path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    names = set().union(*map(noted_fields, sources))
    kinds = [model._meta.label_lower for model in apps.get_models() if model._meta.app_label in ROOMS]
    assert len(names) > 20
    assert sorted(name for name in names if not any(field_words(kind, name) for kind in kinds)) == []


def test_a_verb_without_words_is_found() -> None:
    assert [verb.value for verb in noted('note("people.danced", subject=x)')] == ["people.danced"]
    assert not has_words("people.danced")


pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(nanjing, nanjing_cast):
    admin, reader = nanjing_cast["admin"], nanjing_cast["reader"]
    with inside(nanjing), transaction.atomic():
        root = Area.objects.get(parent=None)
        for number in range(60):
            note("networks.area_changed", subject=root, actor=admin, values={"place": [number, number + 1]})
        note("people.role_given", subject=reader, actor=admin)


def test_it_reads_as_sentences_with_names_and_pages_along_its_own_order(lines, nanjing_cast, nanjing):
    desk = nanjing_cast.client("admin")
    page = desk.get("/plan/journal/")
    text = page.content.decode()
    for word in ("授予角色", "许文静", "王芳", "修改区域", "南京市"):
        assert word in text
    shown = [one.line.pk for one in page.context["page"].lines]
    older = desk.get(f"/plan/journal/?{page.context['older']}")
    rest = [one.line.pk for one in older.context["page"].lines]
    with inside(nanjing):
        newest = list(JournalLine.objects.order_by("-at", "-pk").values_list("pk", flat=True))
    assert shown + rest == newest[: len(shown) + len(rest)]
    assert len(shown) == 50


def test_it_is_narrowed_by_group_person_and_days(lines, nanjing_cast):
    desk = nanjing_cast.client("admin")
    about = desk.get("/plan/journal/?group=people&who=王芳").context["page"].lines
    assert [one.line.verb for one in about] == ["people.role_given"]
    tomorrow = (clock.now() + timedelta(days=2)).date().isoformat()
    assert desk.get(f"/plan/journal/?since={tomorrow}").context["page"].lines == []
    assert desk.get("/plan/journal/?group=nonsense").status_code == 422
    assert desk.get("/plan/journal/?before=nonsense").status_code == 200


def test_families_children_and_closures_are_asked_for_by_themselves(nanjing, nanjing_cast):
    admin = nanjing_cast["admin"]
    with inside(nanjing), transaction.atomic():
        root = Area.objects.get(parent=None)
        for verb in ("people.member_joined", "people.child_changed", "venues.closure_added", "venues.added"):
            note(verb, subject=root, actor=admin, changed=["number", "name"])
    desk = nanjing_cast.client("admin")

    def found(group):
        lines = desk.get(f"/plan/journal/?group={group}").context["page"].lines
        return sorted(one.line.verb for one in lines if one.line.subject_kind == "networks.area")

    assert found("families") == ["people.member_joined"]
    assert found("children") == ["people.child_changed"]
    assert found("closures") == ["venues.closure_added"]
    assert found("venues") == ["venues.added", "venues.closure_added"]
    assert "名称、编号" in desk.get("/plan/journal/?group=children").content.decode()


@pytest.mark.parametrize(("query", "most"), [("", 10), ("?group=people", 9)])
def test_its_queries_do_not_grow(lines, nanjing_cast, query, most, django_assert_num_queries):
    """Many lines, or one: the frame's, and four of its own; without areas among them, one less."""
    desk = nanjing_cast.client("admin")
    desk.get("/plan/journal/")
    with django_assert_num_queries(most):
        desk.get(f"/plan/journal/{query}")
