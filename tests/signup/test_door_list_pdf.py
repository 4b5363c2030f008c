"""The door list on paper, read back: who comes with a box each, who waits, no telephone, page numbers."""

import io

import pypdfium2
import pytest

from kit import clock
from networks.models import JournalLine, inside
from people.models import Child
from programmes.signup.choices import State
from programmes.signup.models import Registration
from tests.signup.signing import family, sign_up, story_hour

pytestmark = pytest.mark.django_db


def test_it_says_who_comes_what_they_need_and_who_waits(nanjing, nanjing_cast):
    session = story_hour(nanjing)
    home, mother = family(nanjing, children=2)
    sign_up(nanjing, session, home, mother, children=2, adults=1)
    waiting = sign_up(nanjing, session, *family(nanjing, name="李明"))
    with inside(nanjing):
        Child.objects.filter(household=home, name="小雨").update(needs="对花生过敏")
        Registration.objects.filter(pk=waiting.pk).update(state=State.WAITS, waits_from=clock.now())
    answer = nanjing_cast.client("planner").post(f"/plan/sessions/{session.code}/sign-ups/door-list/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    book = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    said = "".join("".join(page.get_textpage().get_text_range().split()) for page in book)
    for words in ("小种子", "小雨", "小宇", "对花生过敏", "1位大人", "候补", "李明", "1/1", "打印时间", "用后销毁"):
        assert words in said, words
    assert "138" not in said.replace(session.code, "")
    data = book.get_metadata_dict()
    assert ("签到名单" in data["Title"], data["Author"]) == (True, "金陵图书馆")
    with inside(nanjing):
        assert JournalLine.objects.filter(verb="people.child_read").count() == 3
