"""What a library system says of itself, and the texts its readers agree to."""

from copy import copy

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from networks.choices import PrivacyTextKind
from networks.commands.change_network import change_network
from networks.commands.check_files import put_check_file, remove_check_file
from networks.commands.privacy import draft_privacy_text, publish_privacy_text
from networks.forms import CheckFileForm, NetworkForm, PrivacyTextForm
from networks.queries.privacy import privacy_desk, text_in_hand
from networks.rules.texts import blocks
from people.choices import Verb
from people.doors import member, network_of, staff_only


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.CHANGE_SETTINGS)
def settings(request: HttpRequest) -> HttpResponse:
    network = network_of(request)
    # A copy: what is typed must not show in the frame before it is kept.
    form = NetworkForm(request.POST or None, request.FILES or None, instance=copy(network))
    if request.method == "POST" and form.is_valid():
        change_network(network=network, values=form.changes(), actor=member(request).pk)
        messages.success(request, _("Saved. Readers see it at once."))
        return redirect("people:settings")
    return _page(request, form, CheckFileForm(prefix="file"))


@require_POST
@staff_only(Verb.CHANGE_SETTINGS)
def check_files(request: HttpRequest) -> HttpResponse:
    network, actor = network_of(request), member(request).pk
    if name := request.POST.get("remove"):
        remove_check_file(network=network, name=name, actor=actor)
        messages.success(request, _("%s is removed.") % name)
        return redirect("people:settings")
    form = CheckFileForm(request.POST, prefix="file")
    if not form.is_valid():
        return _page(request, NetworkForm(instance=network), form)
    put_check_file(network=network, **form.cleaned_data, actor=actor)
    messages.success(request, _("%s is in its place.") % form.cleaned_data["name"])
    return redirect("people:settings")


def _page(request: HttpRequest, form: NetworkForm, file_form: CheckFileForm) -> HttpResponse:
    page = {
        "form": form,
        "texts": privacy_desk(),
        "files": network_of(request).check_files.order_by("name"),
        "file_form": file_form,
    }
    status = 422 if form.is_bound or file_form.is_bound else 200
    return render(request, "people/settings/settings.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.CHANGE_SETTINGS)
def privacy_text(request: HttpRequest, kind: str) -> HttpResponse:
    """Write the next version; nobody but staff sees it before it is published."""
    kind = _known(kind)
    latest = text_in_hand(kind)
    initial = {"body": latest.body, "responsible": latest.responsible, "contact": latest.contact} if latest else {}
    form = PrivacyTextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        draft_privacy_text(**form.wish(kind), actor=member(request).pk)
        messages.success(request, _("The draft is kept. Readers still see the version in force."))
        return redirect("people:privacy-draft", kind)
    return render(
        request,
        "people/settings/privacy_text.html",
        {"form": form, "kind": kind, "latest": latest},
        status=422 if form.is_bound else 200,
    )


@require_safe
@staff_only(Verb.CHANGE_SETTINGS)
def privacy_draft(request: HttpRequest, kind: str) -> HttpResponse:
    draft = text_in_hand(_known(kind))
    if draft is None or draft.published_at is not None:
        raise Http404
    page = {"text": draft, "blocks": blocks(draft.body)}
    return render(request, "people/settings/privacy_draft.html", page)


@require_POST
@staff_only(Verb.CHANGE_SETTINGS)
def privacy_publish(request: HttpRequest, kind: str) -> HttpResponse:
    draft = text_in_hand(_known(kind))
    if draft is None or draft.published_at is not None:
        raise Http404
    text = publish_privacy_text(kind=PrivacyTextKind(draft.kind), at=clock.now(), actor=member(request).pk)
    messages.success(request, _("Version %d is in force. Earlier versions stay readable.") % text.version)
    return redirect("people:settings")


def _known(kind: str) -> PrivacyTextKind:
    try:
        return PrivacyTextKind(kind)
    except ValueError as error:
        raise Http404 from error
