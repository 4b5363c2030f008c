"""What this room keeps about people: who is signed up for what."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.steps.holdings.words import SERVICE
from programmes.signup.choices import Source
from programmes.signup.models import Answer, CircleMember, Registration, Seat
from programmes.signup.queries.circles import left_before
from programmes.signup.steps.leaving import end_childrens_seats, end_registrations


def _rows() -> "QuerySet[Registration]":
    """Those that still say whose they are."""
    rows: QuerySet[Registration] = Registration.objects.filter(household__isnull=False)
    return rows


_HEADS = (_("Activity"), _("When"), _("Places"), _("Signed up"), _("Cancelled"), _("Why"), _("Note"))


def _export(owner: Owner) -> list[Section]:
    # What a member of staff wrote down for others is not hers.
    mine = _rows().filter(Q(household__in=owner.households) | Q(by__in=owner.persons, source=Source.FAMILY))
    return [
        Section("registrations", _("Your registrations"), _HEADS, _signed_up(mine)),
        Section("seats", _("What your children are signed up for"), (_("Name"), *_HEADS[:2], _HEADS[4]), _sat(owner)),
        Section(
            "answers",
            _("What you answered"),
            (_HEADS[0], pgettext_lazy("at sign-up", "Question"), _("Child"), pgettext_lazy("at sign-up", "Answer")),
            _said(mine),
        ),
    ]


def _signed_up(mine: "QuerySet[Registration]") -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (
            row.session.title or row.session.activity.title,
            row.session.starts_at,
            row.counted,
            row.made_at,
            row.ended_at,
            row.end_reason,
            row.note,
        )
        for row in mine.select_related("session__activity").order_by("made_at", "pk")
    )


def _sat(owner: Owner) -> tuple[tuple[Any, ...], ...]:
    taken = Seat.objects.filter(child__in=owner.children).select_related("child", "session__activity")
    return tuple(
        (seat.child.name, seat.session.title or seat.session.activity.title, seat.session.starts_at, seat.ended_at)
        for seat in taken.order_by("session__starts_at", "pk")
        if seat.child is not None
    )


def _said(mine: "QuerySet[Registration]") -> tuple[tuple[Any, ...], ...]:
    given = Answer.objects.filter(registration__in=mine).select_related(
        "question", "seat__child", "registration__session__activity"
    )
    return tuple(
        (
            row.registration.session.title or row.registration.session.activity.title,
            row.question.label,
            row.seat.child.name if row.seat is not None and row.seat.child is not None else "",
            row.value,
        )
        for row in given.order_by("registration_id", "question__place", "pk")
    )


def _erase(owner: Owner, at: datetime) -> int:
    """What is to come ends, and its places are free; what is over stays as a number."""
    live = Registration.objects.filter(household__in=owner.households, ended_at=None, session__starts_at__gt=at)
    ending = list(live.order_by("session_id", "pk"))
    end_registrations(ending, at=at)
    seats = Seat.objects.filter(child__in=owner.children, ended_at=None, session__starts_at__gt=at)
    end_childrens_seats(list(seats.order_by("session_id", "pk")), at=at)
    Answer.objects.filter(Q(registration__household__in=owner.households) | Q(seat__child__in=owner.children)).delete()
    mine = Registration.objects.filter(household__in=owner.households)
    emptied: int = mine.exclude(by=None, end_reason="", note="").update(by=None, end_reason="", note="")
    Registration.objects.filter(by__in=owner.persons).update(by=None)
    return max(emptied, len(ending))


def over_before(before: datetime) -> "QuerySet[Registration]":
    return _rows().filter(session__ends_at__lt=before).order_by("session__ends_at", "pk")


def _purge(before: datetime, most: int, at: datetime) -> int:
    """How many came, children and grown-ups, is still counted; whose they were nobody knows."""
    keys = list(over_before(before).values_list("pk", flat=True)[:most])
    Answer.objects.filter(registration__in=keys).delete()
    Seat.objects.filter(registration__in=keys).update(child=None)
    gone: int = Registration.objects.filter(pk__in=keys).update(
        household=None, by=None, end_reason="", note="", forgotten_at=at
    )
    return gone


REGISTRATIONS = holdings.add(
    Holding(
        key="signup.registrations",
        title=_("Registrations"),
        what=_(
            "Which session your family is signed up for, which children come and how many grown-ups, and what you answered to its questions."
        ),
        why=_("To keep your places, to greet you at the door and to tell you when something changes."),
        basis=SERVICE,
        who_sees=_("The adults of your family, and the staff of the session; each look at children is noted."),
        models=("signup.Registration", "signup.Seat", "signup.Answer"),
        rows=_rows,
        export=_export,
        erase=_erase,
        retention=Retention(
            days=365,
            shortest=30,
            longest=1095,
            since=_("the end of the session"),
            since_field="session__ends_at",
            due=over_before,
            purge=_purge,
        ),
        place=40,
        shown=30,
    )
)


# --- Circles -------------------------------------------------------------------------------


def _members() -> "QuerySet[CircleMember]":
    rows: QuerySet[CircleMember] = CircleMember.objects.all()
    return rows


def _circles_of(owner: Owner) -> Iterable[Section]:
    mine = CircleMember.objects.filter(Q(household__in=owner.households) | Q(child__in=owner.children))
    cells = tuple(
        (row.circle.name, row.child.name if row.child else "", row.joined_at, row.left_at)
        for row in mine.select_related("circle", "child").order_by("joined_at", "pk")
    )
    heads = (_("Circle"), _("Child"), _("Since"), _("Left"))
    yield Section("circles", _("Circles that your family is in"), heads, cells)


def _leave_circles(owner: Owner, _at: datetime) -> int:
    mine = CircleMember.objects.filter(Q(household__in=owner.households) | Q(child__in=owner.children))
    gone, _each = mine.delete()
    return gone


def _forget_members(before: datetime, most: int, _at: datetime) -> int:
    keys = list(left_before(before).values_list("pk", flat=True)[:most])
    gone, _each = CircleMember.objects.filter(pk__in=keys).delete()
    return gone


holdings.add(
    Holding(
        key="signup.circles",
        title=_("Circles"),
        what=_("Which school class, reading club or group of invited families a child or a family belongs to."),
        why=_("To let those sign up for whom an activity is."),
        basis=SERVICE,
        who_sees=_(
            "The adults of your family, and the staff who look after the circle; each look at children is noted."
        ),
        models=("signup.CircleMember",),
        rows=_members,
        export=_circles_of,
        erase=_leave_circles,
        retention=Retention(
            days=90,
            shortest=1,
            longest=365,
            since=_("leaving the circle, or its closing"),
            since_field="left_at",
            due=left_before,
            purge=_forget_members,
        ),
        place=41,
        shown=31,
    )
)
