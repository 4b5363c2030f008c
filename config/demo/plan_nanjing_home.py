"""What is on at the space of the keeper who plays in the tutorial, on every day of the week."""

from config.demo.plan_nanjing_circles import HOME
from config.demo.plan_nanjing_days import HOSTED
from config.demo.plan_words import MONDAY, SPACES, ActivityPlan, Pattern, ProgrammePlan
from programmes.planning.choices import Audience, Counts, PlaceKind, ProgrammeKind, StatisticClass

MORNING, TALES, LAMP, RIVER = "早来的一小时", "晚饭前的故事", "灯下读书", "孩子们画的秦淮河"
_EVERY_DAY = range(7)

AT_HOME = ProgrammePlan(
    "清凉门的每一天",
    ProgrammeKind.OTHER,
    "阅美善读",
    "推门就来，天天有故事。",
    in_charge="陈静",
    units=HOSTED,
    activities=(
        ActivityPlan(
            RIVER,
            "四十张孩子的画，从桨声灯影到今天的河岸。",
            "开馆时间内免费参观，一周换一批画。",
            (Pattern(SPACES, MONDAY, ("9:30",), at=(HOME,), place=PlaceKind.VENUE, days=6),),
            statistic_class=StatisticClass.EXHIBITION,
            audiences=(Audience.FAMILIES, Audience.CHILDREN, Audience.ADULTS),
            capacity=None,
            minutes=660,
            setup=0,
        ),
        ActivityPlan(
            MORNING,
            "开门后的第一个小时，安安静静读一本。",
            "随到随读，座位先到先得。",
            tuple(Pattern(SPACES, weekday, ("9:15",), at=(HOME,), place=PlaceKind.VENUE) for weekday in _EVERY_DAY),
            capacity=None,
            minutes=60,
            setup=0,
            counts=Counts.EVERYONE,
        ),
        ActivityPlan(
            TALES,
            "等饭熟的工夫，听一个故事。",
            "馆员每天讲一本，讲完可以借走。请一位大人陪着孩子。",
            tuple(Pattern(SPACES, weekday, ("17:40",), at=(HOME,)) for weekday in _EVERY_DAY),
            ages=(36, 107),
            capacity=15,
            minutes=45,
            adult_needed=True,
            own_host=True,
        ),
        ActivityPlan(
            LAMP,
            "晚饭后来读一会儿，关门前讲一个睡前故事。",
            "大人孩子都可以来。最后一刻钟由馆员讲一个短故事。",
            tuple(Pattern(SPACES, weekday, ("18:30",), at=(HOME,), place=PlaceKind.VENUE) for weekday in _EVERY_DAY),
            audiences=(Audience.FAMILIES, Audience.CHILDREN, Audience.ADULTS),
            capacity=None,
            minutes=120,
            setup=0,
            counts=Counts.EVERYONE,
        ),
    ),
)
