"""How families come to each of the demo's activities."""

from dataclasses import dataclass
from datetime import time

from config.demo.circles import CLASS_CIRCLE, CLUB_CIRCLE, INVITED_CIRCLE, SHENZHEN_CLUB
from config.demo.plan_nanjing_circles import CLASS_READS, CLUB, CRAFTS, GUIDES, PLAYS, TEA, VISITS
from config.demo.plan_nanjing_home import LAMP, MORNING
from config.demo.plan_words import CityPlan
from config.demo.sign_up_questions import QUESTIONS, enter_questions
from programmes.planning.choices import StatisticClass
from programmes.planning.models import Activity
from programmes.signup.choices import CapOf, CapPeriod, Course, Way
from programmes.signup.models import Circle, Terms, TermsCircle


@dataclass(frozen=True)
class TermsPlan:
    """`opens_days` None: as soon as a session is public. `cap`: so many sessions in a month, for whom. `circle`: the name of
    the one that it is for.
    """

    way: Way = Way.SIGN_UP
    opens_days: int | None = 7
    cancel_hours: int = 24
    most_children: int | None = None
    cap: tuple[int, CapOf] | None = None
    approval: bool = False
    course: Course = Course.EACH
    circle: str = ""
    hand_over: bool = False
    alone_from: int | None = None


OPENS_EARLY = TermsPlan(opens_days=None)
OPENS_EARLY_CANCELS_LATE = TermsPlan(opens_days=None, cancel_hours=2)
CANCELS_LATE = TermsPlan(cancel_hours=2)
NOBODY_SIGNS_UP = TermsPlan(Way.FREE, opens_days=None)
BY_PHONE = TermsPlan(Way.PHONE, opens_days=None)

# Where the activity is not one that opens a week before, at nine.
TERMS = {
    "宝宝读书会": TermsPlan(cancel_hours=2, cap=(2, CapOf.FAMILY)),
    "海边故事会": TermsPlan(cap=(2, CapOf.CHILD)),
    "云上故事会": NOBODY_SIGNS_UP,
    "放学后的一小时": NOBODY_SIGNS_UP,
    "全城共读一小时": NOBODY_SIGNS_UP,
    MORNING: NOBODY_SIGNS_UP,
    LAMP: NOBODY_SIGNS_UP,
    "城墙上的故事": TermsPlan(most_children=2),
    "走进学校": BY_PHONE,
    "故事人研习班": BY_PHONE,
    "银龄朗读": BY_PHONE,
    "听见一部电影": BY_PHONE,
    "家庭阅读公开课": OPENS_EARLY_CANCELS_LATE,
    "南书房夜话": OPENS_EARLY_CANCELS_LATE,
    "换书大会": OPENS_EARLY_CANCELS_LATE,
    "读者节开幕式": OPENS_EARLY,
    "少年阅读马拉松": OPENS_EARLY,
    CRAFTS: TermsPlan(opens_days=None, course=Course.CHOSEN, hand_over=True),
    "海边手作课": TermsPlan(opens_days=None, course=Course.CHOSEN),
    **dict.fromkeys(GUIDES, TermsPlan(opens_days=None, course=Course.WHOLE, hand_over=True, alone_from=8)),
    PLAYS: TermsPlan(opens_days=21, approval=True),
    "小小领读者": TermsPlan(opens_days=21, approval=True),
    CLUB: TermsPlan(opens_days=None, circle=CLUB_CIRCLE),
    CLASS_READS: TermsPlan(opens_days=None, circle=CLASS_CIRCLE),
    TEA: TermsPlan(opens_days=None, circle=INVITED_CIRCLE),
    SHENZHEN_CLUB: TermsPlan(opens_days=None, circle=SHENZHEN_CLUB),
    VISITS: BY_PHONE,
}


def enter_terms(plan: CityPlan) -> None:
    """For those of the plan's activities that have none yet."""
    titles = [line.title for programme in plan.programmes for line in programme.activities]
    rows = Activity.objects.filter(title__in=titles, signup_terms=None).order_by("pk")
    made = Terms.objects.bulk_create(_terms(activity) for activity in rows)
    circles = {circle.name: circle for circle in Circle.objects.filter(closed_at=None)}
    named = ((row, circles.get(_plan(row.activity).circle)) for row in made)
    TermsCircle.objects.bulk_create(TermsCircle(terms=row, circle=circle) for row, circle in named if circle)
    enter_questions(made)


def _plan(activity: Activity) -> TermsPlan:
    if activity.slot_minutes:
        return BY_PHONE
    if activity.statistic_class == StatisticClass.EXHIBITION:
        return NOBODY_SIGNS_UP
    return TERMS.get(activity.title, TermsPlan())


def _terms(activity: Activity) -> Terms:
    plan = _plan(activity)
    most, of = plan.cap or (None, CapOf.FAMILY)
    return Terms(
        activity=activity,
        way=plan.way,
        opens_days=plan.opens_days,
        opens_at=time(9),
        cancel_hours=plan.cancel_hours,
        most_children=plan.most_children,
        most_sessions=most,
        cap_period=CapPeriod.MONTH,
        cap_of=of,
        approval=plan.approval,
        course=plan.course,
        is_closed=bool(plan.circle),
        hand_over=plan.hand_over,
        alone_from=plan.alone_from,
        asks=activity.title in QUESTIONS,
    )
