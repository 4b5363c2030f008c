"""Every address of Wagtail's admin, opened by one library's editor with another library's numbers."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.documents.models import Document
from wagtail.models import Page

from cms.keeping import keep_all_pages
from cms.models import Corner, HomePage
from kit import clock
from networks.models import inside
from programmes.planning.steps.sessions import publish_sessions
from tests.cms.telling import picture_of
from tests.planning import plans

pytestmark = pytest.mark.django_db

SECRET = "深圳"
GAP = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
WORDS = {"app_label": "wagtailcore", "model_name": "page", "action": "delete", "app_name": "cms", "slug": "home"}


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern).lstrip("^").rstrip("$").removesuffix("\\Z")
        if isinstance(one, URLPattern):
            yield path
        else:
            yield from patterns(one, path)


def filled(path: str, number: int) -> str:
    """Gaps for numbers take the other library's; those for words a word that fits."""
    return GAP.sub(
        lambda gap: str(number) if gap["kind"] in {"int", None, "str", "unquoted"} and gap["name"] not in WORDS
        else WORDS.get(gap["name"], "x"),
        path,
    )  # fmt: skip


@pytest.fixture
def numbers(shenzhen):
    """The other library's page, picture and document, and the numbers of its site, its files and its editors."""
    page = HomePage.objects.get(network=shenzhen)
    page.title = f"{SECRET}的首页"
    page.save_revision().publish()
    with inside(shenzhen):
        corner = Corner.objects.get()
    picture = picture_of(shenzhen, title=f"{SECRET}的照片")
    paper = Document.objects.create(title=f"{SECRET}的名单", file="documents/x.txt", collection=corner.collection)
    revision = page.latest_revision_id
    return sorted(
        {
            *of_the_plan(shenzhen),
            page.pk,
            picture.pk,
            paper.pk,
            corner.site_id,
            corner.collection_id,
            corner.editors_id,
            revision,
        }
    )


def of_the_plan(network):
    """The other library's pages that its plan made."""
    with inside(network):
        session = plans.session(clock.now() + timedelta(days=2), activity=plans.activity(f"{SECRET}的活动"))
        with transaction.atomic():
            publish_sessions([session], by=None, at=clock.now())
            keep_all_pages()
    home = HomePage.objects.get(network=network)
    return set(Page.objects.descendant_of(home).exclude(slug="stories").values_list("pk", flat=True))


def shown_to(client, numbers):
    """The addresses that answer with a word of the other library's."""
    client.raise_request_exception = False
    # A pattern of words cannot be spelled out; the tests beside this one open those.
    paths = {path for path in patterns(get_resolver()) if path.startswith("cms/") and not set(path) & set("(|[*+?")}
    assert len(paths) > 100
    return {
        path
        for path in paths
        for number in (numbers if GAP.search(path) else [0])
        for answer in [client.get(f"/{filled(path, number)}")]
        if not answer.streaming and SECRET in answer.content.decode(errors="replace")
    }


@pytest.mark.filterwarnings("ignore:Exception ignored")  # Wagtail leaves the temporary file of a rendition open
def test_no_address_of_the_admin_shows_another_library(nanjing, shenzhen, editor_of, numbers, error_logs):
    assert shown_to(editor_of(nanjing), numbers) == set()
    # The control: the same addresses show all of it to those whose it is.
    assert len(shown_to(editor_of(shenzhen), numbers)) > 30
    broken = sorted({record.msg["route"] for record in error_logs})
    assert broken == []
    error_logs.clear()
