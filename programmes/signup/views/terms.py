"""How families come to the sessions of an activity: one form for whoever plans it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kit.refusals import Refused
from kit.toasts import toast
from people.doors import member, members_only
from programmes.planning.doors import activity_to_plan
from programmes.signup.commands.terms import set_terms
from programmes.signup.forms.terms import TermsForm, initial_of


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def terms(request: HttpRequest, activity_id: int) -> HttpResponse:
    row = activity_to_plan(request, activity_id)
    form = TermsForm(request.POST if request.method == "POST" else None, initial=initial_of(row))
    if form.is_bound and form.is_valid():
        try:
            set_terms(activity=row, values=form.values(), by=member(request))
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("Saved. It holds for all sessions of this activity at once."))
            return redirect("planning:activity", row.pk)
    page = {"activity": row, "form": form}
    return render(request, "signup/staff/terms.html", page, status=422 if form.is_bound else 200)
