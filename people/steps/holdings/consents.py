"""What families agreed to."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from people.choices import ConsentEnd
from people.models import Consent
from people.queries.consents import title_of
from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.steps.consents import end_consents
from people.steps.holdings.words import DUTY, YOU_AND_FAMILY


def _export(owner: Owner) -> list[Section]:
    rows = Consent.objects.filter(
        Q(household__in=owner.households, child=None) | Q(child__in=owner.children) | Q(given_by__in=owner.persons)
    )
    cells = tuple(
        (
            title_of(consent),
            consent.child.name if consent.child else "",
            consent.answer_in_words,
            consent.version,
            consent.get_given_as_display(),
            consent.given_at,
            consent.ended_at,
            consent.get_end_display(),
        )
        for consent in rows.select_related("child").order_by("given_at", "pk")
    )
    heads = (
        _("Purpose"),
        _("Child"),
        _("Answer"),
        _("Version"),
        _("Given as"),
        _("When"),
        _("Ended"),
        _("How it ended"),
    )
    return [Section("consents", _("What you agreed to"), heads, cells)]


def _erase(owner: Owner, at: datetime) -> int:
    """The answers stay as proof, about nobody; what was in force ends."""
    rows = Consent.objects.filter(Q(child__in=owner.children) | Q(household__in=owner.households))
    return end_consents(rows, end=ConsentEnd.ERASED, at=at)


def _ended(before: datetime) -> "QuerySet[Consent]":
    rows: QuerySet[Consent] = Consent.objects.filter(ended_at__lt=before)
    return rows.order_by("ended_at", "pk")


def _purge(before: datetime, most: int, _at: datetime) -> int:
    found = list(_ended(before).values_list("pk", flat=True)[:most])
    Consent.objects.filter(pk__in=found).delete()
    return len(found)


CONSENTS = holdings.add(
    Holding(
        key="people.consents",
        title=_("Consents"),
        what=_("What was asked, in which version, who answered, when, and how it ended."),
        why=_("The library has to prove what was agreed to."),
        basis=DUTY,
        who_sees=YOU_AND_FAMILY,
        models=("people.Consent",),
        rows=Consent.objects.all,
        export=_export,
        erase=_erase,
        stays=_("The answers stay as proof, without a name, until their time is up."),
        retention=Retention(
            days=1095,
            shortest=1095,
            longest=3650,
            since=_("the end of the consent"),
            since_field="given_at",
            due=_ended,
            purge=_purge,
        ),
        place=50,
        shown=40,
    )
)
