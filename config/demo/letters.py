"""Letters that the demo's staff wrote to families of a session: one sent, one that waits for somebody to look at it."""

from datetime import datetime

from config.demo.named_families import NAMED
from networks.models import Network
from notifications.commands.letters import LetterWish, send_letter, write_letter
from notifications.models import Letter
from notifications.queries.letters import people_of
from people.choices import Role
from people.models import Grant, Member, Person
from people.queries.persons import person_with_phone
from people.rules import phones
from programmes.planning.models import Session
from programmes.signup.models import Registration

AUDIENCE = "signup.session"
SENT = (
    "手作课请带一个空牛奶盒",
    "这次的小手工要用到一个洗净晾干的空牛奶盒，请给每个孩子带一个。没有也不要紧，馆里备了几个。",
)
WAITING = ("请提前一刻钟到", "次序都排好了。请孩子穿方便活动的衣服，提前一刻钟到；家长请坐后排，给上台的孩子留出过道。")


def write_letters(network: Network, *, by: Person, at: datetime) -> None:
    """Once: about sessions that the named family has before it."""
    if network.code not in NAMED or Letter.objects.exists():
        return
    mother = person_with_phone(phones.normal(NAMED[network.code].mother), network=network)
    mine = Registration.objects.filter(
        household__in=Member.objects.filter(person=mother).values("household"), ended_at=None, session__starts_at__gt=at
    ).select_related("session__activity", "session__area")
    course = mine.filter(together__isnull=False).order_by("session__starts_at").first()
    if course is not None:
        letter = write_letter(wish=_wish(course.session, "coming", SENT), by=by)
        send_letter(letter=letter, people=people_of(letter).count(), by=by, at=at)
    asked = mine.filter(session__activity__signup_terms__approval=True).order_by("session__starts_at").first()
    if asked is not None:
        write_letter(wish=_wish(asked.session, "all", WAITING), by=_keeper_of(asked.session) or by)


def _wish(session: Session, group: str, words: tuple[str, str]) -> LetterWish:
    title, body = words
    about = session.title or session.activity.title
    return LetterWish(AUDIENCE, session.code, group, about, title, body, by_sms=False)


def _keeper_of(session: Session) -> Person | None:
    grants = Grant.objects.filter(role=Role.KEEPER, area=session.area_id, ends_at=None).select_related("person")
    first: Grant | None = grants.order_by("pk").first()
    return first.person if first is not None else None
