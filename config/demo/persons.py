"""Many people at once: what enrol does for one, in two statements for all."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from networks.models import Network
from people.models import Person
from people.rules import phones
from people.steps.persons import put_phone

# Ranges that no test and no player uses: what follows is four digits.
STAFF_PHONES = {"nanjing": "1380010", "shenzhen": "1390010"}
FAMILY_PHONES = {"nanjing": "1380020", "shenzhen": "1390020"}
YOUNG_PHONES = {"nanjing": "1380030", "shenzhen": "1390030"}


def made(network: Network, people: Iterable[tuple[str, str]], *, at: datetime, chance: Random) -> list[Person]:
    """People by (name, phone), each verified and seen of late. The phone is one that nobody has yet."""
    found = []
    for name, phone in people:
        joined_at = at - timedelta(days=chance.randint(20, 420), minutes=chance.randint(0, 600))
        seen_on = max(joined_at.date(), (at - timedelta(days=int(chance.expovariate(0.08)))).date())
        person = Person(network=network, name=name, joined_at=joined_at, phone_verified_at=joined_at, seen_on=seen_on)
        put_phone(person, phone=phones.normal(phone))
        person.set_unusable_password()
        found.append(person)
    return list(Person.objects.bulk_create(found))
