"""What this room keeps about people: only who entered something."""

from django.utils.translation import gettext_lazy as _

from people.registers.holdings import Holding, Owner, Section, holdings
from people.steps.holdings.words import SERVICE
from venues.models import Closure


def _export(owner: Owner) -> list[Section]:
    rows = Closure.objects.filter(made_by__in=owner.persons).order_by("made_at", "pk")
    cells = tuple((row.reason, row.made_at) for row in rows)
    return [Section("closures", _("Closures you entered"), (_("What readers are told"), _("When")), cells)]


CLOSURES = holdings.add(
    Holding(
        key="venues.closures",
        title=_("Who entered a closure"),
        what=_("Which member of staff entered that a venue is closed."),
        why=_("To ask back."),
        basis=SERVICE,
        who_sees=_("Library staff who look after the venue."),
        models=("venues.Closure",),
        rows=lambda: Closure.objects.filter(made_by__isnull=False),
        export=_export,
        stays=_("Closures stay, as part of what the venue did, without a name."),
        kept=_("As long as the venue's calendar."),
        place=35,
    )
)
