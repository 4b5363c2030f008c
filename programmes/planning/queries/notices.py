"""Safety notices for staff."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programmes.planning.models import SafetyNotice, Session


def all_notices() -> "QuerySet[SafetyNotice]":
    """With `session_count`, called off or not: what families accepted stays."""
    naming = Session.objects.filter(safety_notice=OuterRef("pk")).order_by().values("safety_notice")
    counted = Subquery(naming.annotate(found=Count("pk")).values("found"), output_field=IntegerField())
    rows: QuerySet[SafetyNotice] = SafetyNotice.objects.annotate(session_count=Coalesce(counted, 0))
    return rows


def versions_of(notice: SafetyNotice) -> list[SafetyNotice]:
    """The newest first."""
    return list(SafetyNotice.objects.filter(title=notice.title).order_by("-version"))
