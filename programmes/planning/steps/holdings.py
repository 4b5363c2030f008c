"""What this room keeps about people: who leads sessions."""

from django.utils.translation import gettext_lazy as _

from people.registers.holdings import Holding, Owner, Section, holdings
from people.steps.holdings.words import SERVICE
from programmes.planning.models import Engagement, Host


def _export(owner: Owner) -> list[Section]:
    hosts = Host.objects.filter(person__in=owner.persons).order_by("pk")
    led = Engagement.objects.filter(host__person__in=owner.persons).select_related("session__activity")
    return [
        Section(
            "hosts",
            _("You as a host"),
            (_("Name"), _("Works at"), _("Introduction for readers")),
            tuple((row.name, row.unit, row.introduction) for row in hosts),
        ),
        Section(
            "sessions_led",
            _("Sessions you lead or led"),
            (_("Activity"), _("When")),
            tuple((row.session.activity.title, row.session.starts_at) for row in led.order_by("session__starts_at")),
        ),
    ]


HOSTS = holdings.add(
    Holding(
        key="planning.hosts",
        title=_("Who leads sessions"),
        what=_("Name, introduction, telephone, skills and times of those who lead sessions, and which they led."),
        why=_("To plan who leads what, and to name them to readers."),
        basis=SERVICE,
        who_sees=_("Planners; readers see name and introduction of those who agreed."),
        models=("planning.Host", "planning.HostHours", "planning.HostAbsence", "planning.Engagement"),
        rows=Host.objects.all,
        export=_export,
        stays=_("Who led a session stays part of what the library did; staff take a host's name away when asked."),
        kept=_("As long as somebody leads sessions."),
        place=36,
    )
)
