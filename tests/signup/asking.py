"""A question that an activity asks of families, for tests."""

from typing import Any

from programmes.planning.models import Session
from programmes.signup.choices import QuestionKind
from programmes.signup.models import Question, Terms


def ask(session: Session, place: int, kind: QuestionKind = QuestionKind.TEXT, **more: Any) -> Question:
    terms = Terms.objects.get(activity=session.activity_id)
    Terms.objects.filter(pk=terms.pk).update(asks=True)
    return Question.objects.create(terms=terms, place=place, kind=kind, **{"label": f"第{place}问", **more})
