"""Excel files as a library would send them."""

import io
from collections.abc import Sequence
from datetime import date, time, timedelta

from openpyxl import Workbook

DISTRICTS = ("玄武区", "秦淮区", "建邺区", "鼓楼区", "栖霞区", "雨花台区", "江宁区", "浦口区", "六合区", "溧水区")


def venues(rows: int) -> bytes:
    head = ["编号", "名称", "种类", "区", "地址", "容量", "无障碍", "母婴室", "开放时间", "场地"]
    lines = [
        [
            f"B{number:05}",
            f"测速阅读空间{number}",
            "少儿阅读空间",
            DISTRICTS[number % len(DISTRICTS)],
            f"测速路 {number} 号",
            60,
            "是",
            "否",
            "周二至周日 9:00-12:00、13:30-17:30；周五 9:00-20:30；周一闭馆",
            "",
        ]
        for number in range(rows)
    ]
    return _excel(head, lines)


def staff(rows: int) -> bytes:
    head = ["姓名", "手机号", "地点", "角色"]
    lines = [
        [f"测速{number}", f"1390{number:07}", DISTRICTS[number % len(DISTRICTS)], "馆点管理员"]
        for number in range(rows)
    ]
    return _excel(head, lines)


def plan(rows: int) -> bytes:
    """New sessions online, as no room or host is known here to be free: on Saturdays to come, one every five minutes."""
    head = ["活动", "地点类型", "日期", "开始", "结束", "标题", "名额", "电话"]
    day = date.today() + timedelta(days=1)  # noqa: DTZ011 - any coming days do
    lines = [
        [
            "绘本故事会",
            "线上",
            day + timedelta(days=number // 200),
            time(8 + number % 200 // 20, number % 20 * 3),
            time(19, 30),
            f"测速场{number}",
            20,
            "025-0000 0000",
        ]
        for number in range(rows)
    ]
    return _excel(head, lines)


def _excel(head: list[str], lines: Sequence[Sequence[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in (head, *lines):
        sheet.append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
