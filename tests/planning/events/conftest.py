"""A Wednesday in May, and a city with four sessions that readers see."""

from datetime import timedelta

import pytest
import time_machine

from programmes.planning.choices import Audience, Mode, StatisticClass
from tests.planning import plans
from tests.planning.events.reading import SATURDAY, WEDNESDAY, public


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.fixture
def city(home):
    """Four sessions that readers see, and a draft that they do not."""
    gulou = plans.room()
    jiangning = plans.room("报告厅", venue="百家湖阅读空间", district="江宁区")
    spring = plans.brand("春声")
    child = plans.brand("童声", parent=spring, hue=128)
    stories = plans.programme("周末故事会", brand=child)
    talks = plans.programme("城市讲堂")
    seed = plans.activity("小种子", programme=stories, audiences=[Audience.FAMILIES])
    talk = plans.activity(
        "城墙今昔", programme=talks, from_months=None, to_months=None, audiences=[Audience.ELDERLY],
        statistic_class=StatisticClass.LECTURE, mode=Mode.BOTH,
    )  # fmt: skip
    today = public(
        plans.session(WEDNESDAY + timedelta(hours=4), activity=seed, room=gulou, title="下午的小种子"),
        plans.session(WEDNESDAY + timedelta(days=1), activity=talk, room=jiangning),
        plans.session(SATURDAY, activity=seed, room=gulou),
        plans.session(WEDNESDAY + timedelta(days=40), activity=seed, room=jiangning, from_months=120, to_months=155),
    )
    plans.session(SATURDAY + timedelta(hours=5), activity=seed, room=gulou, title="没公布的场次")
    return {"today": today, "gulou": gulou, "child": child, "spring": spring, "seed": seed}
