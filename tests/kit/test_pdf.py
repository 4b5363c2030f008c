"""HTML becomes a PDF that others can read, in a process apart, with nothing from outside."""

import io
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pypdfium2
import pytest

from kit.palette import Brand
from kit.pdf import asking, pdf_answer, pdf_of
from kit.pdf.asking import DrawingFailed
from kit.pdf.child import file_of
from kit.refusals import Refused
from kit.templatetags.ui import drawn_mark

ROOT = Path(__file__).resolve().parents[2]


def page(body, head=""):
    return f'<!doctype html><html lang="zh-Hans"><head><title>月度活动安排表</title>{head}</head><body>{body}</body></html>'


def drawn(body, head=""):
    return pypdfium2.PdfDocument(io.BytesIO(pdf_of(page(body, head), brand=Brand())))


def text_of(book):
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in book)


def colours_of(book):
    """Every colour on the first page, most frequent first."""
    picture = book[0].render(scale=1).to_pil().convert("RGB")
    return [colour for _count, colour in sorted(picture.getcolors(1_000_000), reverse=True)]


class TestDrawing:
    def test_chinese_is_text_again_rare_names_too(self):
        book = drawn("<h1>绘本故事会</h1><p>主讲人：王㛃、李䶮、周媱</p>")
        assert [line for line in text_of(book).splitlines() if line] == ["绘本故事会", "主讲人：王㛃、李䶮、周媱"]
        assert book.get_metadata_value("Title") == "月度活动安排表"

    def test_a_file_holds_no_more_of_a_font_than_it_needs(self):
        assert len(pdf_of(page("四季"), brand=Brand())) < 60_000

    def test_our_own_style_sheets_and_the_networks_colour_are_there(self):
        head = '<link rel="stylesheet" href="/inks.css"><link rel="stylesheet" href="/static/kit/css/paper.css">'
        book = drawn('<p class="all">四季</p><style>@page{size:A4 landscape;background:var(--brand)}</style>', head)
        assert [round(side) for side in book[0].get_size()] == [842, 595]
        wanted = asking.inks(Brand()).split("--brand:#")[1][:6]
        assert "".join(f"{channel:02x}" for channel in colours_of(book)[0]) == wanted

    def test_the_seasons_mark_is_drawn(self):
        _paper, ink, *_others = colours_of(drawn(f'<div style="width:80mm">{drawn_mark("autumn")}</div>'))
        red, green, blue = ink
        assert red > green > blue

    def test_a_picture_that_is_gone_leaves_its_place_empty(self):
        assert text_of(drawn('<img src="/static/kit/gone.png" alt="">四季')).strip() == "四季"


class TestShutIn:
    def test_a_page_that_names_a_foreign_address_is_a_fault_and_nobody_is_asked(self, error_logs):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.2)
            address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
            with pytest.raises(DrawingFailed):
                pdf_of(page(f'<img src="{address}">'), brand=Brand())
            with pytest.raises(TimeoutError):
                server.accept()
        assert [record.getMessage().split(" ")[0] for record in error_logs] == ["pdf.failed"]
        error_logs.clear()

    @pytest.mark.parametrize("address", ["file:///etc/hostname", "/static/../../etc/hostname", "/etc/hostname"])
    def test_no_other_file_is_read(self, address, error_logs):
        try:
            text = text_of(
                drawn("四季", f'<link rel="stylesheet" href="{address}"><link rel="attachment" href="{address}">')
            )
        except DrawingFailed:
            error_logs.clear()
        else:
            assert text.strip() == "四季"

    def test_addresses_stay_in_their_folders(self, tmp_path):
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.css").write_text("")
        (tmp_path / "out.css").write_text("")
        (tmp_path / "in" / "way-out.css").symlink_to(tmp_path / "out.css")
        folders = [["/static/", str(tmp_path / "in")]]
        home = "http://siji.invalid"
        assert file_of(f"{home}/static/a.css?v=1", folders) == (tmp_path / "in" / "a.css").resolve()
        for address in (
            "/static/../out.css",
            "/static/%2e%2e/out.css",
            "/static/way-out.css",
            "/static/",
            "/media/a.css",
        ):
            assert file_of(f"{home}{address}", folders) is None

    def test_the_child_knows_no_secret(self, monkeypatch, tmp_path):
        spy = tmp_path / "spy.py"
        spy.write_text("import os, sys\nsys.stderr.write(' '.join(sorted(os.environ)))\nsys.exit(9)\n")
        monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
        told = []
        monkeypatch.setattr(asking, "CHILD", spy)
        monkeypatch.setattr(asking.log, "error", lambda _text, *values, **_extra: told.append(values))
        with pytest.raises(DrawingFailed):
            pdf_of(page("四季"), brand=Brand())
        assert "DATABASE_URL" not in str(told)
        assert "PATH" in str(told)


class TestRefusals:
    """The wire to the child is replaced; what it answers is real."""

    def child(self, monkeypatch, tmp_path, program):
        path = tmp_path / "child.py"
        path.write_text(f"import sys, time\n{program}\n")
        monkeypatch.setattr(asking, "CHILD", path)

    def refusal(self, **limits):
        with pytest.raises(Refused) as told:
            pdf_of(page("四季"), brand=Brand(), **limits)
        return told.value.refusals[0]

    @pytest.mark.parametrize("status", [71, 72])
    def test_missing_parts_are_named_with_the_line_that_installs_them(self, monkeypatch, tmp_path, status):
        self.child(monkeypatch, tmp_path, f"sys.exit({status})")
        refusal = self.refusal()
        assert (refusal.code, refusal.text) == ("pdf_parts_missing", "这台机器还做不了 PDF：缺少几个系统软件包。")
        assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk" in refusal.way_on

    def test_what_takes_too_long_is_ended(self, monkeypatch, tmp_path):
        self.child(monkeypatch, tmp_path, "time.sleep(60)")
        assert self.refusal(limit_seconds=1).code == "pdf_too_large"

    def test_what_takes_too_much_memory_is_too_large(self, monkeypatch, tmp_path):
        self.child(monkeypatch, tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
        assert self.refusal().code == "pdf_too_large"

    def test_one_at_a_time_and_the_next_is_told_so(self, monkeypatch, tmp_path):
        self.child(monkeypatch, tmp_path, "time.sleep(2)")
        monkeypatch.setattr(asking, "WAIT_SECONDS", 0.2)

        def begin():
            with pytest.raises(DrawingFailed):
                pdf_of(page("四"), brand=Brand())

        first = threading.Thread(target=begin)
        monkeypatch.setattr(asking.log, "error", lambda *_values: None)
        first.start()
        while asking._turn._value:
            pass
        assert self.refusal().code == "pdf_busy"
        first.join()
        assert asking._turn._value == 1


def test_a_child_without_pango_says_so_by_its_status(tmp_path):
    """The real child, where the libraries cannot be loaded."""
    broken = tmp_path / "weasyprint.py"
    broken.write_text("raise OSError('cannot load library libpango-1.0-0')\n")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv = ['child']; import runpy; "
        f"runpy.run_path({str(asking.CHILD)!r}, run_name='__main__')"
    )
    asked = b'{"html": "", "folders": [], "sheets": {}, "seconds": 5}'
    done = subprocess.run([sys.executable, "-c", program], input=asked, capture_output=True, check=False)
    assert done.returncode == 71


def test_an_answer_is_named_in_chinese():
    answer = pdf_answer(b"%PDF-", name="2027年5月活动安排表.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "attachment; filename=\"20275.pdf\"; filename*=UTF-8''2027%E5%B9%B45%E6%9C%88%E6%B4%BB%E5%8A%A8%E5%AE%89%E6%8E%92%E8%A1%A8.pdf"
    )


def test_no_web_process_loads_what_draws():
    """Every view, form and listener is loaded, as it is in a process of the web server and in the relay."""
    script = (
        "import django; django.setup(); import sys, config.urls, config.wsgi; from django.urls import get_resolver; "
        "get_resolver().reverse_dict; import kit.pdf; "
        "print(sorted({'weasyprint', 'pydyf', 'tinyhtml5', 'fontTools', 'numpy', 'ortools'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "STAGE": "test"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines()[-1] == "[]"
