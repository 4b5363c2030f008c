"""A table of books is taken in as a whole, or not at all."""

from django.utils.translation import gettext as _

from kit import kept_pages
from kit.command import command
from kit.refusals import Refusal, Refused
from kit.sheets import Fate, Sheet, Verdict
from networks.steps.journal import note
from people.models import Person
from programmes.planning.models import Book, BookList
from programmes.planning.queries.book_import import FIELDS, Known, judge
from programmes.planning.steps.books import MANY, add_to_list, hold_directory, make_books


@command
def import_books(*, sheet: Sheet, by: Person) -> dict[Fate, int]:
    """Judged once more, with the directory held: what was shown before is not trusted."""
    hold_directory()
    judged = judge(sheet)
    if not judged.preview.is_clean:
        raise Refused(
            Refusal(
                "changed_meanwhile",
                _("Something has changed since you looked: some rows cannot be taken any more."),
                _("Nothing was written. Look at the rows below."),
            )
        )
    made, changed = judged.preview.of(Fate.MADE), judged.preview.of(Fate.CHANGED)
    fresh = make_books([_values(verdict) for verdict in made])
    pairs = [*zip(fresh, made, strict=True), *_change(changed, judged.known)]
    _fill_lists(pairs)
    if pairs:
        counts = {fate.value: judged.preview.counts[fate] for fate in (Fate.MADE, Fate.CHANGED)}
        note("planning.books_imported", subject=pairs[0][0], actor=by, values=counts)
        kept_pages.forget()
    return judged.preview.counts


def _values(verdict: Verdict) -> dict[str, str]:
    return {name: verdict.row.values.get(name) or "" for name in FIELDS}


def _change(verdicts: list[Verdict], known: Known) -> list[tuple[Book, Verdict]]:
    pairs = []
    for verdict in verdicts:
        book = known.match(verdict.row.values)
        if book is None:
            raise LookupError("A row that changes something means a book.")
        for name in FIELDS:
            if name in verdict.changes:
                setattr(book, name, verdict.changes[name])
        pairs.append((book, verdict))
    Book.objects.bulk_update([book for book, _verdict in pairs], FIELDS, batch_size=MANY)
    return pairs


def _fill_lists(pairs: list[tuple[Book, Verdict]]) -> None:
    wanted: dict[str, list[Book]] = {}
    for book, verdict in pairs:
        for name in verdict.row.values.get("lists") or ():
            wanted.setdefault(name, []).append(book)
    there = {row.name: row for row in BookList.objects.filter(name__in=list(wanted))}
    for name, books in wanted.items():
        book_list = there.get(name) or BookList.objects.create(name=name)
        add_to_list(book_list, books)
