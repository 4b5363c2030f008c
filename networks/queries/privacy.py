from networks.choices import PrivacyTextKind
from networks.models import PrivacyText


def published_text(kind: str, *, version: int | None = None) -> PrivacyText | None:
    """The version asked for, else the newest; drafts are nobody's business."""
    texts = PrivacyText.objects.filter(kind=kind, published_at__isnull=False)
    if version is not None:
        texts = texts.filter(version=version)
    return texts.order_by("-version").first()


def published_kinds() -> list[PrivacyTextKind]:
    kinds = set(PrivacyText.objects.filter(published_at__isnull=False).values_list("kind", flat=True))
    return [kind for kind in PrivacyTextKind if kind in kinds]


def versions(kind: str) -> list[PrivacyText]:
    """All published versions of a text, newest first, without their bodies."""
    texts = PrivacyText.objects.filter(kind=kind, published_at__isnull=False)
    return list(texts.defer("body").order_by("-version"))
