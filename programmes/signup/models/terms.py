from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from networks.models.scoping import TenantModel
from programmes.signup.choices import CapOf, CapPeriod, Course, Way


class Terms(TenantModel):
    """报名规则: how families come to the sessions of an activity, from when and until when."""

    activity = models.OneToOneField(
        "planning.Activity", models.CASCADE, related_name="signup_terms", verbose_name=_("activity")
    )
    way = models.CharField(_("how families come"), max_length=10, choices=Way, default=Way.SIGN_UP)
    # None: as soon as a session is public.
    opens_days = models.PositiveSmallIntegerField(_("opens so many days before"), null=True, blank=True)
    opens_at = models.TimeField(_("at"), default=time(9))
    closes_hours = models.PositiveSmallIntegerField(_("closes so many hours before"), default=0)
    cancel_hours = models.PositiveSmallIntegerField(_("families cancel until so many hours before"), default=24)
    # None: as many as there are in the family.
    most_children = models.PositiveSmallIntegerField(_("children of one family, at most"), null=True, blank=True)

    # 限次: of this activity, in the time in which a session lies. None: as often as they like.
    most_sessions = models.PositiveSmallIntegerField(_("sessions, at most"), null=True, blank=True)
    cap_period = models.CharField(_("at most so often, in"), max_length=10, choices=CapPeriod, default=CapPeriod.MONTH)
    cap_of = models.CharField(_("at most so often, for"), max_length=10, choices=CapOf, default=CapOf.FAMILY)
    # 审核: a sign-up holds its places, and the library says yes or no to it.
    approval = models.BooleanField(_("each sign-up is approved by the library"), default=False)

    # 系列课: whether a family signs up for several sessions of one place in one go.
    course = models.CharField(_("as a course"), max_length=10, choices=Course, default=Course.EACH)

    # 家长不陪同: who fetches them is asked, and each is signed out. From so many years on a guardian may let a child go alone.
    hand_over = models.BooleanField(_("children stay without an adult, and are fetched"), default=False)
    alone_from = models.PositiveSmallIntegerField(_("may go home alone from the age of"), null=True, blank=True)

    # 圈子: only for those in a circle that `circle_lines` name; kept here, so that a registration need not look.
    is_closed = models.BooleanField(_("for circles only"), default=False)

    # 候补: whether one can wait for a place, and how many hours of daytime there are to answer an invitation.
    waits = models.BooleanField(_("has a waiting list"), default=True)
    answer_hours = models.PositiveSmallIntegerField(_("hours to answer an invitation"), default=12)

    # Whether there are questions of its own, so that nobody looks for them in vain.
    asks = models.BooleanField(default=False, editable=False)

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = _("terms of sign-up")
        verbose_name_plural = _("terms of sign-up")
        constraints = [
            models.CheckConstraint(condition=Q(way__in=Way.values), name="terms_name_a_known_way"),
            models.CheckConstraint(
                condition=Q(opens_days=None) | Q(closes_hours__lt=(F("opens_days") + 1) * 24),
                name="sign_up_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(most_children=None) | Q(most_children__gte=1), name="a_family_may_bring_a_child"
            ),
            models.CheckConstraint(
                condition=(Q(most_sessions=None) | Q(most_sessions__gte=1))
                & Q(cap_period__in=CapPeriod.values, cap_of__in=CapOf.values),
                name="a_family_may_come_once",
            ),
            models.CheckConstraint(condition=Q(course__in=Course.values), name="terms_name_a_known_kind_of_course"),
            models.CheckConstraint(
                condition=Q(alone_from=None) | Q(hand_over=True), name="only_who_is_fetched_may_go_alone"
            ),
            models.CheckConstraint(condition=Q(answer_hours__gte=1), name="an_invitation_leaves_time"),
        ]

    def __str__(self) -> str:
        return self.get_way_display()
