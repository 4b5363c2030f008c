"""How a request comes to a delivery, to a kind of message, or to a letter."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from notifications.models import Delivery, Letter
from notifications.queries.letters import letters
from notifications.registers import LetterAudience, LetterSubject, MessageKind, kinds, letter_audiences
from people.choices import Verb
from people.doors import member
from people.queries.rights import rights_of


def access_delivery(delivery_id: int) -> Delivery:
    """Another network's delivery is not there."""
    delivery: Delivery | None = Delivery.objects.select_related("network").filter(pk=delivery_id).first()
    if delivery is None:
        raise Http404
    return delivery


def access_kind(key: str) -> MessageKind:
    """Kinds are the same in every network; the words are its own."""
    if key not in kinds:
        raise Http404
    return kinds[key]


def audience_in_reach(request: HttpRequest, key: str, subject: str) -> tuple[LetterAudience, LetterSubject]:
    """The room that supplies the audience says who may write to it; to others it is not there."""
    audience = letter_audiences.get(key)
    if audience is None:
        raise Http404
    return audience, audience.subject(request, subject)


def letter_in_reach(request: HttpRequest, code: str) -> Letter:
    """Whoever may write to these people reads what others wrote to them."""
    letter: Letter | None = letters().select_related("network").filter(code=code).first()
    if letter is None:
        raise Http404
    audience_in_reach(request, letter.audience, letter.subject)
    return letter


def letters_in_reach(request: HttpRequest) -> "QuerySet[Letter]":
    """One's own; all to whoever watches over the service."""
    rights = rights_of(member(request))
    if not rights:
        raise PermissionDenied
    return letters() if rights.may(Verb.WATCH_SERVICE) else letters().filter(written_by=member(request).pk)
