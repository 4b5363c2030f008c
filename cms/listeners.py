"""Pages follow the plan, in the background."""

from django.utils.translation import gettext_lazy as _

from cms.keeping import keep_pages
from cms.models import Shelved
from networks.registers import HandedFact, listens_inside
from programmes.planning import messages as facts


@listens_inside(facts.ACTIVITY_TOLD, name="cms.keep_activity_page", title=_("Make or rename the page of an activity"))
def keep_activity_page(fact: HandedFact) -> None:
    keep_pages(Shelved.ACTIVITIES, [fact.payload["activity"]])
