"""A library's stories for programmes that read news."""

from datetime import datetime, time

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.models import StoriesPage, StoryPage
from cms.pictures import PASSED_ON
from kit import kept_pages
from networks.models.scoping import current_network

NEWEST = 30


@require_safe
def stories_feed(request: HttpRequest) -> HttpResponse:
    network = current_network()
    page = StoriesPage.objects.filter(network=network, live=True).first()
    if page is None:
        raise Http404
    here = request.build_absolute_uri(f"{reverse('wagtail_serve', args=[''])}{page.slug}/")
    feed = Rss201rev2Feed(
        title=f"{network.library_name} · {page.title}",
        link=here,
        description=page.summary or network.library_name,
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for story in page.told()[:NEWEST]:
        address = f"{here}{story.slug}/"
        feed.add_item(
            title=story.title,
            link=address,
            description=story.summary,
            unique_id=address,
            unique_id_is_permalink=True,
            author_name=story.by or None,
            pubdate=datetime.combine(story.told_on, time(), tzinfo=network.zone),
            enclosures=_picture(request, story),
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    kept_pages.keep(response)
    return response


def _picture(request: HttpRequest, story: StoryPage) -> list[Enclosure]:
    rows = story.picture.renditions.all() if story.picture else ()
    row = next((row for row in rows if row.filter_spec == PASSED_ON), None)
    if row is None:
        return []
    return [Enclosure(request.build_absolute_uri(row.url), str(row.file.size), "image/jpeg")]
