"""What is done once a session is over: who did not come, photos that stay inside, evidence of many."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kit import clock
from kit.refusals import Refused
from networks.engine.scopes import in_each_network
from networks.models import Network
from networks.models.scoping import current_network_id
from networks.registers import GiveUp, HandedFact, Progress, every, job, listens_inside
from people.messages import CONSENT_WITHDRAWN
from people.models import Consent, Person
from people.registers import PHOTO
from programmes.door.commands.evidence import EVIDENCE_JOB
from programmes.door.commands.settling import lift_who_came, settle_by_itself
from programmes.door.prints.evidence import evidence_pdf
from programmes.door.queries.absences import that_came_after_all, to_settle
from programmes.door.queries.evidence import evidence_of
from programmes.door.sheets.evidence import evidence_zip
from programmes.door.steps.diaries import keep_inside
from programmes.planning.models import Session
from programmes.signup.commands.readings import open_list

# Nobody waits at a page, so it may take its time.
DRAWING_SECONDS = 300


@every(name="door.settle", seconds=3600)
def settle() -> None:
    in_each_network(_settle)


def _settle(network: Network) -> None:
    at = clock.now()
    for session_id in to_settle(network.rules, at=at):
        settle_by_itself(session_id=session_id, at=at)
    for absence in that_came_after_all():
        lift_who_came(absence=absence, at=at)


@listens_inside(CONSENT_WITHDRAWN, name="door.keep_photos_inside", title=_("Keep photos inside"))
def keep_photos_inside(fact: HandedFact) -> None:
    """Whoever cleared them did so while the family agreed."""
    consent = Consent.objects.filter(pk=fact.payload["consent"], purpose=PHOTO.key).first()
    if consent is not None:
        keep_inside(consent.household_id, subject=consent.subject_id)


@job(EVIDENCE_JOB, title=_("Evidence of sessions"), limit_seconds=600)
def gather_evidence(progress: Progress, *, sessions: Sequence[int], with_problems: bool, by: int) -> None:
    at = clock.now()
    network = Network.objects.get(pk=current_network_id() or 0)
    progress.start(total=3, note=str(_("Gathering what is known")))
    rows = evidence_of(Session.objects.filter(pk__in=sessions))
    reader = Person.objects.get(pk=by)
    for one in rows:
        if one.named:
            open_list(session=one.session, children=one.named, by=reader, at=at)
    progress.step(note=str(_("Drawing the pages")))
    try:
        pdf = evidence_pdf(rows, network=network, with_problems=with_problems, at=at, limit_seconds=DRAWING_SECONDS)
    except Refused as no:
        raise GiveUp(str(no.refusals[0])) from no
    progress.step(note=str(_("Packing photos and numbers")))
    title = str(_("Evidence of sessions"))
    content = evidence_zip(rows, pdf=(f"{title}.pdf", pdf), zone=network.zone)
    progress.step()
    progress.result_file(f"{title}.zip", content)
