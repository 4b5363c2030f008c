"""What a family has answered, and what is still to be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable

from kit import clock
from kit.refusals import Text
from networks.models import PrivacyText
from networks.queries.privacy import versions_in_force
from people.choices import ConsentAnswer, MemberRole
from people.models import Child, Consent, Household
from people.registers import ConsentPurpose, consent_purposes


@dataclass(frozen=True)
class Question:
    """A purpose with the version of its words in force; None while the library has published none."""

    purpose: ConsentPurpose
    version: int | None


@dataclass(frozen=True)
class Standing:
    """One purpose for one child (None: for the family): the answer in force, and all that went before, newest first."""

    purpose: ConsentPurpose
    child: Child | None
    version: int | None
    live: Consent | None
    history: tuple[Consent, ...]

    @property
    def is_given(self) -> bool:
        return self.live is not None and self.live.answer == ConsentAnswer.GIVEN

    @property
    def is_declared(self) -> bool:
        """A carer said that a guardian agrees."""
        return self.is_given and self.live is not None and self.live.given_as == MemberRole.CARER

    @property
    def is_outdated(self) -> bool:
        """The words have changed since: asked again when next needed."""
        return self.live is not None and self.live.version != self.version


def questions(purposes: Iterable[ConsentPurpose]) -> list[Question]:
    """One statement, and none if no purpose goes by a privacy text."""
    asked = list(purposes)
    texts = versions_in_force() if any(purpose.privacy_text for purpose in asked) else {}
    return [Question(purpose, _version(purpose, texts)) for purpose in asked]


def missing(
    household: Household | None,
    child: Child | None,
    purposes: Iterable[ConsentPurpose],
    *,
    at: datetime | None = None,
) -> list[Question]:
    """What has no answer in force to the words in force. Two statements; without a household nothing is answered yet."""
    asked = questions(purposes)
    if household is None:
        return asked
    live = _live(household, at=at or clock.now()).filter(Q(child=child) | Q(child=None), subject_kind="")
    answered = {(consent.purpose, consent.child_id): consent.version for consent in live}
    return [
        question
        for question in asked
        if answered.get((question.purpose.key, _child_id(question.purpose, child)), 0) != question.version
    ]


def is_given(
    household: Household, purpose: ConsentPurpose, child: Child | None = None, *, at: datetime | None = None
) -> bool:
    """Agreed to, and still in force. One statement."""
    rows = _live(household, at=at or clock.now()).filter(
        purpose=purpose.key, child=_child_id(purpose, child), subject_kind="", answer=ConsentAnswer.GIVEN
    )
    return rows.exists()


def answers_of(household: Household) -> list[Standing]:
    """Every purpose for the family, then for each child in turn. Three statements, however many children there are."""
    texts = versions_in_force()
    children = list(
        Child.objects.filter(household=household, erased_at=None, merged_into=None).order_by("birth_month", "pk")
    )
    kept: dict[tuple[str, int | None], list[Consent]] = {}
    rows = Consent.objects.filter(household=household, subject_kind="").select_related("given_by", "ended_by")
    for consent in rows.order_by("-given_at", "-pk"):
        kept.setdefault((consent.purpose, consent.child_id), []).append(consent)
    return [
        _standing(purpose, child, texts, kept)
        for child in (None, *children)
        for purpose in consent_purposes.all()
        if purpose.is_per_child == (child is not None)
    ]


def live_answer(
    household: Household, purpose: ConsentPurpose, child: Child | None, *, subject_kind: str, subject_id: int | None
) -> Consent | None:
    """The one that has not ended, though it may have run out."""
    rows: QuerySet[Consent] = Consent.objects.filter(
        household=household,
        purpose=purpose.key,
        child=_child_id(purpose, child),
        subject_kind=subject_kind,
        subject_id=subject_id,
        ended_at=None,
    )
    return rows.first()


def title_of(consent: Consent) -> Text:
    """The purpose in words; its key once the room that asked is gone."""
    return consent_purposes[consent.purpose].title if consent.purpose in consent_purposes else consent.purpose


def _live(household: Household, *, at: datetime) -> "QuerySet[Consent]":
    rows: QuerySet[Consent] = Consent.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=at), household=household, ended_at=None
    )
    return rows


def _standing(
    purpose: ConsentPurpose,
    child: Child | None,
    texts: dict[str, int],
    kept: dict[tuple[str, int | None], list[Consent]],
) -> Standing:
    history = tuple(kept.get((purpose.key, child.pk if child else None), ()))
    live = next((consent for consent in history if consent.ended_at is None), None)
    return Standing(purpose, child, _version(purpose, texts), live, history)


def asked_version(purpose: ConsentPurpose) -> Combinable:
    """The version of the words in force, inside a statement about answers to them."""
    if not purpose.privacy_text:
        return Value(purpose.version)
    texts = PrivacyText.objects.filter(kind=purpose.privacy_text, published_at__isnull=False)
    return Subquery(texts.order_by("-version").values("version")[:1])


def _version(purpose: ConsentPurpose, texts: dict[str, int]) -> int | None:
    return texts.get(purpose.privacy_text) if purpose.privacy_text else purpose.version


def _child_id(purpose: ConsentPurpose, child: Child | None) -> int | None:
    return child.pk if child is not None and purpose.is_per_child else None
