"""Nanjing's year in the demo: courses, plays with parts to give out, and what is for a class or a club alone."""

from collections.abc import Iterator

from config.demo.plan_nanjing_days import HOSTED
from config.demo.plan_words import (
    CITY,
    FRIDAY,
    MONDAY,
    SATURDAY,
    SPACES,
    SUNDAY,
    WEDNESDAY,
    ActivityPlan,
    Pattern,
    ProgrammePlan,
)
from programmes.planning.choices import Audience, Counts, HostKind, ProgrammeKind, StatisticClass
from venues.choices import Equipment

HOME = "清凉门阅读空间"
CRAFTS, PLAYS, CLUB, CLASS_READS, TEA, VISITS = (
    "绘本手作课",
    "绘本剧小演员",
    "亲子读书会",
    "班级共读课",
    "书香家庭茶会",
    "班级到馆日",
)
GUIDES = tuple(f"小小讲解员（{month} 月班）" for month in range(1, 13))


def _guides() -> Iterator[ActivityPlan]:
    """A course for each month: four Saturdays."""
    for month, title in enumerate(GUIDES, start=1):
        yield ActivityPlan(
            title,
            "四个周六，学会给别人讲一间图书馆。",
            "第一次认识馆里的路，第二次选一个角落，第三次写稿，第四次带家人走一圈。\n四次连着上，请整班报名。",
            tuple(
                Pattern(CITY, SATURDAY, ("10:00",), nth=number, months=(month,), room="手作教室")
                for number in range(1, 5)
            ),
            statistic_class=StatisticClass.TRAINING,
            ages=(84, 155),
            capacity=15,
            minutes=90,
            hosts=(HostKind.READER, HostKind.LIBRARIAN),
            whole=True,
        )


GROWING = ProgrammePlan(
    "跟着书长大",
    ProgrammeKind.OTHER,
    "阅美善读",
    "做一做，演一演，讲一讲：连着来几次的小课。",
    units=HOSTED,
    budget=24_000,
    source="公共文化服务专项",
    activities=(
        ActivityPlan(
            CRAFTS,
            "读一本绘本，做一件带回家的东西。",
            "每周一本书、一件小手工，材料由馆里准备。各次独立，可以一次选好几天。",
            (Pattern(SPACES, SUNDAY, ("10:30",), at=(HOME, "宝船阅读空间", "草场门阅读空间", "小市口童书屋")),),
            ages=(48, 107),
            capacity=12,
            minutes=60,
            equipment=(Equipment.TABLES,),
            own_host=True,
            books=4,
            local=("hosts", "capacity"),
        ),
        ActivityPlan(
            PLAYS,
            "十二个角色，一本书演成一出戏。",
            "每场排一本绘本，当天就演。角色要大小搭配，报名后由馆员安排确认。",
            (Pattern(SPACES, SUNDAY, ("14:00",), at=(HOME, "石头城童书馆", "傅厚岗绘本馆")),),
            ages=(48, 107),
            capacity=12,
            minutes=90,
            equipment=(Equipment.STAGE,),
            own_host=True,
            books=3,
        ),
        *_guides(),
    ),
)

TOGETHER = ProgrammePlan(
    "同班同读",
    ProgrammeKind.OTHER,
    "阅美善读",
    "一个班、一个读书会，固定的一群人一起读。",
    units=HOSTED,
    activities=(
        ActivityPlan(
            CLUB,
            "老朋友们，每周六下午见。",
            "读书会的家庭轮流选书、轮流领读。",
            (Pattern(SPACES, SATURDAY, ("16:00",), at=(HOME,)),),
            ages=(24, 95),
            capacity=16,
            minutes=60,
            adult_needed=True,
            children_per_adult=2,
            equipment=(Equipment.CARPET,),
            own_host=True,
        ),
        ActivityPlan(
            CLASS_READS,
            "全班读同一本书。",
            "放学后由班主任和馆员一起带读，当天 17:30 前接孩子。",
            tuple(Pattern(SPACES, weekday, ("16:30",), at=(HOME,)) for weekday in (MONDAY, FRIDAY)),
            ages=(72, 119),
            capacity=40,
            minutes=50,
            own_host=True,
        ),
        ActivityPlan(
            TEA,
            "请今年的书香家庭喝一杯茶。",
            "聊聊家里怎么读书，也听听对图书馆的意见。",
            (Pattern(CITY, SUNDAY, ("15:00",), every=2, room="故事屋"),),
            audiences=(Audience.FAMILIES,),
            ages=(36, 155),
            capacity=40,
            minutes=90,
            adult_needed=True,
            counts=Counts.EVERYONE,
            hosts=(HostKind.PROMOTER, HostKind.LIBRARIAN),
        ),
        ActivityPlan(
            VISITS,
            "一个班，一个上午，一间阅读空间。",
            "学校、幼儿园和托管班由老师预约，认识书架、听一个故事、自己借一本书。",
            (Pattern(SPACES, WEDNESDAY, ("10:00",), at=(HOME, "宝船阅读空间", "草场门阅读空间", "小市口童书屋")),),
            audiences=(Audience.CHILDREN,),
            ages=(36, 143),
            capacity=45,
            minutes=75,
            own_host=True,
        ),
    ),
)
