"""The gallery and the pages of last resort."""

from contextlib import nullcontext

import pytest
from django.template.loader import render_to_string
from django.test import Client

from config import views
from kit.forms import HueInput
from kit.gallery import SampleForm
from kit.templatetags.ui import linked_phones
from networks.models import inside

pytestmark = pytest.mark.django_db


def test_the_gallery_shows_every_part(nanjing, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page = Client(HTTP_HOST="nanjing.test").get("/dev/gallery/").content.decode()
    assert page.count('class="sample"') >= 45


def test_a_fields_help_and_errors_are_tied_to_it():
    form = SampleForm({"name": "", "phone": "1"}, auto_id="f_%s")
    form.add_error("phone", "这个号码少了一位。")
    html = str(form["phone"].as_field_group())
    assert 'aria-describedby="f_phone_helptext f_phone_error"' in html
    assert 'id="f_phone_helptext"' in html
    assert 'id="f_phone_error"' in html
    assert 'aria-invalid="true"' in html
    assert "请填写这一项。" in str(form["name"].as_field_group())


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (views.bad_request, 400, "没能读懂这次请求"),
        (views.forbidden, 403, "这一页您还不能打开"),
        (views.not_found, 404, "这一页不在架上"),
        (views.too_many_requests, 429, "慢一点，马上就好"),
    ],
)
def test_each_page_of_last_resort_stands_in_the_networks_frame_and_without_one(nanjing, rf, view, status, words):
    for network in (None, nanjing):
        request = rf.get("/somewhere/")
        if network:
            request.network = network
        with inside(network) if network else nullcontext():
            answer = view(request, Exception())
        page = answer.content.decode()
        assert (answer.status_code, words in page, "金陵图书馆" in page) == (status, True, network is not None)


def test_an_old_form_is_told_so(nanjing, rf):
    request = rf.post("/somewhere/")
    request.network = nanjing
    with inside(nanjing):
        answer = views.csrf_failure(request, reason="CSRF cookie not set.")
    assert (answer.status_code, "页面打开得太久了" in answer.content.decode()) == (403, True)
    assert "CSRF" not in answer.content.decode()


def test_too_many_requests_says_when_to_come_back(rf):
    assert views.too_many_requests(rf.get("/"))["Retry-After"] == "60"


class TestServerError:
    def test_it_needs_no_database_and_no_session(self, rf, django_assert_num_queries):
        request = rf.get("/")
        request.reference = "7K2M9QX4"
        with django_assert_num_queries(0):
            answer = views.server_error(request)
        assert (answer.status_code, "7K2M9QX4" in answer.content.decode()) == (500, True)

    def test_without_a_number_it_speaks_of_none(self, rf):
        assert "编号" not in views.server_error(rf.get("/")).content.decode()

    @pytest.mark.urls("tests.kit.broken_urls")
    def test_a_view_that_breaks_shows_it_and_logs_it_once(self, nanjing, error_logs):
        client = Client(HTTP_HOST="nanjing.test")
        client.raise_request_exception = False
        answer = client.get("/broken/")
        assert (answer.status_code, "我们这边出了点问题" in answer.content.decode()) == (500, True)
        assert "planted" not in answer.content.decode()
        assert len(error_logs) >= 1
        error_logs.clear()


def test_an_unknown_host_is_told_what_to_do():
    answer = Client(HTTP_HOST="nobody.test").get("/")
    assert (answer.status_code, "这个网址下没有图书馆" in answer.content.decode()) == (404, True)
    assert render_to_string("networks/unknown_host.html") == answer.content.decode()


def test_a_page_that_says_no_offers_more_than_home(nanjing, nanjing_cast):
    page = nanjing_cast.client("planner").get("/nowhere/").content.decode().split("<main")[1]
    ways = page.split('class="pause-ways"')[1].split("</ul>")[0]
    assert [address in ways for address in ('href="/plan/"', 'href="/me/"')] == [True, True]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "咨询电话 025-8435 6000（周二至周日）",
            '咨询电话 <a class="whole" href="tel:02584356000">025-8435 6000</a>（周二至周日）',
        ),
        ("9:00–17:00 <b>", "9:00–17:00 &lt;b&gt;"),
        ("", ""),
    ],
)
def test_a_number_in_a_line_can_be_called(text, html):
    assert linked_phones(text) == html


def test_a_hue_is_shown_beside_its_number():
    html = HueInput().render("hue", 215, attrs={"id": "h"})
    assert 'fill="oklch(50% 0.' in html
    assert html.count("<rect") == 25
    assert "oklch(50% 0.17 0)" in HueInput().render("hue", "²x", attrs={})
