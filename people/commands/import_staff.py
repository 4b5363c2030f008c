"""A table of staff is taken in: whole, or not at all."""

from collections import Counter
from datetime import datetime

from kit.command import command
from kit.refusals import Refusal, Refused
from kit.sheets import Fate, Sheet, Verdict
from networks.models import Area, Network
from networks.steps.areas import hold_tree
from networks.steps.journal import note, note_each
from people.choices import Verb
from people.models import Appointment, Grant, Person
from people.queries.rights import rights_of
from people.queries.staff_import import Judged, judge
from people.rules.appointing import MENDED_FIRST
from people.steps.appointments import offer_each
from people.steps.persons import enrol_each


@command
def import_staff(sheet: Sheet, *, network: Network, by: Person, at: datetime) -> Counter[Fate]:
    """Judged once more with the tree held, since the preview may be half an hour old."""
    hold_tree()
    rights = rights_of(by)
    judged = judge(sheet, network=network, rights=rights, paths=rights.paths(Verb.APPOINT_KEEPERS), at=at)
    if not judged.preview.is_clean:
        raise Refused(Refusal("not_clean", MENDED_FIRST))
    fresh = judged.preview.of(Fate.MADE)
    people = enrol_each(network=network, phones=[verdict.row.values["phone"] for verdict in fresh])
    posts = [
        (people[values["phone"]], values["role"], judged.places.find(values["area"])[0], values["name"])
        for values in (verdict.row.values for verdict in fresh)
    ]
    offer_each(posts, by=by, at=at)
    _rename(judged, judged.preview.of(Fate.CHANGED), by=by)
    counts: Counter[Fate] = Counter(judged.preview.counts)
    root = Area.objects.get(parent=None)
    note("people.staff_imported", subject=root, actor=by, values={str(fate): count for fate, count in counts.items()})
    return counts


def _rename(judged: Judged, verdicts: list[Verdict], *, by: Person) -> None:
    """Of somebody at work the person's own name, of somebody invited what was typed."""
    offers, people = [], {}
    for verdict in verdicts:
        values = verdict.row.values
        place = judged.places.find(values["area"])[0]
        post = judged.known[values["phone"], values["role"], place.pk]
        if isinstance(post, Grant):
            post.person.name = values["name"]
            people[post.person.pk] = post.person
        else:
            post.name = values["name"]
            offers.append(post)
    Appointment.objects.bulk_update(offers, ["name"], batch_size=500)
    Person.objects.bulk_update(people.values(), ["name"], batch_size=500)
    note_each("people.staff_renamed", subjects=people.values(), actor=by)
