"""Every part in every state on one page, so that a change of design is seen at once. Never in production."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit import palette
from kit.frame import brand_of
from kit.gallery_places import lists_and_maps
from kit.seasons import Season
from kit.templatetags.ui import drawings

_NAME = "绘本故事会：小种子"
_LONG_NAME = "“阅美四季·冬谋”全市少儿阅读空间馆员与志愿者联合培训暨新年度品牌活动方案征集说明会（第二场）"
_PLACE = "鼓楼·清凉门阅读空间"
_LONG_PLACE = "江北新区·浦口区桥林街道石碛河社区图书馆少儿阅读空间（原桥林文化站二楼东侧）"
_TEXT = "余下的名额还可以报，开始前 24 小时可以取消。"
_LONG_TEXT = "这场只剩 1 个名额，您选了 2 位孩子。可以改为 1 位，或一起加入候补；有人取消时，我们按报名的先后发送递补通知，请在通知里写明的时间之前确认，过时名额会留给下一个家庭。"


@dataclass(frozen=True)
class Sample:
    state: str
    part: str
    values: dict[str, Any]

    def html(self) -> SafeString:
        return render_to_string(f"kit/parts/{self.part}.html", self.values)


@dataclass(frozen=True)
class Shelf:
    name: str
    samples: list[Sample]


class SampleForm(forms.Form):
    """One field of each kind that our forms use."""

    name = forms.CharField(label="孩子的姓名", max_length=20)
    phone = forms.CharField(
        label="手机号",
        help_text="我们只用它发送验证码和活动通知。",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    code = forms.CharField(
        label="短信验证码",
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    district = forms.ChoiceField(label="所在区", choices=[("", "请选择"), ("gl", "鼓楼区"), ("xw", "玄武区")])
    photos = forms.ChoiceField(
        label="活动拍摄与宣传", choices=[("no", "不同意"), ("yes", "同意")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="想说的话", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label="我已阅读并同意隐私政策与儿童个人信息保护规则")


def _bound() -> SampleForm:
    form = SampleForm({"name": "", "phone": "1380013800", "code": "12", "photos": "", "note": _LONG_TEXT})
    form.add_error("phone", "这个号码少了一位，请核对后再填。")
    form.add_error(None, "还有几处要补上，已经标在下面。")
    return form


def _shelf(name: str, part: str, *samples: tuple[str, dict[str, Any]]) -> Shelf:
    return Shelf(name, [Sample(state, part, values) for state, values in samples])


def _shelves() -> list[Shelf]:
    return [*_actions(), *_notices(), *_words(), *_cards(), *_lists(), *_ways(), *_along(), *_people()]


def _actions() -> list[Shelf]:
    return [
        _shelf(
            _("Button"),
            "button",
            (_("normal"), {"label": "立即报名"}),
            (_("quiet"), {"label": "加入候补", "kind": "quiet", "icon": "clock"}),
            (_("takes away"), {"label": "取消报名", "kind": "bad"}),
            (_("plain"), {"label": "我知道了", "kind": "plain"}),
            (_("not now"), {"label": "报名还没有开始", "disabled": True}),
            (_("long"), {"label": "为 2 位孩子和 1 位陪同家长确认报名，并同意活动须知", "wide": True}),
        ),
        _shelf(
            _("Link that looks like a button"),
            "link_button",
            (_("normal"), {"label": "查看全部场次", "href": "#", "icon": "calendar"}),
            (_("quiet"), {"label": "交通指引", "href": "#", "kind": "quiet", "icon": "pin"}),
        ),
        _shelf(
            _("Sheet"),
            "sheet",
            (
                _("normal"),
                {
                    "id": "sheet-sample",
                    "opener": "取消报名",
                    "title": "取消这次报名？",
                    "text": "名额会马上留给候补的家庭。想再来，要重新报名。",
                },
            ),
        ),
    ]


def _notices() -> list[Shelf]:
    return [
        _shelf(
            _("Notice"),
            "notice",
            (_("normal"), {"kind": "info", "text": "周一闭馆，活动照常。"}),
            (_("good"), {"kind": "good", "text": "报好了。入场码在“我的”里，出示给馆员即可。"}),
            (_("warning"), {"kind": "warn", "text": _LONG_TEXT}),
            (
                _("error"),
                {
                    "kind": "bad",
                    "title": "没有报上",
                    "text": "这场刚刚报满。",
                    "link": "#",
                    "link_text": "加入候补",
                },
            ),
        ),
    ]


def _words() -> list[Shelf]:
    return [
        _shelf(
            _("Chip"),
            "chip",
            (_("open"), {"label": "余 12", "state": "open"}),
            (_("few"), {"label": "余 3", "state": "few"}),
            (_("waiting"), {"label": "候补", "state": "waiting"}),
            (_("full"), {"label": "已满", "state": "full"}),
            (_("no sign-up needed"), {"label": "无需报名", "state": "free"}),
            (_("cancelled"), {"label": "已取消", "state": "cancelled"}),
            (_("age"), {"label": "3–6 岁", "state": "age"}),
            (_("good"), {"label": "已确认", "state": "good"}),
            (_("warning"), {"label": "快到期", "state": "warn"}),
            (_("error"), {"label": "已停用", "state": "bad"}),
        ),
        _shelf(
            _("Nothing here"),
            "empty",
            *(
                (
                    str(season.label),
                    {
                        "season": season,
                        "title": "这里还没有活动",
                        "text": "换一个区，或看看下个月的安排。",
                        "href": "#",
                        "label": "看下个月",
                    },
                )
                for season in Season
            ),
        ),
    ]


def _cards() -> list[Shelf]:
    return [
        _shelf(
            _("Card"),
            "card",
            (
                _("normal"),
                {
                    "title": _NAME,
                    "href": "#",
                    "date": date(2027, 5, 16),
                    "season": Season.SPRING,
                    "text": f"10:00–11:00 {_PLACE}",
                    "chips": [("余 5", "open"), ("3–6 岁", "age")],
                },
            ),
            (
                _("long"),
                {
                    "title": _LONG_NAME,
                    "href": "#",
                    "date": date(2027, 12, 28),
                    "season": Season.WINTER,
                    "text": _LONG_PLACE,
                    "chips": [("已满", "full"), ("候补", "waiting"), ("7–12 岁", "age")],
                },
            ),
            (_("with a drawing"), {"title": "家庭", "icon": "people", "text": _TEXT, "season": Season.AUTUMN}),
            (_("with a mark"), {"title": "夏评", "text": _TEXT, "season": Season.SUMMER, "with_mark": True}),
        ),
        _shelf(
            _("Day"),
            "date",
            *((str(s.label), {"date": date(2027, month, 8)}) for s, month in zip(Season, (4, 7, 10, 1), strict=True)),
        ),
    ]


def _lists() -> list[Shelf]:
    row = [_PLACE, _NAME, "5月16日 周日 10:00–11:00", "余 5", "20"]
    return [
        _shelf(
            _("Table"),
            "table",
            (
                _("normal"),
                {"caption": "本周场次", "heads": ["空间", "活动", "时间", "名额", "容量"], "rows": [row] * 4},
            ),
            (
                _("long"),
                {
                    "caption": "很多行",
                    "heads": ["空间", "活动", "时间", "名额", "容量"],
                    "rows": [[_LONG_PLACE, *row[1:]], *[row] * 24],
                },
            ),
            (_("empty"), {"caption": "本周场次", "heads": ["空间", "活动"], "rows": []}),
        ),
    ]


def _ways() -> list[Shelf]:
    return [
        _shelf(
            _("Pager"),
            "pager",
            (_("normal"), {"words": "第 2 页，共 13 页", "before": "#", "after": "#"}),
            (_("first"), {"words": "第 1 页，共 13 页", "after": "#"}),
        ),
        _shelf(
            _("Tabs"),
            "tabs",
            (
                _("normal"),
                {
                    "label": "我的报名",
                    "current": "#1",
                    "tabs": [("待参加", "#1", 2), ("候补中", "#2", 0), ("参加过", "#3", 31), ("收藏", "#4", None)],
                },
            ),
        ),
    ]


def _along() -> list[Shelf]:
    steps = [("活动", "done"), ("空间", "done"), ("规则", "now"), ("预览", "later"), ("提交 780 场", "later")]
    return [
        _shelf(_("Steps"), "steps", (_("normal"), {"steps": steps})),
        _shelf(
            _("Progress"),
            "progress",
            (
                _("normal"),
                {
                    "what": "正在排 780 场",
                    "done": 312,
                    "all": 780,
                    "far": "已排 312 场，共 780 场",
                    "left": "大约还要 2 分钟",
                    "cancel": "#",
                },
            ),
            (_("just begun"), {"what": "正在导出报名名单", "done": 0, "all": 1, "far": "刚刚开始"}),
        ),
        _shelf(
            _("Code to scan"),
            "qr",
            (
                _("normal"),
                {
                    "text": "https://nanjing.example/t/7K2M9QX4V8RT3HWN",
                    "label": "绘本故事会的入场码",
                    "words": "3HWN 8R",
                    "note": "小雨 + 家长 1",
                },
            ),
        ),
    ]


def _people() -> list[Shelf]:
    return [
        _shelf(
            _("Person"),
            "avatar",
            (_("normal"), {"name": "陈晓雯", "line": "小雨的妈妈", "season": Season.SPRING}),
            (_("masked"), {"name": "王*明", "season": Season.WINTER}),
            (_("long"), {"name": "欧阳·阿依古丽·买买提", "line": _LONG_PLACE, "season": Season.AUTUMN}),
        ),
    ]


def _more_shelves(request: HttpRequest) -> list[Shelf]:
    return [_shelf(name, part, *samples) for name, part, samples in lists_and_maps(request)]


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    network = getattr(request, "network", None)
    brand = brand_of(network) if network else palette.Brand()
    return render(
        request,
        "kit/gallery/gallery.html",
        {
            "shelves": [*_shelves(), *_more_shelves(request)],
            "plain_form": SampleForm(auto_id="plain_%s"),
            "refused_form": _bound(),
            "pairs": palette.pairs(brand),
            "drawings": drawings(),
        },
    )
