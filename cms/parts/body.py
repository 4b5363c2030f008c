from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.parts.lists import Sessions, Venues
from cms.parts.people import People
from cms.parts.pictures import Picture, Pictures
from cms.parts.sound import Film, Sound
from cms.parts.ways import Download, Way
from cms.parts.words import Lead, Prose, Questions, Quote, Timeline

# More of them make a page that nobody reads to its end.
MOST = 40
TEXTS, PICTURES, FROM_THE_PLAN, ONWARDS = _("Texts"), _("Pictures and sound"), _("From the plan"), _("Onwards")


class Body(blocks.StreamBlock):
    """All that a page may be made of, in the order in which editors look for it."""

    lead = Lead(group=TEXTS)
    text = Prose(group=TEXTS)
    quote = Quote(group=TEXTS)
    timeline = Timeline(group=TEXTS)
    questions = Questions(group=TEXTS)
    people = People(group=TEXTS)
    picture = Picture(group=PICTURES)
    pictures = Pictures(group=PICTURES)
    sound = Sound(group=PICTURES)
    film = Film(group=PICTURES)
    sessions = Sessions(group=FROM_THE_PLAN)
    venues = Venues(group=FROM_THE_PLAN)
    way = Way(group=ONWARDS)
    download = Download(group=ONWARDS)

    class Meta:
        max_num = MOST
        block_counts: dict[str, Any] = {"lead": {"max_num": 1}, "sessions": {"max_num": 4}, "venues": {"max_num": 4}}
