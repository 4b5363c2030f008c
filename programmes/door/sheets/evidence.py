"""佐证材料, as files: the paper, the photos and a table of numbers."""

import io
import zipfile
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from kit import sheets
from kit.pictures import RECORD_SIDE, on_paper
from programmes.door.models import DiaryPhoto
from programmes.door.queries.evidence import Evidence
from programmes.planning.rules.places import place_words

NUMBERS = (
    sheets.Column("starts", _("Starts"), take=lambda one: one.session.starts_at),
    sheets.Column("title", _("Activity"), take=lambda one: one.title, width=28),
    sheets.Column("place", _("Where"), take=lambda one: place_words(one.session), width=28),
    sheets.Column("hosts", _("Who leads it"), take=lambda one: one.hosts),
    sheets.Column("children", _("Children"), take=lambda one: one.children),
    sheets.Column("adults", _("Grown-ups"), take=lambda one: one.adults),
    sheets.Column("all", pgettext_lazy("of people", "in all"), take=lambda one: one.person_times),
    sheets.Column("checked", _("Checked in"), take=lambda one: one.attendance.checked_in.all),
    sheets.Column("counted", _("Counted beside them"), take=lambda one: one.attendance.counted.all),
    sheets.Column("out", _("Signed out by hand"), take=lambda one: one.stays.signed_out if one.stays.is_used else None),
    sheets.Column("stay", _("Average stay (minutes)"), take=lambda one: one.stays.average_minutes),
    sheets.Column("median", _("Median stay (minutes)"), take=lambda one: one.stays.median_minutes),
    sheets.Column(
        "clock", _("Signed out by the clock"), take=lambda one: one.stays.automatic if one.stays.is_used else None
    ),
    sheets.Column(
        "expected", _("Families expected"), take=lambda one: one.settlement.expected if one.settlement else None
    ),
    sheets.Column("absent", _("Families absent"), take=lambda one: one.settlement.absent if one.settlement else None),
    sheets.Column("photos", _("Photos"), take=lambda one: len(one.photos)),
    sheets.Column(
        "handed_in", pgettext_lazy("a diary", "Handed in"), take=lambda one: one.told.handed_in_at if one.told else None
    ),
)


def evidence_zip(rows: Sequence[Evidence], *, pdf: tuple[str, bytes] | None, zone: ZoneInfo) -> bytes:
    """`pdf`: its name and content, where it was drawn. Photos carry day, session and number in their names,
    and those that are internal say so, as on the paper: files travel on by themselves.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        if pdf is not None:
            into.writestr(*pdf)
        into.writestr("numbers.csv", sheets.csv_bytes(rows, columns=NUMBERS, zone=zone))
        for one in rows:
            day = timezone.localtime(one.session.starts_at).date()
            for number, photo in enumerate(one.photos, start=1):
                name = f"photos/{day:%Y%m%d}-{one.session.code}-{number}{_mark(photo)}.jpg"
                added = timezone.localtime(photo.added_at).timetuple()[:6]
                into.writestr(zipfile.ZipInfo(name, added), on_paper(photo.image, RECORD_SIDE))
    return out.getvalue()


def _mark(photo: DiaryPhoto) -> str:
    return "" if photo.cleared_at is not None else f"-{pgettext('a photo', 'internal')}"
