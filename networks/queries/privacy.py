from dataclasses import dataclass

from django.db.models import Max

from networks.choices import PrivacyTextKind
from networks.models import PrivacyText


@dataclass(frozen=True)
class DeskLine:
    """One kind of text as staff see it: what is in force, and what is being written."""

    kind: PrivacyTextKind
    in_force: PrivacyText | None
    draft: PrivacyText | None


def published_text(kind: str, *, version: int | None = None) -> PrivacyText | None:
    """The version asked for, else the newest; drafts are nobody's business."""
    texts = PrivacyText.objects.filter(kind=kind, published_at__isnull=False)
    if version is not None:
        texts = texts.filter(version=version)
    return texts.order_by("-version").first()


def published_kinds() -> list[PrivacyTextKind]:
    kinds = set(PrivacyText.objects.filter(published_at__isnull=False).values_list("kind", flat=True))
    return [kind for kind in PrivacyTextKind if kind in kinds]


def versions_in_force() -> dict[str, int]:
    """The newest published version of each kind, in one statement."""
    texts = PrivacyText.objects.filter(published_at__isnull=False)
    return dict(texts.values_list("kind").annotate(newest=Max("version")).values_list("kind", "newest"))


def is_open_to_readers() -> bool:
    """Nobody's number is collected before there is a privacy policy to read."""
    return PrivacyText.objects.filter(kind=PrivacyTextKind.PRIVACY, published_at__isnull=False).exists()


def versions(kind: str) -> list[PrivacyText]:
    """All published versions of a text, newest first, without their bodies."""
    texts = PrivacyText.objects.filter(kind=kind, published_at__isnull=False)
    return list(texts.defer("body").order_by("-version"))


def text_in_hand(kind: str) -> PrivacyText | None:
    """The draft, else the newest version, for staff to go on from."""
    return PrivacyText.objects.filter(kind=kind).order_by("-version").first()


def privacy_desk() -> list[DeskLine]:
    texts = list(PrivacyText.objects.defer("body").order_by("-version"))
    return [
        DeskLine(
            kind,
            in_force=next((text for text in texts if text.kind == kind and text.published_at), None),
            draft=next((text for text in texts if text.kind == kind and not text.published_at), None),
        )
        for kind in PrivacyTextKind
    ]
