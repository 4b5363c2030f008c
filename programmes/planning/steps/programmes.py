"""Programmes and activities, held while something of theirs is changed."""

from kit.command import step
from programmes.planning.models import Activity, Programme


@step
def lock_programme(programme: Programme) -> Programme:
    """With its season and area; whatever belongs to it is changed by one person at a time."""
    rows = Programme.objects.select_for_update(of=("self",)).select_related("season", "area", "brand")
    row: Programme = rows.get(pk=programme.pk)
    return row


@step
def lock_activity(activity: Activity) -> Activity:
    rows = Activity.objects.select_for_update(of=("self",)).select_related("programme__season", "programme__area")
    row: Activity = rows.get(pk=activity.pk)
    return row
