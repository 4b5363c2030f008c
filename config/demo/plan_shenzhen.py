"""Shenzhen's year in the demo: smaller, to show that cities differ."""

from config.demo.plan_words import (
    CITY,
    LIBRARIES,
    SATURDAY,
    SPACES,
    SUNDAY,
    ActivityPlan,
    BrandPlan,
    CityPlan,
    Pattern,
    ProgrammePlan,
)
from programmes.planning.choices import Audience, BrandMark, Counts, HostKind, ProgrammeKind, StatisticClass, UnitRole
from venues.choices import Equipment

SHENZHEN = CityPlan(
    brands=(
        BrandPlan(
            "图书馆之城",
            "转角遇见一本书",
            "全市公共图书馆统一服务的品牌。",
            "全体市民",
            mark=BrandMark.LOTUS,
            children=(BrandPlan("童阅鹏城", "海边的孩子爱读书", "少儿阅读活动。", "0–14 岁", 200, BrandMark.LOTUS),),
        ),
    ),
    units={"深圳图书馆": "图书馆", "各区图书馆": "图书馆", "深圳市阅读联合会": "公益组织"},
    programmes=(
        ProgrammePlan(
            "童阅鹏城故事会",
            ProgrammeKind.STORY_HOURS,
            "童阅鹏城",
            "周末在家门口听故事。",
            department="少儿服务部",
            in_charge="郑海珊",
            units=((UnitRole.HOSTS, "深圳图书馆"), (UnitRole.ORGANISES, "各区图书馆")),
            activities=(
                ActivityPlan(
                    "海边故事会",
                    "听海，听故事。",
                    "每场两本绘本，读完一起做手工。",
                    (
                        Pattern(SPACES, SATURDAY, ("10:00", "15:30"), 0.8),
                        Pattern(LIBRARIES, SUNDAY, ("10:00",), 0.8),
                    ),
                    ages=(36, 95),
                    capacity=18,
                    minutes=45,
                    adult_needed=True,
                    children_per_adult=2,
                    equipment=(Equipment.CARPET,),
                    own_host=True,
                    books=4,
                ),
            ),
        ),
        ProgrammePlan(
            "南书房夜话",
            ProgrammeKind.LECTURES,
            "图书馆之城",
            "每月一谈。",
            department="读者服务部",
            in_charge="郑海珊",
            units=((UnitRole.HOSTS, "深圳图书馆"), (UnitRole.SUPPORTS, "深圳市阅读联合会")),
            activities=(
                ActivityPlan(
                    "南书房夜话",
                    "读书人谈读书。",
                    "谈完可以提问。",
                    (Pattern(CITY, SATURDAY, ("19:00",), nth=2),),
                    statistic_class=StatisticClass.LECTURE,
                    audiences=(Audience.ADULTS,),
                    capacity=100,
                    minutes=90,
                    counts=Counts.EVERYONE,
                    hosts=(HostKind.EXPERT,),
                ),
            ),
        ),
    ),
    theme={2026: "海风吹动书页", 2027: "一百个角落一百本书"},
    experts=3,
    department="少儿服务部",
)
