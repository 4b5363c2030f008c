"""The Chinese catalogue is whole, and each way in which it might not be shows red."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message

from config import catalogues

MODULE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
_("Sign in")
ngettext("%(count)s place", "%(count)s places", 2)
pgettext_lazy("a state", "Open")
"""
TEMPLATE = """
<p>{% translate "Sign out" %}</p>
    {% blocktranslate trimmed with name=person.name %}
      Good day,
      {{ name }}!
    {% endblocktranslate %}
{% blocktranslate count n=seats %}{{ n }} seat{% plural %}{{ n }} seats{% endblocktranslate %}
{% if a %}<i title="{{ _('Help') }}">don't</i>{% endif %}
"""
CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "room" / "templates").mkdir(parents=True)
    (tmp_path / "room" / "__init__.py").touch()
    (tmp_path / "room" / "views.py").write_text(MODULE)
    (tmp_path / "room" / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


def write_catalogue(project: Path, text: str) -> None:
    path = catalogues.main_catalogue(project)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_text_of_the_project_has_its_chinese_words() -> None:
    assert catalogues.faults() == []


def test_texts_are_found_in_modules_and_templates(project: Path) -> None:
    assert catalogues.source_texts(project) == {
        ("", "Sign in"): "Sign in",
        ("", "%(count)s place"): ("%(count)s place", "%(count)s places"),
        ("a state", "Open"): "Open",
        ("", "Sign out"): "Sign out",
        ("", "Good day, %(name)s!"): "Good day, %(name)s!",
        ("", "%(n)s seat"): ("%(n)s seat", "%(n)s seats"),
        ("", "Help"): "Help",
    }


def test_updating_keeps_translations_adds_what_is_new_and_drops_what_is_gone(project: Path) -> None:
    write_catalogue(project, CATALOGUE + '\n# kept\nmsgid "Sign in"\nmsgstr "登录"\n\nmsgid "Gone"\nmsgstr "没了"\n')
    added, dropped = catalogues.update(project)
    known = catalogues.entries(catalogues.read(catalogues.main_catalogue(project)))
    assert (len(added), dropped) == (6, ["Gone"])
    assert known["", "Sign in"].string == "登录"
    assert known["", "Sign in"].user_comments == ["kept"]
    assert list(known) == sorted(known, key=lambda place: (place[1], place[0]))


def test_updating_twice_changes_nothing(project: Path) -> None:
    catalogues.update(project)
    first = catalogues.main_catalogue(project).read_bytes()
    assert catalogues.update(project) == ([], [])
    assert catalogues.main_catalogue(project).read_bytes() == first


def test_a_missing_a_stale_and_a_disordered_entry_show(project: Path) -> None:
    catalogues.update(project)
    path = catalogues.main_catalogue(project)
    text = path.read_text(encoding="utf-8")
    assert "not translated: 'Help'" in catalogues.faults(project)
    write_catalogue(project, text.replace('msgid "Help"\nmsgstr ""\n', ""))
    assert "missing: 'Help'" in catalogues.faults(project)
    write_catalogue(project, text + '\nmsgid "Gone"\nmsgstr "没了"\n')
    assert "no longer used: 'Gone'" in catalogues.faults(project)
    write_catalogue(project, text + '\n#~ msgid "Gone"\n#~ msgstr "没了"\n')
    assert "locale/zh_Hans/LC_MESSAGES/django.po keeps 1 obsolete entries" in catalogues.faults(project)


def test_what_a_merge_left_out_of_order_or_twice_is_whole_and_is_tidied(project: Path) -> None:
    (project / "room" / "templates" / "page.html").unlink()
    (project / "room" / "views.py").write_text('_("One")\n_("Two")\n')
    entries = '\nmsgid "Two"\nmsgstr "二"\n\nmsgid "One"\nmsgstr "一"\n\nmsgid "Two"\nmsgstr "二"\n'
    write_catalogue(project, CATALOGUE + entries)
    assert catalogues.faults(project) == []
    catalogues.update(project)
    assert catalogues.main_catalogue(project).read_text(encoding="utf-8").count("msgid ") == 3


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        pytest.param(Message("Sign in", ""), "not translated", id="empty"),
        pytest.param(Message("Sign in", "登录", flags=["fuzzy"]), "fuzzy", id="fuzzy"),
        pytest.param(
            Message("Hello, %(name)s", "%(nam)s，您好"),
            "placeholders differ in '%(nam)s，您好'",
            id="placeholder-misspelt",
        ),
        pytest.param(Message("{n} left", "还有一些"), "placeholders differ in '还有一些'", id="placeholder-lost"),
        pytest.param(
            Message(("%(n)s seat", "%(n)s seats"), ("几个名额",)), "placeholders differ in '几个名额'", id="plural"
        ),
        pytest.param(Message("Sign in", "Sign in"), "English left (Sign, in) in 'Sign in'", id="copied"),
        pytest.param(Message("Sign in", "请 sign in"), "English left (sign, in) in '请 sign in'", id="half-English"),
        pytest.param(Message("Sign in", "——"), "English left (——) in '——'", id="no-Chinese"),
    ],
)
def test_a_bad_translation_shows(message: Message, fault: str) -> None:
    assert list(catalogues.faults_of(message)) == [fault]


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(Message("Download as Excel", "下载 Excel"), id="a-kept-word"),
        pytest.param(Message("%(n)s%% of {total}", "{total} 中的 %(n)s%%"), id="percent-signs"),
        pytest.param(Message('See <a href="%(url)s">the rules</a>', '请看<a href="%(url)s">规则</a>'), id="mark-up"),
        pytest.param(Message("QR", "QR"), id="only-a-kept-word"),
        pytest.param(Message("such as reader@example.org", "例如 reader@example.org"), id="an-address"),
    ],
)
def test_a_good_translation_passes(message: Message) -> None:
    assert list(catalogues.faults_of(message)) == []


def test_compiling_writes_what_differs_and_only_that(project: Path) -> None:
    write_catalogue(project, CATALOGUE + '\nmsgid "Sign in"\nmsgstr "登录"\n')
    room = project / "room" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    room.parent.mkdir(parents=True)
    room.write_text(CATALOGUE, encoding="utf-8")
    own = catalogues.main_catalogue(project).with_suffix(".mo")
    assert catalogues.compile_all(project) == [own, room.with_suffix(".mo")]
    assert catalogues.compile_all(project) == []
    assert "登录".encode() in own.read_bytes()
