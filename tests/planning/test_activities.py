"""Activities: described section by section, copied, dropped; sessions keep their times."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from kit import clock
from networks.models import JournalLine
from programmes.planning.commands.pictures import purge_pictures
from programmes.planning.models import Activity, ActivityBook, ActivityPicture, Book, PartnerUnit, UnitLine
from tests.planning import plans

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def planner(nanjing_cast, home):
    return nanjing_cast.client("planner")


@pytest.fixture
def activity(home):
    return plans.activity("小种子")


def fresh(row):
    return Activity.objects.get(pk=row.pk)


class TestAdding:
    def test_in_one_short_form(self, planner):
        programme = plans.programme("绘本故事会", department="少儿部", in_charge="林晓梅")
        form = {
            "title": "小种子",
            "statistic_class": "other",
            "audiences": ["children", "families"],
            "ages_first": "3",
            "ages_last": "6",
            "ages_unit": "years",
            "capacity": "20",
            "minutes": "45",
        }
        answer = planner.post(f"/plan/programmes/{programme.pk}/activities/add/", form)
        row = Activity.objects.get()
        assert answer["Location"] == f"/plan/activities/{row.pk}/"
        assert (row.from_months, row.to_months, row.minutes, row.capacity) == (36, 83, 45, 20)
        assert (row.audiences, row.department, row.in_charge) == (["children", "families"], "少儿部", "林晓梅")
        assert "3–6 岁" in text(planner.get(answer["Location"]))

    @pytest.mark.parametrize(
        ("ages", "months"),
        [
            (("18", "36", "months"), (18, 36)),
            (("3", "", "years"), (36, None)),
            (("", "6", "years"), (None, 83)),
            (("", "", "years"), (None, None)),
            (("0", "1", "years"), (0, 23)),
        ],
    )
    def test_ages_in_years_or_months(self, planner, ages, months):
        programme = plans.programme()
        form = {"title": "甲", "statistic_class": "lecture", "minutes": "60"}
        form |= dict(zip(("ages_first", "ages_last", "ages_unit"), ages, strict=True))
        assert planner.post(f"/plan/programmes/{programme.pk}/activities/add/", form).status_code == 302
        row = Activity.objects.get()
        assert (row.from_months, row.to_months) == months

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"title": "小种子"}, "这个项目里已经有名为“小种子”的活动"),
            ({"ages_first": "6", "ages_last": "3", "ages_unit": "years"}, "最小年龄比最大年龄还大"),
            ({"ages_first": "200", "ages_unit": "years"}, "年龄不会超过 120 岁"),
            ({"ages_first": "abc", "ages_unit": "years"}, "field-errors"),
            ({"ages_first": "3", "ages_unit": "weeks"}, "field-errors"),
            ({"minutes": "4"}, "field-errors"),
            ({"minutes": "1441"}, "field-errors"),
            ({"capacity": "0"}, "field-errors"),
            ({"audiences": ["dogs"]}, "field-errors"),
            ({"statistic_class": "party"}, "field-errors"),
        ],
    )
    def test_nonsense_is_refused_in_place(self, planner, activity, changes, words):
        form = {"title": "乙", "statistic_class": "other", "minutes": "60", **changes}
        answer = planner.post(f"/plan/programmes/{activity.programme_id}/activities/add/", form)
        assert (answer.status_code, words in text(answer), Activity.objects.count()) == (422, True, 1)


def _parts(field):
    return field.field.widget.get_context(field.html_name, field.value(), {})["widget"]["subwidgets"]


class TestSections:
    def post(self, client, row, part, **form):
        return client.post(f"/plan/activities/{row.pk}/edit/{part}/", form)

    def test_each_opens_with_what_stands(self, planner, activity):
        for part in ("what", "for-whom", "length", "needs", "duty", "money"):
            page = planner.get(f"/plan/activities/{activity.pk}/edit/{part}/")
            assert (page.status_code, page.context["form"].is_bound) == (200, False), part
        assert planner.get(f"/plan/activities/{activity.pk}/edit/nonsense/").status_code == 404

    def test_what_it_needs(self, planner, activity):
        form = {"room_capacity": "45", "equipment": ["carpet", "sound"], "mode": "both", "stream_url": "live.nj.cn/x"}
        assert self.post(planner, activity, "needs", **form).status_code == 302
        row = fresh(activity)
        assert (row.room_capacity, row.equipment, row.mode, row.stream_url) == (
            45,
            ["carpet", "sound"],
            "both",
            "https://live.nj.cn/x",
        )
        line = JournalLine.objects.get(verb="planning.activity_changed")
        assert line.values["equipment"] == [[], ["carpet", "sound"]]

    def test_who_may_change_what(self, planner, activity):
        assert self.post(planner, activity, "duty", in_charge="周敏", local_fields=["time", "hosts"]).status_code == 302
        row = fresh(activity)
        assert (row.in_charge, row.local_fields) == ("周敏", ["time", "hosts"])
        assert "周敏" not in str(JournalLine.objects.get(verb="planning.activity_changed").values)

    @pytest.mark.parametrize(
        ("months", "shown"),
        [((36, 83), ["3", "6", "years"]), ((18, 36), ["18", "36", "months"]), ((None, None), ["", "", "years"])],
    )
    def test_ages_stand_as_people_say_them(self, planner, months, shown):
        row = plans.activity("甲", from_months=months[0], to_months=months[1])
        field = planner.get(f"/plan/activities/{row.pk}/edit/for-whom/").context["form"]["ages"]
        typed = [
            str(one["value"][0] if isinstance(one["value"], list) else one["value"] or "") for one in _parts(field)
        ]
        assert typed == shown

    def test_ages_that_nobody_touched_stay_to_the_month(self, planner, home):
        row = plans.activity("旧", from_months=36, to_months=72, adult_needed=True)
        form = {"ages_first": "3", "ages_last": "6", "ages_unit": "years", "counts": "children", "capacity": "12"}
        assert self.post(planner, row, "for-whom", **form).status_code == 302
        assert (fresh(row).to_months, fresh(row).capacity) == (72, 12)

    @pytest.mark.parametrize(
        ("part", "form", "words"),
        [
            (
                "length",
                {"minutes": "30", "slot_minutes": "40", "setup_minutes": "0", "clearup_minutes": "0"},
                "每个时段 40 分钟，比活动的 30 分钟还长",
            ),
            (
                "for-whom",
                {"counts": "children", "children_per_adult": "3", "capacity": "20"},
                "却没有要求家长陪同",
            ),
            ("needs", {"mode": "on_site", "room_capacity": "10"}, "会来 20 人，场地要求却只容纳 10 人"),
            ("needs", {"mode": "on_site", "stream_url": "https://a.cn/"}, "填了直播地址，但活动只在现场举办"),
            ("needs", {"mode": "on_site", "equipment": ["volcano"]}, "field-errors"),
            ("length", {"minutes": "60", "setup_minutes": "481", "clearup_minutes": "0"}, "field-errors"),
            ("money", {"budget": "-5"}, "field-errors"),
            ("what", {"title": " ", "statistic_class": "other"}, "field-errors"),
        ],
    )
    def test_refused(self, planner, activity, part, form, words):
        answer = self.post(planner, activity, part, **form)
        assert (answer.status_code, words in text(answer)) == (422, True)
        assert not JournalLine.objects.filter(verb="planning.activity_changed").exists()

    def test_with_one_adult_for_each_child_the_room_holds_both(self, planner, activity):
        whom = {"counts": "children", "adult_needed": "on", "children_per_adult": "1", "capacity": "20"}
        assert self.post(planner, activity, "for-whom", **whom).status_code == 302
        answer = self.post(planner, activity, "needs", mode="on_site", room_capacity="39")
        assert "会来 40 人" in text(answer)
        assert self.post(planner, activity, "needs", mode="on_site", room_capacity="40").status_code == 302

    def test_sessions_keep_their_times(self, planner, activity):
        start = clock.now() + timedelta(days=9)
        session = plans.session(start, activity=activity)
        page = text(planner.get(f"/plan/activities/{activity.pk}/edit/length/"))
        assert "还未举办的 1 场保持现有时间" in page
        form = {"minutes": "90", "setup_minutes": "30", "clearup_minutes": "15"}
        assert self.post(planner, activity, "length", **form).status_code == 302
        before = (session.starts_at, session.ends_at)
        session.refresh_from_db()
        assert (session.starts_at, session.ends_at) == before
        answer = planner.get(f"/plan/activities/{activity.pk}/")
        counts = answer.context["counts"]
        assert (counts.coming, counts.otherwise, counts.drafts) == (1, 1, 1)
        assert "有 1 场的时长与活动所写不同" in text(answer)

    def test_a_district_looks_on(self, nanjing_cast, activity):
        client = nanjing_cast.client("district")
        page = text(client.get(f"/plan/activities/{activity.pk}/"))
        assert "/edit/" not in page
        assert self.post(client, activity, "what", title="我的", statistic_class="other").status_code == 403

    def test_constant_queries(self, planner, activity):
        address, counts = f"/plan/activities/{activity.pk}/", []
        for number in range(4):
            book = Book.objects.create(title=f"书{number}")
            ActivityBook.objects.create(activity=activity, book=book, place=number)
            unit = PartnerUnit.objects.create(name=f"单位{number}")
            UnitLine.objects.create(activity=activity, unit=unit, role="hosts", place=number)
            plans.session(clock.now() + timedelta(days=number + 1), activity=activity)
            planner.get(address)
            with CaptureQueriesContext(connection) as queries:
                planner.get(address)
            counts.append(len(queries))
        assert counts[0] == counts[3]
        assert counts[0] <= 22


class TestCopyAndDrop:
    def test_a_copy_has_all_but_sessions(self, planner, activity):
        book, unit = Book.objects.create(title="小种子"), PartnerUnit.objects.create(name="明德社")
        ActivityBook.objects.create(activity=activity, book=book)
        UnitLine.objects.create(activity=activity, unit=unit, role="helps")
        plans.session(clock.now(), activity=activity)
        other = plans.programme("读者节")
        form = {"programme": other.pk, "title": "小种子（读者节）"}
        assert planner.post(f"/plan/activities/{activity.pk}/copy/", form).status_code == 302
        made = Activity.objects.get(programme=other)
        assert (made.copied_from, made.from_months, made.to_months, made.capacity) == (activity, 36, 83, 20)
        assert [line.book for line in made.book_lines.all()] == [book]
        assert [line.unit for line in made.unit_lines.all()] == [unit]
        assert made.sessions.count() == 0

    def test_the_same_title_twice_is_refused(self, planner, activity):
        form = {"programme": activity.programme_id, "title": "小种子"}
        answer = planner.post(f"/plan/activities/{activity.pk}/copy/", form)
        assert (answer.status_code, Activity.objects.count()) == (422, 1)

    def test_dropped_only_without_sessions_to_come(self, planner, activity):
        session = plans.session(clock.now() + timedelta(days=1), activity=activity)
        planner.post(f"/plan/activities/{activity.pk}/drop/")
        assert fresh(activity).dropped_at is None
        session.called_off_at, session.call_off_reason = clock.now(), "台风"
        session.save()
        planner.post(f"/plan/activities/{activity.pk}/drop/")
        assert fresh(activity).dropped_at is not None
        form = {"title": "改名", "statistic_class": "other"}
        answer = planner.post(f"/plan/activities/{activity.pk}/edit/what/", form)
        assert (answer.status_code, "请先恢复计划" in text(answer)) == (422, True)
        planner.post(f"/plan/activities/{activity.pk}/take-up/")
        assert fresh(activity).dropped_at is None


def image(size=(800, 600)):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG")
    return SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")


class TestPictures:
    def send(self, client, row, **changes):
        form = {"image": image(), "description": "孩子们围坐", "credit": "", "may_be_shown": "on", **changes}
        return client.post(f"/plan/activities/{row.pk}/pictures/", form)

    def test_added_ordered_removed_brought_back_and_purged(self, planner, activity, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        for words in ("甲", "乙"):
            assert self.send(planner, activity, description=words).status_code == 302
        second = ActivityPicture.objects.get(description="乙")
        address = f"/plan/activities/{activity.pk}/pictures/{second.pk}/"

        def seen():
            page = planner.get(f"/plan/activities/{activity.pk}/")
            return [one.description for one in page.context["activity"].all_pictures]

        planner.post(f"{address}change/", {"do": "forward"})
        assert seen() == ["乙", "甲"]
        assert planner.post(address, {"description": "丙"}).status_code == 302
        planner.post(f"{address}change/", {"do": "remove"})
        assert seen() == ["甲"]
        assert purge_pictures(before=clock.now() - timedelta(days=7)) == 0
        planner.post(f"{address}change/", {"do": "back"})
        assert seen() == ["丙", "甲"]
        planner.post(f"{address}change/", {"do": "remove"})
        assert purge_pictures(before=clock.now() + timedelta(seconds=1)) == 1
        assert ActivityPicture.objects.count() == 1

    @pytest.mark.parametrize(
        "changes",
        [
            {"image": SimpleUploadedFile("a.jpg", b"no picture")},
            {"image": SimpleUploadedFile("a.jpg", b"")},
            {"description": ""},
            {"may_be_shown": ""},
        ],
    )
    def test_refused(self, planner, activity, changes):
        assert self.send(planner, activity, **changes).status_code == 422
        assert ActivityPicture.objects.count() == 0

    def test_too_many(self, planner, activity, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        ActivityPicture.objects.bulk_create(
            [ActivityPicture(activity=activity, image="x.webp", description="甲", place=n) for n in range(12)]
        )
        answer = self.send(planner, activity)
        assert (answer.status_code, "最多 12 张图片" in text(answer)) == (422, True)


def test_the_menu_knows_which_entry_an_activitys_pages_belong_to(nanjing_cast, home):
    activity = plans.activity()
    planner = nanjing_cast.client("planner")
    at = f"/plan/activities/{activity.pk}/"
    for address, entry in ((at, "programmes"), (f"{at}roll-out/", "roll-outs"), (f"{at}sessions/add/", "sessions")):
        page = planner.get(address).content.decode()
        current = re.findall(r'href="(/plan/[a-z-]*/)"[^>]*aria-current', page)
        assert current == [f"/plan/{entry}/"], address
