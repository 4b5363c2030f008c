"""Staff of the demo say yes and no to families who asked for a place, by the commands that their clicks would call."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from config.demo.named_families import NAMED
from networks.models import Network
from people.models import Member, Person
from people.queries.persons import person_with_phone
from people.rules import phones
from programmes.planning.models import Session
from programmes.signup.choices import Ending, State
from programmes.signup.commands.approving import approve, turn_down
from programmes.signup.models import Registration

# Of the sessions of so many days; what is further ahead can wait.
NEAR = timedelta(days=14)
REASON = "这一场已经配齐了。下周同一时间还有一场，欢迎再报，我们优先安排。"


def answer_families(network: Network, sessions: Sequence[Session], *, by: Person, at: datetime) -> None:
    """Of `sessions`, which were dealt out just now: half hear a yes, one family hears a no, the others wait."""
    mother = person_with_phone(phones.normal(NAMED[network.code].mother), network=network)
    named = Member.objects.filter(person=mother).values("household")
    near = [one for one in sessions if at < one.starts_at < at + NEAR and one.activity.signup_terms.approval]
    has_refused = Registration.objects.filter(ending=Ending.REFUSED).exists()
    for session in sorted(near, key=lambda one: (one.starts_at, one.pk)):
        rows = Registration.objects.filter(session=session, ended_at=None, state=State.ASKED).exclude(
            household__in=named
        )
        codes = list(rows.order_by("made_at", "pk").values_list("code", flat=True))
        first = codes[: len(codes) // 2]
        if first:
            approve(session=session, codes=first, by=by, at=at)
        if len(codes) > 2 and not has_refused:
            turn_down(session=session, codes=codes[-1:], reason=REASON, by=by, at=at)
            has_refused = True
