"""Nanjing's year in the demo: what happens once a month or once a year."""

from config.demo.plan_words import (
    BRANCHES,
    CITY,
    DISTRICT,
    LIBRARIES,
    SATURDAY,
    SPACES,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    ActivityPlan,
    Pattern,
    ProgrammePlan,
)
from programmes.planning.choices import (
    Audience,
    Counts,
    HostKind,
    Mode,
    PlaceKind,
    ProgrammeKind,
    StatisticClass,
    UnitRole,
)

HOSTED = ((UnitRole.HOSTS, "金陵图书馆"), (UnitRole.ORGANISES, "各区图书馆"))

LECTURES = ProgrammePlan(
    "金陵讲堂",
    ProgrammeKind.LECTURES,
    "金陵讲堂",
    "每月一讲，市馆与区馆轮流。",
    department="读者服务部",
    in_charge="周远航",
    units=((UnitRole.GUIDES, "南京市全民阅读办公室"), (UnitRole.HOSTS, "金陵图书馆")),
    budget=80_000,
    source="讲座专项",
    activities=(
        ActivityPlan(
            "家庭阅读公开课",
            "怎样给孩子读书，怎样陪他读下去。",
            "讲座后留二十分钟提问。现场有手语翻译，可线上收看。",
            (
                Pattern(CITY, SATURDAY, ("14:30",), nth=1, room="少儿报告厅"),
                Pattern(DISTRICT, SATURDAY, ("14:30",), 0.5, nth=3),
            ),
            statistic_class=StatisticClass.LECTURE,
            audiences=(Audience.ADULTS, Audience.FAMILIES),
            capacity=120,
            minutes=90,
            counts=Counts.EVERYONE,
            mode=Mode.BOTH,
            hosts=(HostKind.EXPERT,),
            budget=24_000,
        ),
        ActivityPlan(
            "法律咨询日",
            "公证员一对一解答，每户二十分钟。",
            "遗嘱、抚养、邻里、劳动合同，都可以问。请按预约的时段到场。",
            (Pattern(CITY, WEDNESDAY, ("14:30",), nth=3, room="手作教室"),),
            audiences=(Audience.ADULTS, Audience.ELDERLY),
            capacity=6,
            minutes=120,
            slot_minutes=20,
            counts=Counts.EVERYONE,
            hosts=(HostKind.EXPERT,),
        ),
    ),
)

SHOWS = ProgrammePlan(
    "四季绘本原画展",
    ProgrammeKind.EXHIBITION_TOUR,
    "阅美四季",
    "一套原画，走遍各区图书馆。",
    units=(*HOSTED, (UnitRole.HELPS, "秣陵出版社")),
    budget=50_000,
    source="展览专项",
    activities=(
        ActivityPlan(
            "四季绘本原画展",
            "四十幅原画，从种子到落叶。",
            "开馆时间内免费参观。展厅里有可以翻的样书。",
            (Pattern(DISTRICT, TUESDAY, ("9:30",), nth=1, every=1, place=PlaceKind.VENUE, days=19),),
            statistic_class=StatisticClass.EXHIBITION,
            audiences=(Audience.FAMILIES, Audience.CHILDREN, Audience.ADULTS),
            capacity=None,
            minutes=420,
            setup=0,
        ),
    ),
)

FESTIVAL = ProgrammePlan(
    "读者节",
    ProgrammeKind.FESTIVAL,
    "读者节",
    "四月到五月，主会场在市馆，各区设分会场。",
    months=(4, 5),
    units=((UnitRole.GUIDES, "南京市全民阅读办公室"), *HOSTED, (UnitRole.HELPS, "南京市少年宫")),
    budget=200_000,
    source="公共文化服务专项",
    festival=True,
    activities=(
        ActivityPlan(
            "读者节开幕式",
            "朗诵、合唱，发布年度书单。",
            "面向全体读者，现场与直播同步。",
            (Pattern(CITY, SATURDAY, ("9:30",), nth=4, months=(4,), room="少儿报告厅"),),
            audiences=(Audience.FAMILIES, Audience.CHILDREN, Audience.ADULTS, Audience.ELDERLY),
            capacity=260,
            minutes=90,
            setup=120,
            counts=Counts.EVERYONE,
            mode=Mode.BOTH,
        ),
        ActivityPlan(
            "全城共读一小时",
            "同一个下午，同一本书。",
            "各阅读空间同时开读。带上自己的书，或从架上取。",
            (Pattern(SPACES, SUNDAY, ("15:00", "13:30"), 0.85, nth=4, months=(4,)),),
            capacity=30,
            minutes=60,
            setup=0,
            own_host=True,
        ),
    ),
)

SWAPS = ProgrammePlan(
    "换书大会",
    ProgrammeKind.BOOK_SWAP,
    "阅美四季",
    "带三本来，换三本走。",
    units=HOSTED,
    activities=(
        ActivityPlan(
            "换书大会",
            "读过的书，换给下一个孩子。",
            "书要干净、没有缺页。现场发换书券，一本换一本。",
            (Pattern(LIBRARIES, SATURDAY, ("13:30",), 0.7, nth=4, months=(3, 6, 9, 12)),),
            capacity=60,
            minutes=150,
            setup=30,
            counts=Counts.EVERYONE,
        ),
    ),
)

MARATHON = ProgrammePlan(
    "阅读马拉松",
    ProgrammeKind.MARATHON,
    "阅美善读",
    "六小时读完一本从没见过的书。",
    months=(10, 10),
    units=HOSTED,
    budget=20_000,
    source="社会合作",
    activities=(
        ActivityPlan(
            "少年阅读马拉松",
            "六小时，一本书，一张答题卡。",
            "现场发书。午餐自备。读完答题，完赛有证书。",
            (Pattern(LIBRARIES, SATURDAY, ("9:30",), 0.8, nth=3, months=(10,)),),
            audiences=(Audience.CHILDREN, Audience.TEENS),
            ages=(120, 215),
            capacity=40,
            minutes=360,
        ),
    ),
)

ESSAYS = ProgrammePlan(
    "红领巾读书征文",
    ProgrammeKind.CONTEST,
    "阅美四季",
    "春天征，夏天评，秋天展。",
    months=(3, 11),
    units=((UnitRole.GUIDES, "南京市教育局"), *HOSTED),
    activities=(
        ActivityPlan(
            "征文辅导：写你读过的书",
            "怎样把读后的话写下来。",
            "由往届评委讲评，带一篇自己的草稿来更好。",
            (Pattern(BRANCHES, SUNDAY, ("14:30",), 0.6, nth=2, months=(3, 4, 5)),),
            statistic_class=StatisticClass.LECTURE,
            audiences=(Audience.CHILDREN, Audience.TEENS),
            ages=(96, 191),
            capacity=40,
            minutes=90,
            hosts=(HostKind.EXPERT, HostKind.PROMOTER),
        ),
        ActivityPlan(
            "获奖作品展",
            "孩子们写的，孩子们画的。",
            "各区获奖作品与手稿。",
            (Pattern(LIBRARIES, TUESDAY, ("14:00",), 0.8, nth=2, months=(11,), place=PlaceKind.VENUE, days=18),),
            statistic_class=StatisticClass.EXHIBITION,
            capacity=None,
            minutes=240,
            setup=0,
        ),
    ),
)

TRAINING = ProgrammePlan(
    "馆员培训",
    ProgrammeKind.TRAINING,
    "阅美四季",
    "每月一次，讲故事、看孩子、用系统。",
    department="业务辅导部",
    in_charge="何立新",
    units=((UnitRole.HOSTS, "金陵图书馆"),),
    budget=36_000,
    source="培训专项",
    activities=(
        ActivityPlan(
            "故事人研习班",
            "怎样选书，怎样开口，怎样收场。",
            "面向各阅读空间的馆员和志愿者，计入继续教育学时。",
            (Pattern(CITY, THURSDAY, ("9:30",), nth=2, room="手作教室"),),
            statistic_class=StatisticClass.TRAINING,
            audiences=(Audience.LIBRARIANS,),
            capacity=28,
            minutes=150,
            counts=Counts.EVERYONE,
            hosts=(HostKind.EXPERT,),
        ),
    ),
)

SENIORS = ProgrammePlan(
    "银龄读书会",
    ProgrammeKind.OTHER,
    "阅美银龄",
    "老人读给老人听，也学着给孙辈读。",
    units=HOSTED,
    activities=(
        ActivityPlan(
            "银龄朗读",
            "大字本、老花镜和一壶茶。",
            "每次一个题目，轮流读一段。",
            (Pattern(BRANCHES, WEDNESDAY, ("9:30",), 0.9, every=2),),
            audiences=(Audience.ELDERLY,),
            capacity=20,
            minutes=90,
            counts=Counts.EVERYONE,
            hosts=(HostKind.VOLUNTEER, HostKind.READER),
        ),
        ActivityPlan(
            "听见一部电影",
            "口述影像，志愿者讲画面。",
            "为视障读者讲述电影画面，可带一位陪同。门口有人接。",
            (Pattern(CITY, SATURDAY, ("9:30",), nth=2, room="少儿报告厅"),),
            audiences=(Audience.VISUALLY_IMPAIRED, Audience.DISABLED),
            capacity=60,
            minutes=120,
            counts=Counts.EVERYONE,
            hosts=(HostKind.VOLUNTEER,),
        ),
    ),
)
