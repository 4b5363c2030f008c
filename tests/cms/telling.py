"""What tests of the site tell: stories, and pictures in them."""

from datetime import date

from django.test import Client
from wagtail.images.tests.utils import get_test_image_file

from cms.models import Corner, Picture, Shown, StoriesPage, StoryPage
from networks.models import inside


def told(path, host="nanjing.test"):
    return Client(HTTP_HOST=host).get(path)


def text(answer):
    return answer.content.decode()


def story(network, title="种下一粒字", *, slug="a-seed", body=(), **fields):
    with inside(network):
        page = StoryPage(
            title=title, slug=slug, summary="周六上午的故事会", told_on=date(2027, 4, 3), body=list(body), **fields
        )
        StoriesPage.objects.get(network=network).add_child(instance=page)
    return page


def picture_of(network, **fields):
    values = {"title": "照片", "description": "孩子们在种字", "shows": Shown.AGREED} | fields
    with inside(network):
        return Picture.objects.create(file=get_test_image_file(), collection=Corner.objects.get().collection, **values)


def form_of_story(**changes):
    return {
        "title": "春天", "slug": "chun-tian", "summary": "一行", "told_on": "2027-04-03", "by": "", "picture": "", "seo_title": "",
        "search_description": "", "body-count": "0", "action-publish": "yes",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MAX_NUM_FORMS": "",
    } | changes  # fmt: skip


def parts_of(*parts):
    """As the editor sends them."""
    sent = {"body-count": str(len(parts))}
    for number, (kind, values) in enumerate(parts):
        at = f"body-{number}"
        sent |= {f"{at}-deleted": "", f"{at}-order": str(number), f"{at}-type": kind, f"{at}-id": ""}
        sent |= {f"{at}-value-{name}": value for name, value in values.items()}
    return sent
