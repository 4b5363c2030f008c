"""操作日志: who did what, and when."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.choices import Verb
from people.doors import network_of, staff_only
from people.forms.journal import JournalForm
from people.queries.journal import journal_page, lines_about


@never_cache
@require_safe
@staff_only(Verb.SEE_JOURNAL)
def journal(request: HttpRequest) -> HttpResponse:
    form = JournalForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    until: date | None = typed.get("until")
    rows = lines_about(
        group=typed.get("group", ""),
        who=typed.get("who", "").strip(),
        since=_midnight(typed.get("since"), request),
        until=_midnight(until + timedelta(days=1) if until else None, request),
    )
    page = journal_page(rows, before=request.GET.get("before", ""))
    kept = {name: value for name in form.fields if (value := request.GET.get(name))}
    return render(
        request,
        "people/journal.html",
        {
            "form": form,
            "page": page,
            "older": urlencode({**kept, "before": page.before}) if page.before else "",
            "newest": urlencode(kept) if request.GET.get("before") else None,
        },
        status=200 if form.is_valid() else 422,
    )


def _midnight(day: date | None, request: HttpRequest) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=network_of(request).zone) if day else None
