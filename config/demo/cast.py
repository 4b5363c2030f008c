"""The demo's people: one for each role in each city, the same names as in the docs. All of them are invented."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.choices import Role


@dataclass(frozen=True)
class Player:
    """`area` is a district or a venue; without one the role holds for the whole city. Without a role it is a reader."""

    part: str | Promise
    name: str
    phone: str
    role: Role | None = None
    area: str = ""


PLAYERS: dict[str, tuple[Player, ...]] = {
    "nanjing": (
        Player(Role.PLANNER.label, "林晓梅", "13800000001", Role.PLANNER),
        Player(Role.DISTRICT_LIBRARIAN.label, "周敏", "13800000002", Role.DISTRICT_LIBRARIAN, "鼓楼区"),
        Player(Role.KEEPER.label, "陈静", "13800000003", Role.KEEPER, "清凉门阅读空间"),
        Player(Role.EDITOR.label, "苏文", "13800000004", Role.EDITOR),
        Player(Role.NETWORK_ADMIN.label, "许文静", "13800000005", Role.NETWORK_ADMIN),
        Player(Role.VOLUNTEER_COORDINATOR.label, "何平", "13800000006", Role.VOLUNTEER_COORDINATOR),
        Player(Role.JUDGE.label, "沈雁秋", "13800000007", Role.JUDGE),
        Player(Role.TEACHER.label, "顾盼", "13800000008", Role.TEACHER),
        Player(_("Parent"), "王芳", "13800000010"),
        Player(_("Grandparent"), "李桂英", "13800000011"),
        Player(_("Volunteer"), "赵明远", "13800000012"),
    ),
    "shenzhen": (
        Player(Role.PLANNER.label, "黄嘉怡", "13900000001", Role.PLANNER),
        Player(Role.DISTRICT_LIBRARIAN.label, "吴海", "13900000002", Role.DISTRICT_LIBRARIAN, "南山区"),
        Player(Role.KEEPER.label, "罗小燕", "13900000003", Role.KEEPER, "荔枝公园童书馆"),
        Player(Role.EDITOR.label, "马骁", "13900000004", Role.EDITOR),
        Player(Role.NETWORK_ADMIN.label, "郑海珊", "13900000005", Role.NETWORK_ADMIN),
        Player(Role.VOLUNTEER_COORDINATOR.label, "邓立", "13900000006", Role.VOLUNTEER_COORDINATOR),
        Player(Role.JUDGE.label, "温如玉", "13900000007", Role.JUDGE),
        Player(Role.TEACHER.label, "彭思远", "13900000008", Role.TEACHER),
        Player(_("Parent"), "蔡美玲", "13900000010"),
        Player(_("Grandparent"), "钟阿婆", "13900000011"),
        Player(_("Volunteer"), "谢一帆", "13900000012"),
    ),
    "operator": (Player(Role.OPERATOR.label, "高远", "13700000001", Role.OPERATOR),),
}
