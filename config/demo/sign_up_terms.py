"""How families come to each of the demo's activities."""

from dataclasses import dataclass
from datetime import time

from config.demo.plan_words import CityPlan
from programmes.planning.choices import StatisticClass
from programmes.planning.models import Activity
from programmes.signup.choices import Way
from programmes.signup.models import Terms


@dataclass(frozen=True)
class TermsPlan:
    """`opens_days` None: as soon as a session is public."""

    way: Way = Way.SIGN_UP
    opens_days: int | None = 7
    cancel_hours: int = 24
    most_children: int | None = None


OPENS_EARLY = TermsPlan(opens_days=None)
OPENS_EARLY_CANCELS_LATE = TermsPlan(opens_days=None, cancel_hours=2)
CANCELS_LATE = TermsPlan(cancel_hours=2)
NOBODY_SIGNS_UP = TermsPlan(Way.FREE, opens_days=None)
BY_PHONE = TermsPlan(Way.PHONE, opens_days=None)

# Where the activity is not one that opens a week before, at nine.
TERMS = {
    "宝宝读书会": CANCELS_LATE,
    "云上故事会": NOBODY_SIGNS_UP,
    "放学后的一小时": NOBODY_SIGNS_UP,
    "全城共读一小时": NOBODY_SIGNS_UP,
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
}


def enter_terms(plan: CityPlan) -> None:
    """For those of the plan's activities that have none yet."""
    titles = [line.title for programme in plan.programmes for line in programme.activities]
    rows = Activity.objects.filter(title__in=titles, signup_terms=None).order_by("pk")
    Terms.objects.bulk_create(_terms(activity) for activity in rows)


def _terms(activity: Activity) -> Terms:
    plan = TERMS.get(activity.title, TermsPlan())
    if activity.slot_minutes:
        plan = BY_PHONE
    elif activity.statistic_class == StatisticClass.EXHIBITION:
        plan = NOBODY_SIGNS_UP
    return Terms(
        activity=activity,
        way=plan.way,
        opens_days=plan.opens_days,
        opens_at=time(9),
        cancel_hours=plan.cancel_hours,
        most_children=plan.most_children,
    )
