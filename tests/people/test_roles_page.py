"""docs/reference/roles.md says what the one table of rights says."""

from pathlib import Path

from people.choices import Assurance, FamilyVerb, MemberRole, Role, Verb
from people.rules.family_rights import FAMILY_RIGHTS
from people.rules.rights import ASSURANCE, RIGHTS

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/roles.md"


def rows(first: str) -> list[list[str]]:
    """The table whose head begins with `first`."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} |"))
    found = []
    for line in [lines[start], *lines[start + 2 :]]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def test_the_page_shows_who_may_do_what():
    head, *body = rows("Verb")
    assert head[1:] == [f"`{role}`" for role in Role]
    assert {row[0].strip("`"): row[1:] for row in body} == {
        verb.value: ["yes" if verb in RIGHTS[role] else "" for role in Role] for verb in Verb
    }


def test_the_page_shows_what_each_role_needs_to_sign_in():
    _head, *body = rows("Role")
    assert {row[0].strip("`"): row[2].strip("`") for row in body} == {
        role.value: ASSURANCE[role].value for role in Role
    }
    assert {row[2].strip("`") for row in body} <= set(Assurance.values)


def test_the_page_shows_who_may_do_what_in_a_family():
    head, *body = rows("In a family")
    assert [cell.split("`")[1] for cell in head[1:]] == list(MemberRole)
    assert {row[0].strip("`"): row[1:] for row in body} == {
        verb.value: ["yes" if verb in FAMILY_RIGHTS[role] else "" for role in MemberRole] for verb in FamilyVerb
    }
