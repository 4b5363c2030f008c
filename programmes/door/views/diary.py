"""活动小结: photos, a line, numbers and problems, on one page. Whatever button is pressed, what was typed is kept first."""

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.pictures import LARGEST_FILE, answer_with, record_of
from kit.refusals import Refusal, Refused
from kit.toasts import toast
from people.doors import member, members_only, network_of
from programmes.door import doors
from programmes.door.commands import diary as commands
from programmes.door.forms.after import DiaryForm, WhyForm
from programmes.door.models import Diary, DiaryPhoto
from programmes.door.models.diary import MOST_PHOTOS
from programmes.door.queries.attendance import attendance_of
from programmes.door.queries.photo_consents import photo_consents
from programmes.door.rules.diary import photos_needed
from programmes.planning.models import Session
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import full_span_words
from programmes.signup.commands.readings import open_list

_WORDS = ("line", "problems", "children", "adults", "few_photos")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def diary(request: HttpRequest, code: str) -> HttpResponse:
    session = doors.session_that_was(request, code)
    if request.method != "POST":
        return _page(request, session, _form(session))
    form = _form(session, request)
    if not form.is_valid():
        return _page(request, session, form, status=422)
    try:
        is_handed_in = _do(request, session, form)
    except Refused as no:
        form = _form(session, request, since=form)
        form.refuse(no.refusals)
        return _page(request, session, form, status=422)
    if request.headers.get("X-Part") == "saved":
        return HttpResponse(status=204)
    if request.headers.get("X-Part"):
        return _page(request, session, _form(session))
    toast(request, _("The diary is handed in.") if is_handed_in else _("Saved."))
    return redirect("planning:session" if is_handed_in else "door:diary", session.code)


@require_safe
@members_only
def photo(request: HttpRequest, code: str, photo_id: int) -> HttpResponse:
    found = doors.photo_of_session(doors.session_that_was(request, code), photo_id)
    return answer_with(found.small if "small" in request.GET else found.image)


@require_POST
@members_only
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    session, form = doors.session_that_was(request, code), WhyForm(request.POST)
    if form.is_valid():
        try:
            commands.reopen(session=session, reason=form.cleaned_data["reason"], by=member(request), at=clock.now())
        except Refused as no:
            toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="warn")
        return redirect("door:diary", session.code)
    return _page(request, session, _form(session), why=form, status=422)


@require_POST
@members_only
def problems_read(request: HttpRequest, code: str) -> HttpResponse:
    session = doors.session_that_was_planned(request, code)
    found = Diary.objects.filter(session=session).first()
    if found is not None:
        commands.read_problems(diary=found, by=member(request), at=clock.now())
        toast(request, _("Marked as read."))
    return redirect(f"{reverse('door:diaries')}?problems=unread")


# --- What a button does --------------------------------------------------------------------


def _do(request: HttpRequest, session: Session, form: DiaryForm) -> bool:
    """True: it is handed in."""
    by, at = member(request), clock.now()
    commands.save(session=session, written=form.written, by=by, at=at)
    gone = next((one for one in form.shown if str(one.pk) == request.POST.get("remove")), None)
    if gone is not None:
        commands.remove_photo(photo=gone, by=by, at=at)
    _add(request, session, form.cleaned_data["photos"])
    if request.POST.get("do") != "hand_in":
        return False
    commands.hand_in(session=session, written=form.written, by=by, at=at)
    return True


def _add(request: HttpRequest, session: Session, files: Sequence[UploadedFile]) -> None:
    """Each by itself: one that is no picture keeps no other out."""
    refused: list[Refusal] = []
    for number, file in enumerate(files):
        try:
            record = record_of(file.read(LARGEST_FILE + 1))
            key = _key(request.POST.get("client_id", ""), number)
            commands.add_photo(session=session, record=record, client_id=key, by=member(request), at=clock.now())
        except Refused as no:
            refused += [Refusal(one.code, f"{file.name}：{one.text}", one.way_on, "photos") for one in no.refusals]
    if refused:
        raise Refused(*refused)


def _key(typed: str, number: int) -> UUID:
    """Of one page's several photos each has its own."""
    try:
        return uuid5(UUID(typed), str(number)) if typed else uuid4()
    except ValueError:
        return uuid5(NAMESPACE_URL, f"{typed}/{number}")


# --- The page ------------------------------------------------------------------------------


def _form(session: Session, request: HttpRequest | None = None, *, since: DiaryForm | None = None) -> DiaryForm:
    """Filled in as it stands, or with what is sent; `since`: the same once more, where photos came or went meanwhile."""
    found = Diary.objects.filter(session=session).first()
    shown = DiaryPhoto.objects.filter(diary=found).order_by("place") if found is not None else ()
    if request is None:
        return DiaryForm(initial=_initial(session, found), shown=shown)
    form = DiaryForm(request.POST, request.FILES if since is None else None, shown=shown)
    if since is not None:
        form.is_valid()
    return form


def _initial(session: Session, found: Diary | None) -> dict[str, Any]:
    """Numbers nobody has typed are those that the door knows."""
    known = attendance_of([session])[session.pk].heads
    said = {name: getattr(found, name) for name in _WORDS} if found is not None else {}
    if said.get("children") is None and said.get("adults") is None and known.all:
        said |= {"children": known.children, "adults": known.adults}
    return said | {"counted": found is not None and found.counted_at is not None}


def _page(
    request: HttpRequest, session: Session, form: DiaryForm, *, why: WhyForm | None = None, status: int = 200
) -> HttpResponse:
    at = clock.now()
    consents = photo_consents(session, at=at)
    if consents.without:
        open_list(session=session, children=list(consents.without), by=member(request), at=at)
    found = Diary.objects.select_related("handed_in_by").filter(session=session).first()
    needed = photos_needed(network_of(request).rules)
    page = {
        "session": session,
        "title": session.title or session.activity.title,
        "when": full_span_words(session.starts_at, session.ends_at),
        "place": place_words(session),
        "diary": found,
        "form": form,
        "why": why or WhyForm(),
        "known": attendance_of([session])[session.pk],
        "consents": consents,
        "needed": needed,
        "most": MOST_PHOTOS,
        "is_short": len(form.shown) < needed,
        "client_id": uuid4(),
        # Words that a phone keeps are of whoever wrote them.
        "writer": member(request).pk,
        "is_over": session.ends_at <= at,
    }
    template = "door/_diary_photos.html" if request.headers.get("X-Part") == "photos" else "door/diary.html"
    return render(request, template, page, status=status)
