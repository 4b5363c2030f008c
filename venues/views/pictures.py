"""Pictures of a venue."""

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
from venues import doors
from venues.commands import pictures as commands
from venues.forms import PictureForm, PictureWordsForm


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    venue = doors.venue_to_tend(request, slug)
    is_sent = request.method == "POST"
    form = PictureForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_bound and form.is_valid():
        try:
            words = form.cleaned_data
            commands.add_picture(
                venue=venue,
                content=cleaned(form.file.read(LARGEST_FILE + 1)),
                description=words["description"],
                credit=words["credit"],
                by=member(request),
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, _("The picture is on the page."))
            return redirect("venues:pictures", venue.slug)
    page = {"venue": venue, "form": form}
    return render(request, "venues/pictures.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def describe(request: HttpRequest, slug: str, picture_id: int) -> HttpResponse:
    venue, picture = doors.picture_to_tend(request, slug, picture_id)
    initial = {"description": picture.description, "credit": picture.credit}
    form = PictureWordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        commands.describe_picture(picture=picture, **form.cleaned_data, by=member(request))
        toast(request, _("Saved."))
        return redirect("venues:pictures", venue.slug)
    page = {"venue": venue, "picture": picture, "form": form}
    return render(request, "venues/picture.html", page, status=422 if form.is_bound else 200)


@require_POST
@members_only
def forward(request: HttpRequest, slug: str, picture_id: int) -> HttpResponse:
    venue, picture = doors.picture_to_tend(request, slug, picture_id)
    commands.move_picture_forward(picture=picture, by=member(request))
    return redirect("venues:pictures", venue.slug)


@require_POST
@members_only
def remove(request: HttpRequest, slug: str, picture_id: int) -> HttpResponse:
    venue, picture = doors.picture_to_tend(request, slug, picture_id)
    commands.remove_picture(picture=picture, by=member(request), at=clock.now())
    undo = Undo(reverse("venues:picture-back", args=[venue.slug, picture.pk]))
    toast(request, _("The picture is removed."), undo=undo)
    return redirect("venues:pictures", venue.slug)


@require_POST
@members_only
def bring_back(request: HttpRequest, slug: str, picture_id: int) -> HttpResponse:
    venue, picture = doors.picture_to_tend(request, slug, picture_id)
    commands.bring_picture_back(picture=picture, by=member(request))
    toast(request, _("The picture is back."))
    return redirect("venues:pictures", venue.slug)
