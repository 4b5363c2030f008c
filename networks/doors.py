"""What a request may see of networks: scope first, and what is not there is 404."""

from django.http import Http404

from networks.models import CheckFile, Network, PrivacyText
from networks.queries.privacy import published_text


def access_privacy_text(kind: str, *, version: int | None = None) -> PrivacyText:
    text = published_text(kind, version=version)
    if text is None:
        raise Http404
    return text


def access_check_file(network: Network, name: str) -> CheckFile:
    file = CheckFile.objects.filter(network=network, name=name).first()
    if file is None:
        raise Http404
    return file
