"""Pictures of an activity."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.pictures import LARGEST_FILE, cleaned
from kit.refusals import Refused
from kit.toasts import Undo, toast
from people.doors import member, members_only
from programmes.planning import doors
from programmes.planning.commands import pictures as commands
from programmes.planning.forms.pictures import PictureForm, PictureWordsForm


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def pictures(request: HttpRequest, activity_id: int) -> HttpResponse:
    row = doors.activity_to_plan(request, activity_id)
    is_sent = request.method == "POST"
    form = PictureForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_bound and form.is_valid():
        words = form.cleaned_data
        try:
            commands.add_picture(
                activity=row,
                content=cleaned(form.file.read(LARGEST_FILE + 1)),
                description=words["description"],
                credit=words["credit"],
                by=member(request),
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("The picture is with the activity."))
            return redirect("planning:activity-pictures", row.pk)
    page = {"activity": row, "form": form}
    return render(request, "planning/activities/pictures.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def describe(request: HttpRequest, activity_id: int, picture_id: int) -> HttpResponse:
    row, picture = doors.picture_to_plan(request, activity_id, picture_id)
    initial = {"description": picture.description, "credit": picture.credit}
    form = PictureWordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        commands.describe_picture(picture=picture, **form.cleaned_data, by=member(request))
        toast(request, _("Saved."))
        return redirect("planning:activity-pictures", row.pk)
    page = {"activity": row, "picture": picture, "form": form}
    return render(request, "planning/activities/picture.html", page, status=422 if form.is_bound else 200)


@require_POST
@members_only
def change(request: HttpRequest, activity_id: int, picture_id: int) -> HttpResponse:
    """`do`: forward, remove or back."""
    row, picture = doors.picture_to_plan(request, activity_id, picture_id)
    asked, by = request.POST.get("do", ""), member(request)
    if asked == "forward":
        commands.move_picture_forward(picture=picture, by=by)
    elif asked == "remove":
        commands.remove_picture(picture=picture, by=by, at=clock.now())
        undo = Undo(reverse("planning:activity-picture-change", args=[row.pk, picture.pk]), {"do": "back"})
        toast(request, _("The picture is removed."), undo=undo)
    elif asked == "back":
        try:
            commands.bring_picture_back(picture=picture, by=by)
        except Refused as no:
            toast(request, "".join(str(refusal) for refusal in no.refusals), kind="bad")
        else:
            toast(request, _("The picture is back."))
    return redirect("planning:activity-pictures", row.pk)
