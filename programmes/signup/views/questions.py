"""What an activity asks of those who sign up: its questions in their order, and how a family sees them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.refusals import Refusal, Refused
from kit.toasts import toast
from people.doors import member, members_only
from programmes.planning.doors import activity_to_plan
from programmes.planning.models import Activity
from programmes.signup import doors
from programmes.signup.commands.questions import add_question, change_question, move_question_up, retire_question
from programmes.signup.forms.answers import AnswersForm, AskedOf
from programmes.signup.forms.questions import QuestionForm, condition_words, initial_of
from programmes.signup.queries.questions import is_answered, questions_of


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def questions(request: HttpRequest, activity_id: int) -> HttpResponse:
    activity = activity_to_plan(request, activity_id)
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        before=questions_of(activity),
        initial={"kind": "text", "choices": ""},
    )
    if form.is_bound and form.is_valid():
        try:
            add_question(activity=activity, values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Added; families are asked from now on."))
            return redirect("signup:questions", activity.pk)
    return _page(request, activity, form=form, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def question(request: HttpRequest, question_id: int) -> HttpResponse:
    row = doors.question_to_plan(request, question_id)
    activity = row.terms.activity
    before = [one for one in questions_of(activity) if one.place < row.place]
    form = QuestionForm(request.POST if request.method == "POST" else None, before=before, initial=initial_of(row))
    if form.is_bound and form.is_valid():
        try:
            change_question(question=row, values=form.values(), by=member(request), at=clock.now())
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Saved; families are asked so from now on."))
            return redirect("signup:questions", activity.pk)
    page = {"activity": activity, "question": row, "form": form, "is_answered": is_answered(row)}
    return render(request, "signup/staff/question.html", page, status=422 if form.is_bound else 200)


@require_POST
@members_only
def move_up(request: HttpRequest, question_id: int) -> HttpResponse:
    row = doors.question_to_plan(request, question_id)
    try:
        move_question_up(question=row, by=member(request))
    except Refused as no:
        return _page(request, row.terms.activity, refusals=no.refusals, status=422)
    return redirect("signup:questions", row.terms.activity_id)


@require_POST
@members_only
def retire(request: HttpRequest, question_id: int) -> HttpResponse:
    row = doors.question_to_plan(request, question_id)
    try:
        retire_question(question=row, by=member(request), at=clock.now())
    except Refused as no:
        return _page(request, row.terms.activity, refusals=no.refusals, status=422)
    toast(request, _("No longer asked; what families answered stays."))
    return redirect("signup:questions", row.terms.activity_id)


def _page(
    request: HttpRequest,
    activity: Activity,
    *,
    form: QuestionForm | None = None,
    refusals: tuple[Refusal, ...] = (),
    status: int = 200,
) -> HttpResponse:
    rows = questions_of(activity)
    page: dict[str, Any] = {
        "activity": activity,
        "lines": [
            (row, condition_words(row.condition, row.condition_value) if row.condition is not None else "")
            for row in rows
        ],
        "refusals": refusals,
        "form": form or QuestionForm(before=rows, initial={"kind": "text"}),
        "preview": AnswersForm(
            questions=rows, children=[AskedOf("preview", pgettext("questions", "the child"))], auto_id="preview_%s"
        ),
    }
    return render(request, "signup/staff/questions.html", page, status=status)
