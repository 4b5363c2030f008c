"""The desk as a page of its own on a phone, which opens without a network: one page for all doors, with nobody's name on it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.doors import network_of
from programmes.door.choices import Outcome
from programmes.door.queries.attendance import Heads
from programmes.door.rules.faces import Face, face_of
from programmes.door.views.camera import code_reader
from programmes.door.views.wording import fixed_words

# By the names by which modules ask for each other, which carry no digest.
SCRIPTS = tuple(
    f"{settings.STATIC_URL}door/{name}.js"
    for name in (
        "alone",
        "camera",
        "card",
        "contact",
        "deciding",
        "desk",
        "headcount",
        "ids",
        "keeping",
        "left",
        "lens",
        "line",
        "lines",
        "reader",
        "roster",
        "senses",
        "taps",
    )
)


@dataclass(frozen=True)
class AnswerAlone:
    """How a card of a device without a network looks, before it knows of whom it speaks."""

    outcome: Outcome

    @property
    def face(self) -> Face:
        return face_of(self.outcome)

    @property
    def says(self) -> str:
        return fixed_words(self.outcome)

    @property
    def may_trust(self) -> bool:
        """Whoever signed up after the roster was made stands on none."""
        return self.outcome == Outcome.UNKNOWN


def answers() -> list[AnswerAlone]:
    return [AnswerAlone(outcome) for outcome in Outcome]


@never_cache
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Open to everybody, since it says nothing."""
    page: dict[str, Any] = {
        "answers": answers(),
        "scripts": SCRIPTS,
        "count": {"heads": Heads()},
        "line": {"here": 0, "expected": 0, "counted": 0},
    }
    page["reader"] = code_reader()
    return render(request, "door/alone.html", page)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    network = network_of(request)
    told = {
        "name": f"{pgettext('of a session', 'Desk')} · {network.name}",
        "short_name": pgettext("of a session", "Desk"),
        "description": _("Let families in by ticket, name or list, also without a network."),
        "start_url": "/desk/",
        "scope": "/desk/",
        "display": "standalone",
        "lang": network.language,
        "background_color": "#faf8f3",
        "theme_color": "#faf8f3",
        "icons": [
            {"src": static("kit/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
            *(
                {"src": static(f"kit/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
                for size in (192, 512)
                for use in ("any", "maskable")
            ),
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json", headers={"Cache-Control": "max-age=3600"})
