"""What tests of the readers' search ask and read."""

import re
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client

from kit import clock
from programmes.planning.steps.sessions import publish_sessions

KIND = re.compile(r'<section class="search-kind" id="([\w.]+)"(.*?)</section>', re.DOTALL)
TITLE = re.compile(r'<a href="([^"]*)"><span class="search-title">(.*?)</span>')
NUMBER = re.compile(r'search-number numbers">(\d+)<')
TAG = re.compile(r"<[^>]+>")


def asked(words, host="nanjing.test", path="/search/"):
    answer = Client(HTTP_HOST=host).get(f"{path}?{urlencode({'q': words})}")
    assert answer.status_code == 200
    return answer.content.decode()


def kinds(words, host="nanjing.test"):
    """Titles by kind, in the page's order."""
    return {
        key: [TAG.sub("", title) for _address, title in TITLE.findall(body)]
        for key, body in KIND.findall(asked(words, host))
    }


def addresses(words):
    return {TAG.sub("", title): address for address, title in TITLE.findall(asked(words))}


def counts(words):
    return {key: int(found[1]) for key, body in KIND.findall(asked(words)) if (found := NUMBER.search(body))}


def public(*sessions):
    with transaction.atomic():
        publish_sessions(sessions, by=None, at=clock.now())
    return sessions[0]
