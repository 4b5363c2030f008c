"""Books: entered once, known by their ISBN, gathered in lists, taken in from Excel, read by activities."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from PIL import Image

from networks.models import JournalLine, inside
from programmes.planning.models import ActivityBook, Book, BookList, BookListLine
from programmes.planning.rules.isbn import isbn13, spoken
from tests.planning import plans

GOOD = "9787544270878"
OTHER = "9787020002207"


def text(answer):
    return answer.content.decode()


def digits13(head):
    """By the book: weights 1 and 3."""
    value = sum(int(digit) * weight for digit, weight in zip(head, [1, 3] * 6, strict=True))
    return head + str((10 - value % 10) % 10)


def digits10(head):
    value = sum((10 - place) * int(digit) for place, digit in enumerate(head))
    return head + "0123456789X"[(11 - value % 11) % 11]


heads = st.text("0123456789", min_size=9, max_size=9)


class TestISBN:
    @given(heads, st.sampled_from(["978", "979"]))
    def test_thirteen_digits_stay(self, head, prefix):
        assert isbn13(digits13(prefix + head)) == digits13(prefix + head)

    @given(heads)
    def test_ten_digits_become_thirteen(self, head):
        assert isbn13(digits10(head)) == digits13("978" + head)

    @given(heads, st.integers(0, 11), st.integers(1, 9))
    def test_one_wrong_digit_is_always_noticed(self, head, place, step):
        good = digits13("978" + head)
        bad = good[: place + 1] + str((int(good[place + 1]) + step) % 10) + good[place + 2 :]
        assert isbn13(bad) == ""

    @pytest.mark.parametrize(
        "typed", ["978-7-5442-7087-8", "ISBN 9787544270878", "９７８７５４４２７０８７８", " 978 7544270878"]
    )
    def test_however_it_is_typed(self, typed):
        assert isbn13(typed) == GOOD

    @pytest.mark.parametrize("typed", ["", "978", "1234567890123", "abcdefghij", "97875442708781", "978754427087X"])
    def test_what_is_none(self, typed):
        assert isbn13(typed) == ""

    def test_spoken_in_groups(self):
        assert (spoken(GOOD), spoken("")) == ("978-7-54427087-8", "")


@pytest.fixture
def planner(nanjing_cast, home):
    return nanjing_cast.client("planner")


def wish(**changes):
    return {
        "isbn": "",
        "title": "小种子",
        "author": "林小漾",
        "publisher": "秣陵出版社",
        "grade": "金准阅读 L3",
        **changes,
    }


@pytest.mark.django_db
class TestDirectory:
    def test_added_by_an_isbn_of_ten(self, planner):
        assert planner.post("/plan/books/add/", wish(isbn="7-5442-7087-9")).status_code == 422
        assert planner.post("/plan/books/add/", wish(isbn=digits10("754427087"))).status_code == 302
        assert Book.objects.get().isbn == GOOD

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"isbn": "9787544270879"}, "不是正确的 ISBN"),
            ({"isbn": "978-7-5442-7087-8"}, "这个 ISBN 已属于《在册》"),
            ({"title": " "}, "field-errors"),
        ],
    )
    def test_refused(self, planner, changes, words):
        Book.objects.create(title="在册", isbn=GOOD)
        answer = planner.post("/plan/books/add/", wish(**changes))
        assert (answer.status_code, words in text(answer), Book.objects.count()) == (422, True, 1)

    def test_changed_and_looked_at_by_a_librarian(self, planner, nanjing_cast):
        row = Book.objects.create(title="旧名")
        assert planner.post(f"/plan/books/{row.pk}/", wish(isbn=GOOD, title="新名")).status_code == 302
        row.refresh_from_db()
        assert (row.title, row.isbn) == ("新名", GOOD)
        librarian = nanjing_cast.client("district")
        assert "新名" in text(librarian.get(f"/plan/books/{row.pk}/"))
        assert librarian.post(f"/plan/books/{row.pk}/", wish()).status_code == 403

    def test_searched_and_filtered(self, planner):
        listed = BookList.objects.create(name="阅美善读")
        first = Book.objects.create(title="小种子", isbn=GOOD, author="林小漾", grade="L3")
        second = Book.objects.create(title="城墙上的猫", grade="L4")
        BookListLine.objects.create(book_list=listed, book=first)
        ActivityBook.objects.create(activity=plans.activity(), book=second)
        for query, seen in (
            ("q=978-7-5442-7087-8", ["小种子"]),
            ("q=7544", ["小种子"]),
            ("q=林小漾", ["小种子"]),
            ("q=没有", []),
            (f"list={listed.pk}", ["小种子"]),
            ("grade=L4", ["城墙上的猫"]),
            ("read=yes", ["城墙上的猫"]),
            ("read=no", ["小种子"]),
        ):
            answer = planner.get(f"/plan/books/?{query}")
            assert [str(line.cells[0][1].text) for line in answer.context["table"].lines] == seen, query

    def test_a_cover(self, planner, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        row, out = Book.objects.create(title="小种子"), io.BytesIO()
        Image.new("RGB", (600, 800), "teal").save(out, "PNG")
        file = SimpleUploadedFile("c.png", out.getvalue())
        assert planner.post(f"/plan/books/{row.pk}/cover/", {"image": file}).status_code == 302
        row.refresh_from_db()
        with row.cover.open() as kept, Image.open(kept) as found:
            assert (found.format, found.size) == ("WEBP", (600, 800))
        answer = planner.post(f"/plan/books/{row.pk}/cover/", {"image": SimpleUploadedFile("c.png", b"x")})
        assert (answer.status_code, "这不是 JPEG、PNG 或 WebP 图片" in text(answer)) == (422, True)
        planner.post(f"/plan/books/{row.pk}/cover/", {"do": "remove"})
        row.refresh_from_db()
        assert not row.cover

    def test_the_catalogue_by_the_librarys_own_pattern(self, planner, nanjing):
        row = Book.objects.create(title="小种子", isbn=GOOD)
        assert "馆藏查询" not in text(planner.get(f"/plan/books/{row.pk}/"))
        for pattern, is_there in (
            ("https://opac.example.cn/?isbn={isbn}", True),
            ("javascript:alert({isbn})", False),
        ):
            nanjing.rules = {"catalogue_url": pattern}
            nanjing.save()
            page = text(planner.get(f"/plan/books/{row.pk}/"))
            assert (f"https://opac.example.cn/?isbn={GOOD}" in page, "馆藏查询" in page) == (is_there, is_there)


@pytest.mark.django_db
class TestLists:
    def test_filled_ordered_and_closed(self, planner):
        assert planner.post("/plan/books/lists/", {"name": "阅美善读", "note": ""}).status_code == 302
        row = BookList.objects.get()
        books = [Book.objects.create(title=name) for name in ("甲", "乙", "丙")]
        address = f"/plan/books/lists/{row.pk}/change/"
        for book in books:
            planner.post(address, {"do": "add", "book": book.pk})

        def order():
            lines = BookListLine.objects.filter(book_list=row).order_by("place")
            return "".join(line.book.title for line in lines)

        planner.post(address, {"do": "add", "book": books[0].pk})
        assert order() == "甲乙丙"
        planner.post(address, {"do": "forward", "book": books[2].pk})
        assert order() == "甲丙乙"
        planner.post(address, {"do": "remove", "book": books[0].pk})
        assert order() == "丙乙"
        planner.post(address, {"do": "close"})
        planner.post(address, {"do": "add", "book": books[0].pk})
        assert (order(), "这个书单已停用。请先恢复使用。" in text(planner.get("/plan/books/lists/"))) == ("丙乙", True)

    def test_two_of_one_name_are_refused(self, planner):
        BookList.objects.create(name="阅美善读")
        answer = planner.post("/plan/books/lists/", {"name": "阅美善读"})
        assert (answer.status_code, BookList.objects.count()) == (422, 1)


def excel(*rows, heads=("ISBN", "书名", "作者", "出版社", "分级", "书单")):
    book, out = Workbook(), io.BytesIO()
    for row in (heads, *rows):
        book.active.append(row)
    book.save(out)
    return SimpleUploadedFile("books.xlsx", out.getvalue())


@pytest.mark.django_db
class TestImport:
    def send(self, client, file):
        return client.post("/plan/books/import/", {"file": file})

    def test_seen_first_then_taken_in(self, planner):
        known = Book.objects.create(title="旧名", isbn=GOOD, publisher="秣陵出版社")
        rows = (
            ("978-7-5442-7087-8", "新名", "林小漾", "", "", "阅美善读"),
            ("", "没有号的书", "牧心", "", "L2", "阅美善读、夏日书单"),
        )
        preview = self.send(planner, excel(*rows))
        assert preview.status_code == 200
        assert {part.fate.value: part.count for part in preview.context["parts"]} == {"made": 1, "changed": 1}
        assert Book.objects.count() == 1
        answer = planner.post("/plan/books/import/confirm/", {"code": preview.context["code"]})
        assert (answer.status_code, answer["Location"]) == (302, "/plan/books/")
        known.refresh_from_db()
        assert (known.title, known.author, known.publisher) == ("新名", "林小漾", "秣陵出版社")
        made = Book.objects.get(isbn="")
        assert (made.title, made.grade) == ("没有号的书", "L2")
        lines = {row.name: [line.book.title for line in row.lines.order_by("place")] for row in BookList.objects.all()}
        assert lines == {"阅美善读": ["没有号的书", "新名"], "夏日书单": ["没有号的书"]}
        again = self.send(planner, excel(*rows))
        assert {part.fate.value: part.count for part in again.context["parts"]} == {"unchanged": 2}

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            (("9787544270879", "甲", "", "", "", ""), "不是正确的 ISBN，请核对是否有笔误"),
            ((9787544270870, "甲", "", "", "", ""), "不是正确的 ISBN"),
            ((GOOD, "", "", "", "", ""), "书名"),
            ((GOOD, "字" * 121, "", "", "", ""), "121"),
            ((GOOD, "甲", "", "", "", "单" * 61), "书单名称最多 60 个字"),
        ],
    )
    def test_a_row_with_a_mistake_keeps_all_out(self, planner, row, words):
        answer = self.send(planner, excel((OTHER, "好的", "", "", "", ""), row))
        assert (answer.status_code, words in text(answer), Book.objects.count()) == (422, True, 0)

    def test_the_same_book_twice_in_one_table(self, planner):
        answer = self.send(planner, excel((GOOD, "甲", "", "", "", ""), ("978-7-5442-7087-8", "乙", "", "", "", "")))
        assert answer.status_code == 422

    def test_what_is_no_table(self, planner):
        assert self.send(planner, SimpleUploadedFile("a.xlsx", b"no table")).status_code == 422
        assert planner.post("/plan/books/import/confirm/", {"code": "NONE"}).status_code == 302
        assert Book.objects.count() == 0

    def test_the_template_can_be_taken_in(self, planner):
        content = planner.get("/plan/books/import/template/").content
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        assert [cell.value for cell in sheet[2]] == ["ISBN", "书名", "作者", "出版社", "分级", "书单"]
        preview = self.send(planner, SimpleUploadedFile("books.xlsx", content))
        assert {part.fate.value: part.count for part in preview.context["parts"]} == {"made": 1}

    def test_many_rows_in_few_statements(self, planner):
        def statements(count, start):
            rows = [
                (digits13(f"97875{start + number:07}"), f"书{start + number}", "", "", "", "单")
                for number in range(count)
            ]
            code = self.send(planner, excel(*rows)).context["code"]
            with CaptureQueriesContext(connection) as queries:
                planner.post("/plan/books/import/confirm/", {"code": code})
            return len(queries)

        statements(2, 0)
        assert statements(4, 100) == statements(200, 1000)


@pytest.mark.django_db
class TestActivityBooks:
    def order(self, activity):
        return "".join(line.book.title for line in ActivityBook.objects.filter(activity=activity).order_by("place"))

    def test_found_ordered_and_left_out(self, planner):
        activity = plans.activity()
        books = [Book.objects.create(title=name) for name in ("甲", "乙", "丙")]
        address = f"/plan/activities/{activity.pk}/books/change/"
        assert "乙" in text(planner.get(f"/plan/activities/{activity.pk}/books/?q=乙"))
        for book in books:
            planner.post(address, {"do": "add", "book": book.pk})
        planner.post(address, {"do": "forward", "book": books[1].pk})
        planner.post(address, {"do": "remove", "book": books[2].pk})
        assert self.order(activity) == "乙甲"
        for data in ({"do": "add", "book": "x"}, {"do": "list", "list": "0"}, {"do": "boom", "book": books[0].pk}, {}):
            assert planner.post(address, data).status_code == 302
        assert self.order(activity) == "乙甲"

    def test_a_whole_list(self, planner):
        activity, row = plans.activity(), BookList.objects.create(name="阅美善读")
        for place, name in enumerate(("甲", "乙")):
            BookListLine.objects.create(book_list=row, book=Book.objects.create(title=name), place=place)
        for _again in range(2):
            planner.post(f"/plan/activities/{activity.pk}/books/change/", {"do": "list", "list": row.pk})
        assert self.order(activity) == "甲乙"

    @pytest.mark.parametrize("between", [" ", "\n", ",", "，", "、"])
    def test_isbns_pasted(self, planner, between):
        activity = plans.activity()
        Book.objects.create(title="甲", isbn=GOOD)
        Book.objects.create(title="乙", isbn=OTHER)
        pasted = between.join([OTHER, "978-7-5442-7087-8"])
        assert planner.post(f"/plan/activities/{activity.pk}/books/", {"pasted": pasted}).status_code == 302
        assert self.order(activity) == "乙甲"

    def test_a_table_enters_books_that_nobody_knows(self, planner):
        activity = plans.activity()
        file = excel((GOOD, "小种子", "林小漾", "", "", ""), ("", "没有号的书", "", "", "", ""))
        assert planner.post(f"/plan/activities/{activity.pk}/books/", {"file": file}).status_code == 302
        assert self.order(activity) == "小种子没有号的书"
        assert JournalLine.objects.filter(verb="planning.book_added").count() == 2

    @pytest.mark.parametrize(
        ("pasted", "words"),
        [
            (GOOD, f"图书目录里没有：{GOOD}"),
            ("9787544270879", "不是正确的 ISBN"),
            ("", "field-errors|notice"),
        ],
    )
    def test_refused(self, planner, pasted, words):
        activity = plans.activity()
        answer = planner.post(f"/plan/activities/{activity.pk}/books/", {"pasted": pasted})
        assert answer.status_code == 422
        assert any(one in text(answer) for one in words.split("|"))
        assert ActivityBook.objects.count() == 0

    def test_too_many(self, planner):
        activity, row = plans.activity(), BookList.objects.create(name="百本")
        made = Book.objects.bulk_create([Book(title=f"书{number}") for number in range(61)])
        BookListLine.objects.bulk_create([BookListLine(book_list=row, book=book) for book in made])
        planner.post(f"/plan/activities/{activity.pk}/books/change/", {"do": "list", "list": row.pk})
        assert (self.order(activity), "最多 60 本" in text(planner.get(f"/plan/activities/{activity.pk}/books/"))) == (
            "",
            True,
        )


@pytest.mark.django_db
def test_the_same_isbn_in_two_cities(nanjing_cast, shenzhen_cast):
    for cast in (nanjing_cast, shenzhen_cast):
        assert cast.client("planner").post("/plan/books/add/", wish(isbn=GOOD)).status_code == 302
        with inside(cast.network):
            assert Book.objects.get().isbn == GOOD
