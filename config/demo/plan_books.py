"""Books that the demo's activities read. Titles and authors are invented; the numbers are well formed, no more."""

from programmes.planning.models import Activity, ActivityBook, Book, BookList, BookListLine

_TITLES = """
小种子去旅行|林小漾|3
下雨天的图书馆|陈木子|3
奶奶的蓝布伞|周禾|4
城墙上的猫|许知微|4
第一百只纸船|顾远|5
月亮忘了关灯|沈青|2
我家住在江边|何秋白|4
数星星的邮递员|夏一鸣|5
会飞的书包|江南橘|3
影子捉迷藏|白鹭|2
老树爷爷的年轮|邵一舟|5
一碗阳春面|唐小满|4
找不到的第七块积木|方圆|3
给大海写信|季海棠|6
铁皮青蛙上学记|毛小宇|5
桥下的魔法师|温如玉|7
山那边的学校|韩青山|8
弄堂里的风筝|陆小曼青|6
十二岁的地图|严冬|9
外婆家的井|柳叶|7
一只羊的四季|牧心|3
慢吞吞的邮局|秦朗|4
纸上的马戏团|杜若|6
雪地里的脚印|白桦|5
"""
LIST = "阅美善读书目"


def enter_books() -> list[Book]:
    lines = [line.split("|") for line in _TITLES.strip().splitlines()]
    books = Book.objects.bulk_create(
        Book(isbn=_isbn(number), title=title, author=author, publisher="秣陵出版社", grade=f"金准阅读 L{level}")
        for number, (title, author, level) in enumerate(lines, start=1)
    )
    shared = BookList.objects.create(name=LIST, note="按年级分层，每年秋天更新。")
    BookListLine.objects.bulk_create(
        BookListLine(book_list=shared, book=book, place=place) for place, book in enumerate(books, start=1)
    )
    return list(books)


def give_books(activities: list[tuple[Activity, int]], books: list[Book]) -> None:
    """So many to each, going round."""
    rows, first = [], 0
    for activity, count in activities:
        chosen = [books[(first + step) % len(books)] for step in range(min(count, len(books)))]
        rows += [ActivityBook(activity=activity, book=book, place=place) for place, book in enumerate(chosen, start=1)]
        first += count
    ActivityBook.objects.bulk_create(rows)


def _isbn(number: int) -> str:
    body = f"97875000{number:04}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"
