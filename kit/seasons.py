"""The season of a date, as readers feel it: whole months, spring from March."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Season(TextChoices):
    SPRING = "spring", pgettext_lazy("season", "Spring")
    SUMMER = "summer", pgettext_lazy("season", "Summer")
    AUTUMN = "autumn", pgettext_lazy("season", "Autumn")
    WINTER = "winter", pgettext_lazy("season", "Winter")


_IN_ORDER = (Season.WINTER, Season.SPRING, Season.SUMMER, Season.AUTUMN)


def season_of(day: date) -> Season:
    return _IN_ORDER[day.month % 12 // 3]
