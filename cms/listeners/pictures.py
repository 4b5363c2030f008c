"""Pictures are cut in the background."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from cms.messages import PICTURE_PUT_IN
from cms.models.picture import Picture
from cms.pictures import PASSED_ON, cut
from kit import kept_pages
from networks.registers import HandedFact, every, listens_outside


@listens_outside(PICTURE_PUT_IN, name="cms.cut_picture", title=_("Cut a picture for its places"), limit_seconds=120)
def cut_picture(fact: HandedFact) -> None:
    """Done twice, nothing is different; a picture that was taken out again needs none."""
    picture = Picture.objects.filter(pk=fact.payload["picture"]).first()
    if picture is not None:
        cut(picture)
        kept_pages.forget()


@every(name="cms.cut_pictures", at=time(3, 40))
def cut_those_that_wait() -> None:
    """Those that were put in before there were these places."""
    for picture in Picture.objects.exclude(renditions__filter_spec=PASSED_ON):
        cut(picture)
