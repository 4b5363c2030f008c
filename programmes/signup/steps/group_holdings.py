"""What this room keeps about school classes and groups: the teacher, and the names that she gave. Gone soon after."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.steps.holdings.words import SERVICE
from programmes.signup.models import Group, Registration, Seat


def _rows() -> "QuerySet[Group]":
    """Those that still say who."""
    rows: QuerySet[Group] = Group.objects.filter(forgotten_at=None)
    return rows


def _export(owner: Owner) -> list[Section]:
    mine = Registration.objects.filter(group__in=_rows().filter(contact__in=owner.persons))
    cells = tuple(
        (
            str(row.group),
            row.session.title or row.session.activity.title,
            row.session.starts_at,
            row.group.contact_name if row.group is not None else "",
        )
        for row in mine.select_related("group", "session__activity").order_by("made_at", "pk")
    )
    heads = (_("class or group"), _("Activity"), _("When"), _("Name"))
    return [Section("groups", _("Classes and groups that you answer for"), heads, cells)]


def _erase(owner: Owner, _at: datetime) -> int:
    """The class keeps its places; the school names another teacher."""
    gone: int = Group.objects.filter(contact__in=owner.persons).update(contact=None, contact_name="")
    Group.objects.filter(agreed_noted_by__in=owner.persons).update(agreed_noted_by=None)
    return gone


def _over_before(before: datetime) -> "QuerySet[Group]":
    """The session is over so long, or the registration was ended so long ago."""
    mine = Registration.objects.filter(group=OuterRef("pk"))
    is_coming = Exists(mine.filter(ended_at=None, session__ends_at__gte=before))
    has_just_ended = Exists(mine.filter(ended_at__gte=before))
    return _rows().exclude(is_coming).exclude(has_just_ended).order_by("agreed_at", "pk")


def _purge(before: datetime, most: int, at: datetime) -> int:
    """How many came stays; no name does."""
    keys = list(_over_before(before).values_list("pk", flat=True)[:most])
    Seat.objects.filter(registration__group__in=keys).update(guest="", guest_month=None)
    gone: int = Group.objects.filter(pk__in=keys).update(contact=None, contact_name="", forgotten_at=at)
    return gone


GROUPS = holdings.add(
    Holding(
        key="signup.groups",
        title=_("Classes and groups"),
        what=_(
            "Which class comes to a session, its teacher, and the children's names and ages as the school gave them."
        ),
        why=_("To greet a class at the door and to reach its teacher. The school says that the guardians agreed."),
        basis=SERVICE,
        who_sees=_("The staff of the session; telephones only those who may call families."),
        models=("signup.Group",),
        rows=_rows,
        export=_export,
        erase=_erase,
        retention=Retention(
            days=30,
            shortest=7,
            longest=90,
            since=_("the end of the session"),
            since_field="registrations__session__ends_at",
            due=_over_before,
            purge=_purge,
        ),
        place=41,
        shown=31,
    )
)
