"""One child's record goes into another's; what hangs on it moves along."""

from datetime import datetime

from django.db.models import Q

from kit.command import step
from networks.steps.journal import note
from people.choices import ConsentEnd, PairState
from people.models import Child, ChildPair, Consent, JoinLink, Person, ReaderNumber
from people.registers import merges
from people.rules.pairs import filled_in
from people.steps.consents import end_consents
from people.steps.pairs import put_pairs


@step
def merge_child(*, kept: Child, gone: Child, by: Person, reason: str, at: datetime) -> None:
    """Both rows locked by the caller. The one that goes stays as an empty row that points to the other."""
    filled = filled_in(kept, gone)
    for name in filled:
        setattr(kept, name, getattr(gone, name))
    login = gone.person
    _move_reader_number(kept=kept, gone=gone)
    JoinLink.objects.filter(child=gone, used_at=None, revoked_at=None).update(revoked_at=at)
    end_consents(Consent.objects.filter(child=gone), end=ConsentEnd.ERASED, at=at, by=by)
    merges.run(kept=kept, gone=gone)
    _empty(gone, into=kept, at=at)
    if login is not None:
        kept.person = login
        filled.append("person")
    if filled:
        kept.save(update_fields=filled)
    note("people.child_merged", subject=kept, actor=by, changed=filled, reason=reason)
    note("people.child_merged_away", subject=gone, actor=by, values={"into": kept.pk}, reason=reason)
    _other_pairs(kept=kept, gone=gone, by=by, reason=reason, at=at)


def _empty(gone: Child, *, into: Child, at: datetime) -> None:
    gone.name = gone.school = gone.school_class = gone.needs = ""
    gone.birth_month, gone.person, gone.merged_into, gone.erased_at = None, None, into, at
    gone.save()


def _move_reader_number(*, kept: Child, gone: Child) -> None:
    number = ReaderNumber.objects.filter(child=gone).first()
    if number is None:
        return
    if ReaderNumber.objects.filter(child=kept).exists():
        number.delete()
    else:
        number.child = kept
        number.save(update_fields=["child"])


def _other_pairs(*, kept: Child, gone: Child, by: Person, reason: str, at: datetime) -> None:
    """Whoever was to be compared with the one that went is compared with the one that stays."""
    rows = ChildPair.objects.filter(Q(first=gone) | Q(second=gone), state=PairState.OPEN)
    others = [pair.second_id if pair.first_id == gone.pk else pair.first_id for pair in rows]
    elsewhere = Child.objects.filter(pk__in=others).exclude(household_id=kept.household_id).exclude(pk=kept.pk)
    put_pairs(kept.pk, list(elsewhere.values_list("pk", flat=True)))
    rows.update(state=PairState.MERGED, answered_at=at, answered_by=by, reason=reason)
