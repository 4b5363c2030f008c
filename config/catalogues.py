"""Translations in pure Python: bare Debian has no gettext tools.

Catalogues name neither lines nor dates and are sorted by their texts, so that two branches that add texts merge.
Compiling needs nothing but Babel, so that it can run before Django is set up.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = "django"
LOCALE = "zh_Hans"

Texts = str | tuple[str, ...] | list[str]
Key = tuple[str, str]
"""Context (or "") and the text, the singular one where there are two."""

_NAMES: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Modules that need both call the immediate one `_now`.
KEYWORDS = {"_": None, "_now": None, **_NAMES, **{f"{name}_lazy": places for name, places in _NAMES.items()}}

HEADER = """# The texts of Siji. Run `make messages` after adding one; it keeps the order and drops what is no longer used.
msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


def main_catalogue(root: Path = ROOT) -> Path:
    return root / "locale" / LOCALE / "LC_MESSAGES" / f"{DOMAIN}.po"


def all_catalogues(root: Path = ROOT) -> list[Path]:
    """The project's own and those that a room keeps for a library's missing texts."""
    return sorted([*root.glob("locale/*/LC_MESSAGES/*.po"), *root.glob("*/locale/*/LC_MESSAGES/*.po")])


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain=path.stem, abort_invalid=True)


def entries(catalogue: Catalog) -> dict[Key, Message]:
    return {key(message): message for message in catalogue if message.id}


def key(message: Message) -> Key:
    return (message.context or "", first(message.id))


def first(texts: Texts) -> str:
    return texts if isinstance(texts, str) else texts[0]


# --- Finding the texts in the source --------------------------------------------------------


def source_texts(root: Path = ROOT) -> dict[Key, Texts]:
    """Every text that our modules and templates hand to gettext."""
    found: dict[Key, Texts] = {}
    for context, texts in _all_texts(root):
        place = (context, first(texts))
        # The same text may stand once alone and once with its plural; the plural's entry serves both.
        if not isinstance(found.get(place), tuple):
            found[place] = texts
    return found


def _all_texts(root: Path) -> Iterator[tuple[str, Texts]]:
    for path in source_files(root):
        source = path.read_text(encoding="utf-8")
        yield from texts_of_module(source) if path.suffix == ".py" else texts_of_template(source)


def source_files(root: Path = ROOT) -> Iterator[Path]:
    for room in sorted(path.parent for path in root.glob("*/__init__.py") if path.parent.name != "tests"):
        for path in sorted(room.rglob("*")):
            is_template = "templates" in path.parts and path.suffix in {".html", ".txt", ".svg", ".xml"}
            if is_template or (path.suffix == ".py" and "migrations" not in path.parts):
                yield path


def texts_of_module(source: str) -> Iterator[tuple[str, Texts]]:
    file = io.BytesIO(source.encode())
    for _line, texts, _comments, context in extract("python", file, keywords=KEYWORDS):
        yield context or "", texts


def texts_of_template(source: str) -> Iterator[tuple[str, Texts]]:
    # Brackets around it, since a template's indentation is not Python's.
    return texts_of_module(f"(\n{templatize(source)}\n)")


# --- Writing --------------------------------------------------------------------------------


def update(root: Path = ROOT) -> tuple[list[str], list[str]]:
    """Brings the project's catalogue into line with the source. Returns the texts added and those dropped."""
    path = main_catalogue(root)
    before = entries(read(path)) if path.exists() else {}
    wanted = source_texts(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_po(wanted, before), encoding="utf-8")
    added = sorted(text for place in wanted.keys() - before.keys() for text in place[1:])
    dropped = sorted(text for place in before.keys() - wanted.keys() for text in place[1:])
    return added, dropped


def _po(wanted: dict[Key, Texts], before: dict[Key, Message]) -> str:
    places = sorted(wanted, key=lambda place: (place[1], place[0]))
    blocks = [_block(place[0], wanted[place], before.get(place)) for place in places]
    return "\n".join([HEADER.format(locale=LOCALE), *blocks])


def _block(context: str, texts: Texts, known: Message | None) -> str:
    answer = first(known.string) if known is not None and known.string else ""
    lines = [f"# {comment}" for comment in known.user_comments] if known is not None else []
    if known is not None and known.fuzzy:
        lines.append("#, fuzzy")
    if context:
        lines.append(f"msgctxt {_quoted(context)}")
    lines.append(f"msgid {_quoted(first(texts))}")
    if isinstance(texts, tuple):
        lines.append(f"msgid_plural {_quoted(texts[1])}")
        lines.append(f"msgstr[0] {_quoted(answer)}")
    else:
        lines.append(f"msgstr {_quoted(answer)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return str(normalize(text, width=0))


def compile_all(root: Path = ROOT) -> list[Path]:
    """Writes an .mo beside each .po where it would differ. Returns those written."""
    written = []
    for path in all_catalogues(root):
        file = io.BytesIO()
        write_mo(file, _without_dates(read(path)))
        target = path.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != file.getvalue():
            draft = target.with_suffix(".draft")
            draft.write_bytes(file.getvalue())
            draft.replace(target)
            written.append(target)
    return written


def _without_dates(catalogue: Catalog) -> Catalog:
    catalogue.creation_date = catalogue.revision_date = datetime(1970, 1, 1, tzinfo=UTC)
    return catalogue


# --- Judging --------------------------------------------------------------------------------

_PLACEHOLDER = re.compile(r"%\((\w+)\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|%[srd]|\{(\w*)(?:![rsa])?(?::[^{}]*)?\}")
_NOT_PROSE = re.compile(r"<[^<>]*>|&\w+;|https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\S*[/\\_=]\S*|\w*\.\w\S*")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
# Names and short forms that Chinese readers use as they are.
KEPT_WORDS = frozenset(
    """
    Siji nanjing English ISBN MB ICP SMS QR PDF Excel CSV URL ID TOTP HTTPS SMTP Wi-Fi WeChat Wagtail PNG JPEG JPG GIF SVG AVIF WebP WebM WebVTT MP WAV
    Markdown HTML CSS JavaScript JSON API IP AppID AppSecret JS Authenticator Google Microsoft Windows Android iPhone Mac Shift Enter HEIC ZIP
    """.split()  # noqa: SIM905 - a list that people add to
)


def faults(root: Path = ROOT) -> list[str]:
    """What keeps the translation from being whole, one sentence each; none when all is well."""
    path = main_catalogue(root)
    known = entries(read(path))
    wanted = source_texts(root)
    found = [f"missing: {place[1]!r}" for place in sorted(wanted.keys() - known.keys())]
    found += [f"no longer used: {place[1]!r}" for place in sorted(known.keys() - wanted.keys())]
    found += [
        f"its plural has changed: {place[1]!r}"
        for place in sorted(wanted.keys() & known.keys())
        if wanted[place] != known[place].id
    ]
    for catalogue in all_catalogues(root):
        for message in read(catalogue):
            if message.id:
                found += [f"{fault}: {first(message.id)!r}" for fault in faults_of(message)]
        if obsolete := read(catalogue).obsolete:
            found.append(f"{catalogue.relative_to(root)} keeps {len(obsolete)} obsolete entries")
    return found


def faults_of(message: Message) -> Iterator[str]:
    answer = first(message.string) if message.string else ""
    if message.fuzzy:
        yield "fuzzy"
    if not answer.strip():
        yield "not translated"
        return
    asked = message.id if isinstance(message.id, str) else message.id[-1]
    if placeholders(asked) != placeholders(answer):
        yield f"placeholders differ in {answer!r}"
    if left := english_left(asked, answer):
        yield f"English left ({', '.join(left)}) in {answer!r}"


def placeholders(text: str) -> list[str]:
    plain = text.replace("%%", "")
    return sorted({match.group(0) for match in _PLACEHOLDER.finditer(plain)})


def english_left(asked: str, answer: str) -> list[str]:
    """English words in the translation, or the whole of it when it has no Chinese at all."""
    words = [word for word in _WORD.findall(_prose(answer)) if word not in KEPT_WORDS]
    if words:
        return words
    untranslated = not _HAN.search(answer) and any(word not in KEPT_WORDS for word in _WORD.findall(_prose(asked)))
    return [answer] if untranslated else []


def _prose(text: str) -> str:
    return _NOT_PROSE.sub(" ", _PLACEHOLDER.sub(" ", text))
