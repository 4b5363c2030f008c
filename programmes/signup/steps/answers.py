"""Answers are looked at before a place is taken, and written once there is a registration."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from kit.command import step
from kit.refusals import refuse_if
from people.models import Child
from programmes.signup.models import Answer, Question, Registration, Seat, Terms
from programmes.signup.queries.questions import asked_by
from programmes.signup.rules.answers import NOT_ANSWERED, Answers, Key, against_answers, kept


@step
def looked_at(terms: Terms | None, children: Sequence[Child], answers: Answers | None) -> dict[Key, str] | None:
    """None where nothing is asked, or where nobody was asked."""
    if answers is None or terms is None or not terms.asks:
        return None
    questions, codes = asked_by(terms), [child.code for child in children]
    refuse_if(against_answers(questions, codes, answers))
    return kept(questions, codes, answers)


@step
def heard(terms: Terms | None, children: Sequence[Child], answers: Answers) -> dict[Key, str] | None:
    """As a family says them on the telephone: what has to be answered may stay open, and whoever calls asks why."""
    if terms is None or not terms.asks:
        return None
    questions, codes = asked_by(terms), [child.code for child in children]
    refuse_if(no for no in against_answers(questions, codes, answers) if no.code != NOT_ANSWERED)
    return kept(questions, codes, answers)


@step
def write_answers(row: Registration, answers: Mapping[Key, str] | None) -> None:
    """Instead of those that it gave before. What it answered to questions that nobody asks any more stays."""
    if answers is None:
        return
    seats = _seats(row) if any(code for _question, code in answers) else {}
    Answer.objects.bulk_create(
        Answer(registration=row, question_id=question, seat_id=seats[code] if code else None, value=value)
        for (question, code), value in answers.items()
    )


@step
def change_answers(row: Registration, answers: Mapping[Key, str] | None) -> None:
    if answers is None:
        return
    asked = Question.objects.filter(terms__activity=row.session.activity_id, retired_at=None)
    Answer.objects.filter(registration=row, question__in=asked).delete()
    Answer.objects.filter(registration=row, question__replaced_by__in=asked).delete()
    Answer.objects.filter(registration=row, seat__ended_at__isnull=False).delete()
    write_answers(row, answers)


@step
def carry_answers(before: Registration, after: Registration, seats: Iterable[Seat]) -> None:
    """In the words that were asked then, to a session of the same activity; another one asks otherwise. `seats`: those
    that come along.
    """
    if before.session.activity_id != after.session.activity_id:
        return
    there = _seats(after)
    kept = {seat.pk: there[seat.child.code] for seat in seats if seat.child is not None}
    rows = Answer.objects.filter(registration=before).filter(Q(seat=None) | Q(seat__in=kept))
    Answer.objects.bulk_create(
        Answer(
            registration=after,
            question_id=row.question_id,
            seat_id=None if row.seat_id is None else kept[row.seat_id],
            value=row.value,
        )
        for row in rows.order_by("pk")
    )


def _seats(row: Registration) -> dict[str, int]:
    live = Seat.objects.filter(registration=row, ended_at=None, child__isnull=False)
    return dict(live.values_list("child__code", "pk"))
