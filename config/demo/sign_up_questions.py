"""What some of the demo's activities ask besides who comes, and what families answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from config.demo.plan_nanjing_circles import PLAYS
from programmes.signup.choices import AGREED, QuestionKind
from programmes.signup.models import Answer, Question, Registration, Seat, Terms
from programmes.signup.rules.answers import kept, keys_of


@dataclass(frozen=True)
class QuestionPlan:
    """`when`: asked only where the question of that number, from nought, has this answer. `said`: what families answer;
    so many of a hundred do, and all where it has to be.
    """

    kind: QuestionKind
    label: str
    help: str = ""
    is_required: bool = False
    per_child: bool = False
    choices: tuple[str, ...] = ()
    when: tuple[int, str] | None = None
    said: tuple[str, ...] = ()
    answered: int = 100


FIRST_TIME, BEFORE = "第一次来", "以前演过"

QUESTIONS: Mapping[str, tuple[QuestionPlan, ...]] = {
    PLAYS: (
        QuestionPlan(
            QuestionKind.CHOICE,
            "以前演过绘本剧吗？",
            is_required=True,
            choices=(FIRST_TIME, BEFORE),
            said=(FIRST_TIME, FIRST_TIME, BEFORE),
        ),
        QuestionPlan(
            QuestionKind.TEXT,
            "上次演的是哪一本？",
            help="换一本书，换一个角色。",
            when=(0, BEFORE),
            said=("《猜猜我有多爱你》", "《三只小猪》", "《拔萝卜》", "《小黑鱼》", "记不清了，演过一棵树"),
            answered=80,
        ),
        QuestionPlan(
            QuestionKind.TEXT,
            "想演什么角色？",
            help="一个动物或一个人物；没想好可以空着。",
            per_child=True,
            said=("小兔子", "大灰狼", "老奶奶", "小树", "月亮", "都可以", "旁白", "小熊", "不想说台词的"),
            answered=85,
        ),
        QuestionPlan(
            QuestionKind.CONSENT,
            "我会全程在场，帮孩子换衣服",
            help="当天排练、当天演出，中途不能换人。",
            is_required=True,
            said=(AGREED,),
        ),
    ),
    "海边手作课": (
        QuestionPlan(
            QuestionKind.CHOICE,
            "怎么来馆里？",
            help="停车位少，人多时我们提前告诉您。",
            is_required=True,
            choices=("走路或骑车", "地铁公交", "开车"),
            said=("走路或骑车", "地铁公交", "地铁公交", "开车"),
        ),
        QuestionPlan(
            QuestionKind.TEXT,
            "车牌号",
            help="只用来登记停车，活动后删除。",
            when=(0, "开车"),
            said=("粤B·00000", "粤B·00001"),
            answered=60,
        ),
        QuestionPlan(
            QuestionKind.TEXT,
            "有没有会过敏的材料？",
            help="胶水、颜料、贝壳粉；没有可以空着。",
            per_child=True,
            said=("没有", "对颜料有点过敏"),
            answered=40,
        ),
        QuestionPlan(
            QuestionKind.CONSENT,
            "孩子会用到小剪刀，我知道",
            is_required=True,
            said=(AGREED,),
        ),
    ),
}


def enter_questions(rows: Sequence[Terms]) -> None:
    """For those whose activity asks any. In their order, so that each finds what it hangs on."""
    for terms in rows:
        made: list[Question] = []
        for place, plan in enumerate(QUESTIONS.get(terms.activity.title, ()), start=1):
            number, value = plan.when or (None, "")
            question = Question.objects.create(
                terms=terms,
                place=place,
                kind=plan.kind,
                label=plan.label,
                help=plan.help,
                is_required=plan.is_required,
                per_child=plan.per_child,
                choices=list(plan.choices),
                condition=None if number is None else made[number],
                condition_value=value,
            )
            made.append(question)


def answers_of(
    row: Registration, seats: Sequence[Seat], questions: Sequence[Question], lot: Random
) -> Iterator[Answer]:
    """To those of the questions that were put to this family. What somebody asks by himself, nobody has answered."""
    plans = {plan.label: plan for plan in QUESTIONS.get(row.session.activity.title, ())}
    of_child = {seat.child.code: seat for seat in seats if seat.child is not None}
    said = {
        (question.pk, code): lot.choice(plan.said)
        for question, code in keys_of(questions, list(of_child))
        if (plan := plans.get(question.label)) and (plan.is_required or lot.randrange(100) < plan.answered)
    }
    for (question_id, code), value in kept(questions, list(of_child), said).items():
        yield Answer(registration=row, question_id=question_id, seat=of_child.get(code), value=value)
