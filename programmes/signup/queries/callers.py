"""The family behind a number, for staff who write it down."""

from networks.models import Network
from people.choices import FamilyVerb
from people.models import Person
from people.queries.families import Belonging, belongings_of, is_young
from people.queries.persons import person_with_phone


def place_of_number(phone: str, *, network: Network) -> Belonging | None:
    """The oldest household in which this number's grown-up signs up."""
    person = person_with_phone(phone, network=network)
    return place_of(person) if person is not None else None


def place_of(person: Person) -> Belonging | None:
    places = [one for one in belongings_of(person) if one.child is None and one.may(FamilyVerb.REGISTER)]
    return places[0] if places else None


def is_a_childs(phone: str, *, network: Network) -> bool:
    person = person_with_phone(phone, network=network)
    return person is not None and is_young(person)
