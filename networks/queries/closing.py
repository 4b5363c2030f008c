"""What keeps an area open: asked by the page before somebody closes it, and by the command."""

from kit.refusals import Refusal
from networks.choices import AreaKind
from networks.models import Area
from networks.registers import area_guards
from networks.rules.areas import against_closing


def why_it_stays_open(area: Area) -> list[Refusal]:
    below = Area.objects.filter(path__startswith=area.path, closed_at=None).exclude(pk=area.pk)
    open_below = below.exclude(kind=AreaKind.VENUE).count()
    return [*against_closing(area, open_below=open_below), *area_guards.against_closing(area)]
