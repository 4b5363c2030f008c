"""Pages follow the plan, in the background."""

from django.utils.translation import gettext_lazy as _

from cms.keeping import keep_pages
from cms.models import Shelved
from networks.registers import HandedFact, listens_inside
from programmes.planning import messages as facts
from programmes.planning.models import Activity


@listens_inside(facts.ACTIVITY_TOLD, name="cms.keep_activity_page", title=_("Make or rename the page of an activity"))
def keep_activity_page(fact: HandedFact) -> None:
    """With the pages of what it belongs to: readers now know of those, too."""
    activity = Activity.objects.filter(pk=fact.payload["activity"]).first()
    if activity is not None:
        keep_pages(Shelved.ACTIVITIES, [activity.pk])
        keep_pages(Shelved.PROGRAMMES, [activity.programme_id])


@listens_inside(facts.PROGRAMME_TOLD, name="cms.keep_programme_page", title=_("Rename the page of a programme"))
def keep_programme_page(fact: HandedFact) -> None:
    keep_pages(Shelved.PROGRAMMES, [fact.payload["programme"]])
