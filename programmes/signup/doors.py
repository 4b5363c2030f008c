"""How a request comes to what people signed up for. To whoever has no part in it, it is not there."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from kit import clock
from notifications.registers import LetterSubject
from people.choices import FamilyVerb, Verb
from people.doors import ForGuardians, is_signed_in, member, network_of, person_of
from people.queries.rights import rights_of
from programmes.planning.doors import activity_to_plan
from programmes.planning.models import Session
from programmes.planning.queries.faces import for_faces, public_sessions
from programmes.planning.queries.session_table import sessions_within
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import full_span_words
from programmes.signup.models import Circle, CircleMember, Question, Registration
from programmes.signup.queries.circles import circles_within, memberships_of
from programmes.signup.queries.coming import Sight
from programmes.signup.queries.families import registrations
from programmes.signup.queries.mine import Mine, mine_by_code
from programmes.signup.queries.standing import JOINS
from programmes.signup.queries.tickets import Ticket, ticket_of
from programmes.signup.queries.told import ATTENDING, RECEIVING


def may_receive(request: HttpRequest, session: Session) -> bool:
    rights = rights_of(member(request))
    return any(rights.may(verb, path=session.area.path) for verb in RECEIVING)


def sight_of(request: HttpRequest, session: Session) -> Sight:
    rights = rights_of(member(request))
    path = session.area.path
    return Sight(
        telephones=rights.may(Verb.SEE_PEOPLE, path=path), needs=any(rights.may(verb, path=path) for verb in ATTENDING)
    )


def session_to_receive(request: HttpRequest, code: str) -> Session:
    session: Session | None = sessions_within(["/"]).filter(code=code).first()
    if session is None or not may_receive(request, session):
        raise Http404
    return session


def receives_families(request: HttpRequest) -> bool:
    person = person_of(request)
    return person is not None and any(rights_of(person).may(verb) for verb in RECEIVING)


def receiving_paths(request: HttpRequest) -> tuple[str, ...]:
    """Areas whose families this person receives; to whoever receives nobody, the page is not there."""
    rights = rights_of(member(request))
    paths = tuple({path for verb in RECEIVING for path in rights.paths(verb)})
    if not paths:
        raise Http404
    return paths


def letter_about(request: HttpRequest, code: str) -> LetterSubject:
    """Whoever receives the families may write to them."""
    session = session_to_receive(request, code)
    back = reverse("signup:session-sign-ups", args=[session.code])
    line = f"{full_span_words(session.starts_at, session.ends_at)} · {place_words(session)}"
    return LetterSubject(session.title or session.activity.title, line, back)


def registration_to_receive(request: HttpRequest, code: str) -> Registration:
    row: Registration | None = registrations().filter(code=code).first()
    if row is None or not may_receive(request, row.session):
        raise Http404
    return row


def question_to_plan(request: HttpRequest, question_id: int) -> Question:
    """One that is asked now, of an activity that this person plans."""
    rows = Question.objects.filter(pk=question_id, retired_at=None).select_related("terms")
    row: Question | None = rows.first()
    if row is None:
        raise Http404
    row.terms.activity = activity_to_plan(request, row.terms.activity_id)
    return row


# --- Readers -------------------------------------------------------------------------------


def session_of_readers(code: str) -> Session:
    """One that readers may know of, in the network of the request."""
    rows = public_sessions().select_related("activity__programme", "venue", "room", "area", "safety_notice", *JOINS)
    row: Session | None = rows.filter(code=code).first()
    if row is None:
        raise Http404
    return row


def session_that_is_full(code: str) -> Session:
    """With what a short answer says of it."""
    row: Session | None = for_faces(public_sessions()).select_related(*JOINS).filter(code=code).first()
    if row is None:
        raise Http404
    return row


def registration_of_family(request: HttpRequest, code: str) -> Mine:
    """Of any household that she belongs to; a young person's, if the own seat is in it. To strangers it is not there."""
    found = mine_by_code(member(request), code, at=clock.now())
    if found is None:
        raise Http404
    return found


def own_ticket(request: HttpRequest, code: str) -> str:
    """The code of a registration of her family, or of a class that she answers for."""
    group: Registration | None = Registration.objects.filter(
        code=code, group__contact=member(request), forgotten_at=None
    ).first()
    return (group or registration_of_family(request, code).registration).ticket


def registration_to_change(request: HttpRequest, code: str) -> Mine:
    """A young person decides for nobody else: what brothers and sisters are in too, a grown-up changes."""
    found = registration_of_family(request, code)
    if found.is_for_others_too or not found.place.may(FamilyVerb.REGISTER):
        raise ForGuardians(found.place)
    return found


def ticket_held(request: HttpRequest, code: str) -> Ticket:
    """Whoever has the code holds the ticket; names are only for the family's own."""
    person = member(request) if is_signed_in(request) else None
    held = ticket_of(code, network=network_of(request), person=person, at=clock.now()) if code else None
    if held is None:
        raise Http404
    return held


# --- Circles -------------------------------------------------------------------------------

# With one of these somebody looks after the circles of her area.
TENDING = (Verb.PLAN, Verb.CLAIM, Verb.RUN_SESSIONS)


def tends_circles(request: HttpRequest) -> bool:
    person = person_of(request)
    return person is not None and any(rights_of(person).may(verb) for verb in TENDING)


def own_paths(request: HttpRequest) -> tuple[str, ...]:
    """Where she looks after circles; 403 where nowhere."""
    rights = rights_of(member(request))
    paths = tuple(dict.fromkeys(path for verb in TENDING for path in rights.paths(verb)))
    if not paths:
        raise PermissionDenied
    return paths


def circle_to_tend(request: HttpRequest, circle_id: int) -> Circle:
    """One of her area, or below it; others are not there."""
    row: Circle | None = circles_within(own_paths(request)).filter(pk=circle_id).first()
    if row is None:
        raise Http404
    return row


def member_to_take_out(request: HttpRequest, circle_id: int, member_id: int) -> CircleMember:
    row: CircleMember | None = (
        CircleMember.objects.filter(pk=member_id, circle=circle_to_tend(request, circle_id))
        .select_related("circle")
        .first()
    )
    if row is None:
        raise Http404
    return row


def own_membership(request: HttpRequest, member_id: int) -> CircleMember:
    row = next((one for one in memberships_of(member(request)) if one.pk == member_id), None)
    if row is None:
        raise Http404
    return row
