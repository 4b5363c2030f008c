"""Every kind of message with an example, and a library's own words for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.refusals import Refused
from kit.toasts import toast
from networks.queries.hosts import address_of
from notifications import doors
from notifications.choices import Channel
from notifications.commands.words import keep_words, reset_words
from notifications.forms.words import WordsForm
from notifications.queries.gallery import gallery, place_examples, shown_kind, tried_words
from notifications.queries.wording import standard_words, word_book
from notifications.registers import MessageKind
from notifications.rules.words import Words, against_words
from people.choices import Verb
from people.doors import member, network_of, staff_only


@never_cache
@require_safe
@staff_only(Verb.CHANGE_SETTINGS)
def message_kinds(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/words/kinds.html", {"rooms": gallery(network_of(request))})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.CHANGE_SETTINGS)
def message_words(request: HttpRequest, key: str) -> HttpResponse:
    """One button shows how it would look, another keeps it."""
    kind = doors.access_kind(key)
    own, standard = word_book([key]).newest(key), standard_words(kind)
    now = Words(own.title, own.body, own.sms or standard.sms) if own else standard
    form = WordsForm(request.POST or None, kind=kind, standard=standard, initial=vars(now))
    if not form.is_bound:
        return _page(request, kind, form, now)
    if not form.is_valid():
        return _page(request, kind, form, now, status=422)
    words = form.words()
    if "preview" in request.POST:
        form.refuse(against_words(words, standard=standard, fields=kind.fields))
        return _page(request, kind, form, words, status=422 if form.errors else 200)
    try:
        changed = keep_words(network=network_of(request), kind=kind, words=words, by=member(request), at=clock.now())
    except Refused as no:
        form.refuse(no.refusals)
        return _page(request, kind, form, words, status=422)
    toast(request, _("Saved; messages from now on say it so.") if changed else _("Nothing was different."))
    return redirect("notifications:message-words", key)


@require_POST
@staff_only(Verb.CHANGE_SETTINGS)
def message_reset(request: HttpRequest, key: str) -> HttpResponse:
    kind = doors.access_kind(key)
    reset_words(network=network_of(request), kind=kind, by=member(request), at=clock.now())
    toast(request, _("The standard words hold again."))
    return redirect("notifications:message-words", key)


def _page(request: HttpRequest, kind: MessageKind, form: WordsForm, words: Words, *, status: int = 200) -> HttpResponse:
    network = network_of(request)
    site = address_of(network)
    page: dict[str, Any] = {
        "kind": kind,
        "form": form,
        "shown": shown_kind(kind, network, tried_words(kind, words), site=site),
        "has_own": word_book([kind.key]).newest(kind.key) is not None,
        "is_tried": form.is_bound,
        "by_email": Channel.EMAIL in kind.channels,
        "places": list(place_examples(kind, network, site=site)),
    }
    return render(request, "notifications/words/words.html", page, status=status)
