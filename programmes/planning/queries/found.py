"""What is planned, for whoever searches the whole site: only what readers may know of. One statement each."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import JSONObject
from django.urls import reverse

from kit.readers_search import Findings, Found
from kit.searching import Asked, matching
from programmes.planning.models import Activity, ActivityBook, Book, Brand, Host, Programme, Session
from programmes.planning.queries.faces import public_sessions
from programmes.planning.registers import reader_pages
from programmes.planning.rules.finding import Wish, words_of
from programmes.planning.rules.next_time import NextTime

# The sessions of a row, named as a subquery names it.
Sessions = Callable[[OuterRef], Q]


def _of_activity(row: OuterRef) -> Q:
    return Q(activity=row)


def _of_programme(row: OuterRef) -> Q:
    return Q(activity__programme=row)


def _of_brand(row: OuterRef) -> Q:
    """And of the brands right below it."""
    return Q(activity__programme__brand=row) | Q(activity__programme__brand__parent=row)


def _of_book(row: OuterRef) -> Q:
    return Q(activity__book_lines__book=row)


def _of_host(row: OuterRef) -> Q:
    return Q(engagements__host=row, engagements__live=True)


# What `NextTime` reads of a session.
_TIME = {
    "code": "code",
    "starts_at": "starts_at",
    "ends_at": "ends_at",
    "venue": "venue__name",
    "place": "place_name",
    "kind": "place_kind",
    "off": "called_off_at",
}


def find_activities(asked: Asked, limit: int) -> Findings:
    """By the activity's words, by titles of its own that a session has, by what is read."""
    books = ActivityBook.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    own = public_sessions().filter(activity=OuterRef("pk")).exclude(title="").order_by().values("activity")
    rows = Activity.objects.annotate(
        books=Subquery(books.annotate(all=StringAgg("book__title", "、", output_field=TextField())).values("all")),
        own_titles=Subquery(
            own.annotate(all=StringAgg("title", "、", distinct=True, output_field=TextField())).values("all")
        ),
    )
    texts = ("summary", "books", "own_titles", "text")
    return _found(rows, _of_activity, asked, limit, title="title", texts=texts, pages="activity")


def find_programmes(asked: Asked, limit: int) -> Findings:
    def list_of(row: Programme) -> str:
        return _list(words=words_of(row.title))

    texts = ("summary", "text")
    return _found(
        Programme.objects.all(),
        _of_programme,
        asked,
        limit,
        title="title",
        texts=texts,
        pages="programme",
        listed=list_of,
    )


def find_brands(asked: Asked, limit: int) -> Findings:
    def list_of(row: Brand) -> str:
        return _list(brand=row.pk)

    texts = ("slogan", "positioning")
    return _found(
        Brand.objects.all(), _of_brand, asked, limit, title="name", texts=texts, pages="brand", listed=list_of
    )


def find_books(asked: Asked, limit: int) -> Findings:
    """Those that are read somewhere; they lead there."""
    return _found(Book.objects.all(), _of_book, asked, limit, title="title", texts=("author",), named="author")


def find_hosts(asked: Asked, limit: int) -> Findings:
    """Those who agreed to be named and lead something that is public."""

    def list_of(row: Host) -> str:
        return _list(words=words_of(row.name))

    rows, texts = Host.objects.filter(is_public=True), ("introduction",)
    return _found(rows, _of_host, asked, limit, title="name", texts=texts, named="unit", listed=list_of)


def everything(words: str) -> str:
    return _list(words=words)


def _list(**wish: Any) -> str:
    return f"{reverse('planning:events')}{Wish(**wish).query()}"


def _found(
    rows: "QuerySet[Any]",
    its_sessions: Sessions,
    asked: Asked,
    limit: int,
    *,
    title: str,
    texts: Sequence[str],
    pages: str = "",
    named: str = "",
    listed: Callable[[Any], str] | None = None,
) -> Findings:
    """`pages`: of what it may have a page of its own; `named`: what stands before its next time; `listed`: where all that is
    still to come of it stands.
    """
    known = rows.filter(Exists(public_sessions().filter(its_sessions(OuterRef("pk")))))
    page = reader_pages.get(pages)
    ranked = _best(matching(known, asked, title=title, texts=texts), its_sessions, asked.at)
    best = list(ranked.annotate(page=page.path() if page else Value(None, output_field=TextField()))[:limit])
    found = []
    for row in best:
        time = NextTime.read(row.next_time)
        own = listed(row) if listed and row.comes_at else reverse("planning:event", args=[time.code])
        line = " · ".join(part for part in (getattr(row, named) if named else "", time.words(asked.at)) if part)
        said = [getattr(row, name) or "" for name in texts if name != named]
        address = page.address(row.page) if page and row.page else own
        found.append(Found(getattr(row, title), address, line, said, row.rank, row.score, is_over=row.comes_at is None))
    return found, best[0].in_all if best else 0


def _best(rows: "QuerySet[Any]", its_sessions: Sessions, at: datetime) -> "QuerySet[Any]":
    """What is still to come first. `next_time` is asked of those alone that are shown."""
    is_to_come = Q(ends_at__gt=at, called_off_at=None)
    to_come = public_sessions().filter(is_to_come, its_sessions(OuterRef("pk")))
    # By its id alone: what it says is put together for one, not for thousands.
    next_first = Case(When(is_to_come, then="starts_at")).asc(nulls_last=True)
    of_next = public_sessions().filter(its_sessions(OuterRef(OuterRef("pk")))).order_by(next_first, "-starts_at")
    next_time = Session.objects.filter(pk=Subquery(of_next.values("pk")[:1])).values(said=JSONObject(**_TIME))
    return rows.annotate(
        # Of all at once: the first of them alone would be looked for session by session, along the calendar.
        comes_at=Subquery(to_come.values(first=Func("starts_at", function="min"))),
        next_time=Subquery(next_time),
    ).order_by("-score", "rank", F("comes_at").asc(nulls_last=True), "-pk")
