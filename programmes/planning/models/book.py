from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.models.scoping import TenantModel


class Book(TenantModel):
    """图书: a book that activities read, known once per network."""

    isbn = models.CharField("ISBN", max_length=13, blank=True)
    title = models.CharField(_("title"), max_length=120)
    author = models.CharField(_("author"), max_length=120, blank=True)
    publisher = models.CharField(_("publisher"), max_length=60, blank=True)
    # Such as 金准阅读 L3.
    grade = models.CharField(_("reading level"), max_length=40, blank=True)
    cover = models.ImageField(_("cover"), upload_to="books/%Y/", blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("book")
        verbose_name_plural = _("books")
        constraints = [
            models.UniqueConstraint(fields=["network", "isbn"], condition=~Q(isbn=""), name="an_isbn_names_one_book"),
            models.CheckConstraint(condition=~Q(title=""), name="a_book_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class BookList(TenantModel):
    """书单: books that belong together, such as 阅美善读 2027."""

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=60)
    note = models.CharField(_("note for planners"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("no longer used"), null=True, blank=True)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("book list")
        verbose_name_plural = _("book lists")
        constraints = [models.UniqueConstraint(fields=["network", "name"], name="book_lists_differ_by_name")]

    def __str__(self) -> str:
        return self.name


class BookListLine(TenantModel):
    """A book's place in a list."""

    book_list = models.ForeignKey(BookList, models.CASCADE, related_name="lines")
    book = models.ForeignKey(Book, models.CASCADE, related_name="list_lines", verbose_name=_("book"))
    place = models.PositiveSmallIntegerField(default=0)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("book of a list")
        verbose_name_plural = _("books of a list")
        constraints = [models.UniqueConstraint(fields=["book_list", "book"], name="a_list_names_a_book_once")]

    def __str__(self) -> str:
        return str(self.book)


class ActivityBook(TenantModel):
    """A book that an activity reads."""

    activity = models.ForeignKey("planning.Activity", models.CASCADE, related_name="book_lines")
    book = models.ForeignKey(Book, models.PROTECT, related_name="activity_lines", verbose_name=_("book"))
    place = models.PositiveSmallIntegerField(default=0)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("book of an activity")
        verbose_name_plural = _("books of an activity")
        constraints = [models.UniqueConstraint(fields=["activity", "book"], name="an_activity_names_a_book_once")]

    def __str__(self) -> str:
        return str(self.book)
