"""Privacy texts: drafted, published once, and then left as they are."""

from datetime import datetime

from django.db.models import Max
from django.template.loader import render_to_string

from kit.command import step
from networks.choices import PrivacyTextKind
from networks.models import Network, PrivacyText


@step
def ensure_privacy_drafts(network: Network, *, responsible: str, contact: str) -> None:
    """A first draft of each text that the network has none of, for the library's lawyer to read."""
    there = set(PrivacyText.objects.values_list("kind", flat=True))
    for kind in PrivacyTextKind:
        if kind not in there:
            draft_privacy_text(
                kind=kind,
                body=starting_text(network, kind, responsible=responsible, contact=contact),
                responsible=responsible,
                contact=contact,
            )


@step
def draft_privacy_text(*, kind: PrivacyTextKind, body: str, responsible: str, contact: str) -> PrivacyText:
    """The draft of the next version: the one that is there is rewritten, since only one is in hand at a time."""
    draft, _made = PrivacyText.objects.update_or_create(
        kind=kind,
        published_at=None,
        defaults={"body": body, "responsible": responsible, "contact": contact},
        create_defaults={
            "body": body,
            "responsible": responsible,
            "contact": contact,
            "version": _next_version(kind),
        },
    )
    return draft


@step
def publish(text: PrivacyText, *, at: datetime) -> None:
    text.published_at = at
    text.save(update_fields=["published_at"])


def starting_text(network: Network, kind: PrivacyTextKind, *, responsible: str, contact: str) -> str:
    values = {"library": network.library_name, "responsible": responsible, "contact": contact}
    return render_to_string(f"networks/texts/{kind}.txt", values)


def _next_version(kind: PrivacyTextKind) -> int:
    newest = PrivacyText.objects.filter(kind=kind).aggregate(newest=Max("version"))["newest"]
    return (newest or 0) + 1
