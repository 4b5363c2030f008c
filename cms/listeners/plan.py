"""Pages follow the plan, in the background. With each come the pages of what it belongs to: readers now know of those, too."""

from django.utils.translation import gettext_lazy as _

from cms.keeping import keep_pages
from cms.models import Shelved
from networks.registers import HandedFact, listens_inside
from programmes.planning import messages as facts
from programmes.planning.models import Activity, Brand, Programme


@listens_inside(facts.ACTIVITY_TOLD, name="cms.keep_activity_page", title=_("Make or rename the page of an activity"))
def keep_activity_page(fact: HandedFact) -> None:
    for activity in Activity.objects.select_related("programme").filter(pk=fact.payload["activity"]):
        keep_pages(Shelved.ACTIVITIES, [activity.pk])
        _programme(activity.programme)


@listens_inside(facts.PROGRAMME_TOLD, name="cms.keep_programme_page", title=_("Rename the page of a programme"))
def keep_programme_page(fact: HandedFact) -> None:
    for programme in Programme.objects.filter(pk=fact.payload["programme"]):
        _programme(programme)


@listens_inside(facts.BRAND_TOLD, name="cms.keep_brand_page", title=_("Rename the page of a brand"))
def keep_brand_page(fact: HandedFact) -> None:
    _brand(fact.payload["brand"])


@listens_inside(facts.SEASON_TOLD, name="cms.keep_season_page", title=_("Rename the page of a season"))
def keep_season_page(fact: HandedFact) -> None:
    keep_pages(Shelved.SEASONS, [fact.payload["season"]])


def _programme(programme: Programme) -> None:
    keep_pages(Shelved.PROGRAMMES, [programme.pk])
    keep_pages(Shelved.SEASONS, [programme.season_id])
    if programme.brand_id is not None:
        _brand(programme.brand_id)


def _brand(key: int) -> None:
    """With those above it."""
    parents = dict(Brand.objects.values_list("pk", "parent_id"))
    keys: list[int] = []
    above: int | None = key
    while above is not None:
        keys.append(above)
        above = parents.get(above)
    keep_pages(Shelved.BRANDS, keys)
