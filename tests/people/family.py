"""A family made by the doors that people use, for tests that are not about making one."""

import re
from datetime import date

from django.test import Client

from kit import clock
from networks.models import inside
from people.choices import MemberRole
from people.models import Child, Household, JoinLink, Person
from people.queries.joining import secret_of
from tests.browsers import browser
from tests.people import homes


def words(answer) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def a_month(years: int, months: int = 0) -> tuple[int, int]:
    """Year and month of somebody who is so old this month."""
    today = date.today()  # noqa: DTZ011 - only the month matters, and the tests' clock is the machine's
    passed = today.year * 12 + today.month - 1 - years * 12 - months
    return passed // 12, passed % 12 + 1


def child_form(name: str = "王小雨", *, years: int = 4, months: int = 3, **more: str) -> dict[str, str]:
    year, month = a_month(years, months)
    form = {"name": name, "birth_month_0": str(year), "birth_month_1": str(month), "consent_people_child_data": "on"}
    return form | more


def begin(client: Client, role: str = "guardian", **more: str) -> str:
    """The code of the household that this browser's person begins."""
    answer = client.post("/me/family/new/", {"role": role, **more})
    assert answer.status_code == 302, words(answer)
    return answer["Location"].split("/")[3]


def invite(client: Client, code: str, role: str = "carer") -> str:
    """The link's own path."""
    assert client.post(f"/me/family/{code}/invite/", {"role": role}).status_code == 302
    page = client.get(f"/me/family/{code}/invite/").content.decode()
    return re.findall(r'href="http://[a-z.]+(/family/join/[0-9A-Z]+/)"', page)[0]


def household(network, code: str) -> Household:
    with inside(network):
        return Household.objects.get(code=code)


def children(network) -> list[Child]:
    with inside(network):
        return list(Child.objects.order_by("pk"))


def links(network) -> list[tuple[JoinLink, str]]:
    with inside(network):
        return [(link, secret_of(link)) for link in JoinLink.objects.select_related("network").order_by("pk")]


def young(network, home: Household, person: Person) -> Child:
    """The household's last child signs in as this person."""
    with inside(network):
        child = home.children.order_by("-pk").first()
        Child.objects.filter(pk=child.pk).update(person=person, birth_month=date(clock.now().year - 15, 1, 1))
        child.refresh_from_db()
        return child


__all__ = ["MemberRole", "browser", "homes"]
