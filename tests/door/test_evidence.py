"""佐证材料, read back: of one session as a PDF and as files, of many as long work."""

import csv
import io
import zipfile
from datetime import timedelta

import pypdfium2
import pytest
from django.db.models import F
from PIL import Image

from networks.choices import JobState
from networks.engine.job_child import run_here
from networks.models import Job, JournalLine, inside
from people.choices import Role
from people.messages import CHILD_READ
from people.models import Child
from programmes.door.models import DiaryPhoto
from tests.browsers import browser, staff
from tests.door.diaries import handed_in, party_that_came, with_photo
from tests.signup.signing import another

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(nanjing):
    return staff(nanjing, "13800138003", Role.KEEPER, name="陈静")


@pytest.fixture
def evening(nanjing, keeper):
    """Two children and a grown-up came; two photos, one of them internal; a diary with a problem."""
    session, row, _by = party_that_came(nanjing, keeper, children=2, adults=1)
    with inside(nanjing):
        Child.objects.filter(household=row.household_id, name="小雨").update(name="欧阳小雨")
    photos = [with_photo(nanjing, session, keeper) for _one in range(2)]
    with inside(nanjing):
        DiaryPhoto.objects.filter(pk=photos[0].pk).update(caption="翻到下一页", cleared_at=F("added_at"))
    handed_in(nanjing, session, keeper, children=3, adults=2, problems="投影灯泡偏暗")
    return session


def said_in(content):
    book = pypdfium2.PdfDocument(io.BytesIO(content))
    return book, "".join("".join(page.get_textpage().get_text_range().split()) for page in book)


@pytest.mark.parametrize("with_problems", [False, True])
def test_on_paper_it_says_what_how_many_and_how_that_is_known(nanjing, keeper, evening, with_problems):
    asked = {"as": "pdf", **({"problems": "1"} if with_problems else {})}
    answer = browser(keeper, bound=True).post(f"/plan/sessions/{evening.code}/evidence/", asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    book, said = said_in(answer.content)
    for words in (
        "小种子",
        "孩子们抢着翻页",
        "5",
        "活动小结由陈静",
        "签到：2位孩子，1位大人",
        "摄像头3",
        "翻到下一页",
        "仅内部",
        "欧阳*雨",
        "另有1位大人",
        "1/1",
    ):
        assert words in said, words
    assert ("欧阳小雨" in said, "投影灯泡偏暗" in said) == (False, with_problems)
    assert sum(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for one in book[0].get_objects()) == 2
    with inside(nanjing):
        assert JournalLine.objects.filter(verb=CHILD_READ, actor_id=keeper.pk).count() >= 2
        assert JournalLine.objects.filter(verb="door.evidence_taken", subject_id=evening.pk).count() == 1


def test_as_files_it_is_photos_and_a_table_of_numbers(keeper, evening):
    answer = browser(keeper, bound=True).post(f"/plan/sessions/{evening.code}/evidence/", {"as": "zip"})
    found = zipfile.ZipFile(io.BytesIO(answer.content))
    names = found.namelist()
    assert [name.split("-", 2)[-1] for name in names] == ["numbers.csv", "1.jpg", "2-仅内部.jpg"]
    assert Image.open(io.BytesIO(found.read(names[1]))).format == "JPEG"
    (row,) = csv.DictReader(io.StringIO(found.read("numbers.csv").decode("utf-8-sig")))
    assert {name: row[name] for name in ("孩子", "大人", "合计", "签到人数", "照片")} == {
        "孩子": "3",
        "大人": "2",
        "合计": "5",
        "签到人数": "3",
        "照片": "2",
    }


def test_of_many_it_is_long_work_with_all_of_it_in_one_file(nanjing, keeper, evening):
    more = another(nanjing, evening.activity, later=timedelta(days=4))
    later, _row, _by = party_that_came(nanjing, keeper, session=more)
    client = browser(keeper, bound=True)
    assert client.post("/plan/diaries/evidence/", {"chosen": []}).status_code == 302
    answer = client.post("/plan/diaries/evidence/", {"chosen": [evening.pk, later.pk]})
    assert run_here() == 1
    with inside(nanjing):
        job = Job.objects.get()
        assert (answer["Location"], job.state) == (f"/plan/jobs/{job.code}/", JobState.DONE)
        with job.result_file.open() as file:
            found = zipfile.ZipFile(io.BytesIO(file.read()))
    assert sorted(name.split("-", 2)[-1] for name in found.namelist()) == [
        "1.jpg",
        "2-仅内部.jpg",
        "numbers.csv",
        "活动佐证材料.pdf",
    ]
    book, said = said_in(found.read("活动佐证材料.pdf"))
    assert (len(book), "小结未交" in said) == (2, True)
