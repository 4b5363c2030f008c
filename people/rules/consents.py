"""Who may answer what, and until when an answer holds."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kit.refusals import Refusal, Text
from people.choices import ConsentAnswer, MemberRole

# What a carer declares for the guardians holds so long (ADR 0014); the family is reminded this long before.
DECLARED_LIFE = timedelta(days=30)
REMINDED_BEFORE = timedelta(days=7)


def against_answering(
    *, answer: ConsentAnswer, as_role: MemberRole, is_needed: bool, standing: MemberRole | None
) -> Iterator[Refusal]:
    """`standing`: as what the answer was given that is in force now."""
    if as_role == MemberRole.GUARDIAN:
        return
    if as_role == MemberRole.YOUNG or not is_needed or answer != ConsentAnswer.GIVEN:
        yield Refusal(
            "guardians_answer", _("Only a guardian can answer this."), _("Please ask a guardian of the family.")
        )
    elif standing == MemberRole.GUARDIAN:
        yield Refusal(
            "a_guardian_answered",
            _("A guardian has answered this already."),
            _("Only a guardian can change the answer."),
        )


def against_child(*, is_of_household: bool, is_live: bool) -> Iterator[Refusal]:
    if not (is_of_household and is_live):
        yield Refusal(
            "no_such_child", _("This child is no longer in the family."), _("Please open the family's page again.")
        )


def against_storing(*, is_agreed: bool) -> Iterator[Refusal]:
    """More about a child whom nobody agrees to keep."""
    if not is_agreed:
        yield Refusal(
            "not_agreed_to_keep",
            _("No guardian agrees at present that the library keeps this child's data."),
            _("Please agree again first; then you can go on here."),
        )


def against_version(*, purpose: Text, shown: int | None, in_force: int | None) -> Iterator[Refusal]:
    """The words that were read are those that are agreed to."""
    if in_force is None:
        yield Refusal(
            "no_text_in_force",
            _("The library has not published its children's privacy rules yet."),
            _("Children can be added once it has; please call the library."),
        )
    elif shown is not None and shown != in_force:
        yield Refusal(
            "words_changed",
            _("The text “%(purpose)s” has just been changed.") % {"purpose": purpose},
            _("Please read it once more and answer again."),
        )


def holds_until(as_role: MemberRole, *, at: datetime) -> datetime | None:
    return at + DECLARED_LIFE if as_role == MemberRole.CARER else None
