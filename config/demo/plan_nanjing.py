"""Nanjing's year in the demo."""

from config.demo.plan_nanjing_circles import GROWING, TOGETHER
from config.demo.plan_nanjing_days import ESSAYS, FESTIVAL, HOSTED, LECTURES, MARATHON, SENIORS, SHOWS, SWAPS, TRAINING
from config.demo.plan_nanjing_home import AT_HOME
from config.demo.plan_words import (
    BRANCHES,
    CITY,
    FRIDAY,
    SATURDAY,
    SPACES,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    ActivityPlan,
    BrandPlan,
    CityPlan,
    Pattern,
    ProgrammePlan,
)
from programmes.planning.choices import (
    Audience,
    BrandMark,
    Counts,
    HostKind,
    Mode,
    PlaceKind,
    ProgrammeKind,
    StatisticClass,
    UnitRole,
)
from venues.choices import Equipment

BRANDS = (
    BrandPlan(
        "阅美四季",
        "四季有书，处处可读",
        "全市少儿阅读推广的总品牌：一年四段，冬谋、春征、夏评、秋展，把一百多个阅读空间连成一张网。",
        "0–18 岁的孩子和他们的家人",
        mark=BrandMark.PLUM,
        children=(
            BrandPlan(
                "阅美故事会",
                "每个周末，家门口有故事",
                "周末故事会，馆员和志愿者讲给孩子听。",
                "1–8 岁",
                350,
                BrandMark.PLUM,
            ),
            BrandPlan("阅美善读", "一起读完一本书", "整本书共读与分级荐读。", "7–12 岁", 130, BrandMark.WILLOW),
            BrandPlan(
                "阅美行走", "把书读到路上去", "带着书走街巷、山水和古迹。", "6–12 岁的家庭", 230, BrandMark.LOTUS
            ),
            BrandPlan("阅美银龄", "慢慢读，大声读", "给老年读者和照护孙辈的老人。", "老年人", 55, BrandMark.GINKGO),
        ),
    ),
    BrandPlan("金陵讲堂", "听一席话，读一座城", "面向公众的文化讲座。", "成人与青少年", 268, BrandMark.GINKGO),
    BrandPlan(
        "读者节", "全城的读书日", "每年春天的读者节，主会场与各区分会场同时开场。", "全体读者", 15, BrandMark.WILLOW
    ),
)

UNITS = {
    "南京市文化和旅游局": "主管部门",
    "南京市全民阅读办公室": "主管部门",
    "南京市教育局": "主管部门",
    "金陵图书馆": "图书馆",
    "各区图书馆": "图书馆",
    "南京市少年宫": "教育机构",
    "秣陵出版社": "出版社",
    "小种子公益阅读中心": "公益组织",
    "城南公证处": "法律机构",
    "石城地铁": "企业",
}


STORIES = ProgrammePlan(
    "周末故事会",
    ProgrammeKind.STORY_HOURS,
    "阅美故事会",
    "全市阅读空间每个周末同时开讲。",
    units=(*HOSTED, (UnitRole.SUPPORTS, "小种子公益阅读中心")),
    budget=120_000,
    source="公共文化服务专项",
    activities=(
        ActivityPlan(
            "绘本故事会",
            "听一个故事，玩一个游戏，带一本书回家。",
            "每场读一到两本绘本，读完一起画、一起演。\n请家长陪同，迟到十分钟以上请在门外等第一本读完。",
            (
                Pattern(SPACES, SATURDAY, ("10:00", "15:30"), 0.62),
                Pattern(SPACES, SUNDAY, ("10:00",), 0.38),
                Pattern(BRANCHES, SATURDAY, ("10:00",), 0.9),
            ),
            ages=(36, 83),
            capacity=20,
            minutes=45,
            adult_needed=True,
            children_per_adult=2,
            equipment=(Equipment.CARPET,),
            own_host=True,
            books=8,
            local=("time", "hosts", "capacity", "text"),
        ),
        ActivityPlan(
            "宝宝读书会",
            "布书、翻翻书和手指谣。",
            "给刚会坐到刚会跑的宝宝。推车可以停在门口，活动中可以随时离开照顾孩子。",
            (Pattern(SPACES, SUNDAY, ("10:30",), 0.3, every=2),),
            ages=(10, 36),
            capacity=12,
            minutes=30,
            adult_needed=True,
            children_per_adult=1,
            equipment=(Equipment.CARPET,),
            own_host=True,
            books=4,
            local=("time", "hosts"),
        ),
        ActivityPlan(
            "双语故事会",
            "中文读一遍，英文唱一遍。",
            "由志愿者用中英两种语言讲同一本绘本。",
            (Pattern(SPACES, SATURDAY, ("14:00",), 0.25, nth=2),),
            ages=(48, 107),
            capacity=18,
            minutes=60,
            hosts=(HostKind.VOLUNTEER, HostKind.READER),
            books=3,
        ),
        ActivityPlan(
            "云上故事会",
            "睡前二十分钟，线上听。",
            "每周五晚直播，不用报名，点开就能听。回放保留一周。",
            (Pattern(CITY, FRIDAY, ("19:30",), place=PlaceKind.STREAM),),
            ages=(36, 95),
            capacity=None,
            minutes=20,
            setup=0,
            mode=Mode.LIVE,
            hosts=(HostKind.READER, HostKind.LIBRARIAN),
        ),
    ),
)

READING = ProgrammePlan(
    "阅美善读",
    ProgrammeKind.OTHER,
    "阅美善读",
    "分级书目、整本书共读和放学后的一小时。",
    units=HOSTED,
    budget=60_000,
    source="公共文化服务专项",
    activities=(
        ActivityPlan(
            "整本书共读",
            "六周读完一本，最后一周聊聊它。",
            "每期一本书，每周一章。请自带或到馆借好书再来。",
            (Pattern(SPACES, SUNDAY, ("14:30", "15:30"), 0.55),),
            ages=(84, 155),
            capacity=15,
            minutes=75,
            equipment=(),
            hosts=(HostKind.PROMOTER, HostKind.LIBRARIAN),
            own_host=True,
            books=6,
            local=("hosts", "capacity"),
        ),
        ActivityPlan(
            "放学后的一小时",
            "写完作业，读一小时书。",
            "馆员在场，安静读书。不用报名，坐满为止。",
            (
                Pattern(SPACES, WEDNESDAY, ("16:00",), 0.5, months=(1, 2, 3, 4, 5, 6, 9, 10, 11, 12)),
                Pattern(SPACES, THURSDAY, ("16:00",), 0.25, months=(3, 4, 5, 6, 9, 10, 11, 12)),
            ),
            audiences=(Audience.CHILDREN, Audience.MIGRANT_CHILDREN),
            ages=(72, 155),
            capacity=24,
            minutes=60,
            setup=0,
            local=("time", "capacity"),
        ),
        ActivityPlan(
            "小小图书管理员",
            "学会给书找家。",
            "认识书标，上架，给小读者指路。暑假班，四次为一期。",
            (Pattern(SPACES, TUESDAY, ("10:00",), 0.5, months=(7, 8)),),
            statistic_class=StatisticClass.TRAINING,
            ages=(96, 167),
            capacity=8,
            minutes=120,
            own_host=True,
        ),
    ),
)

WALKING = ProgrammePlan(
    "带着书走南京",
    ProgrammeKind.OTHER,
    "阅美行走",
    "一条路线，一本书，半天时间。",
    months=(3, 11),
    units=((UnitRole.GUIDES, "南京市文化和旅游局"), *HOSTED, (UnitRole.SUPPORTS, "石城地铁")),
    budget=30_000,
    source="社会合作",
    activities=(
        ActivityPlan(
            "城墙上的故事",
            "从台城走到解放门，一边走一边读。",
            "全程约三公里，有台阶，不适合推车。雨天顺延一周。",
            (Pattern(CITY, SATURDAY, ("9:00",), nth=3, months=(3, 4, 5, 9, 10, 11), place=PlaceKind.MEETING_POINT),),
            ages=(72, 143),
            capacity=25,
            minutes=150,
            adult_needed=True,
            children_per_adult=2,
            counts=Counts.EVERYONE,
            hosts=(HostKind.EXPERT, HostKind.VOLUNTEER),
            books=2,
        ),
        ActivityPlan(
            "走进学校",
            "把故事会送到教室里。",
            "面向学校集体预约，由学校组织参加。",
            (Pattern(CITY, THURSDAY, ("14:00",), nth=2, months=(3, 4, 5, 6, 9, 10, 11, 12), place=PlaceKind.PARTNER),),
            audiences=(Audience.CHILDREN, Audience.MIGRANT_CHILDREN),
            ages=(72, 143),
            capacity=45,
            minutes=40,
            hosts=(HostKind.VOLUNTEER,),
        ),
    ),
)

NANJING = CityPlan(
    brands=BRANDS,
    units=UNITS,
    programmes=(
        STORIES,
        READING,
        WALKING,
        LECTURES,
        SHOWS,
        FESTIVAL,
        SWAPS,
        MARATHON,
        ESSAYS,
        TRAINING,
        SENIORS,
        GROWING,
        TOGETHER,
        AT_HOME,
    ),
    theme={2025: "灯下有书", 2026: "一城书香伴童年", 2027: "把故事讲给更多人听"},
    experts=14,
)
