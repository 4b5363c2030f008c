"""What templates ask of people: a masked number, a right."""

from django import template

from people.models import Person
from people.queries.rights import rights_of
from people.rules import phones

register = template.Library()


@register.filter
def masked_phone(number: str) -> str:
    return phones.masked(number)


@register.filter
def may(person: Person, verb: str) -> bool:
    """{% if request.user|may:"export" %}: the same table as the doors read."""
    return person.is_authenticated and rights_of(person).may(verb)
