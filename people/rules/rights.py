"""The one table of who may do what. Views, templates, the API, Wagtail's policies and tests read it."""

from collections.abc import Iterable
from dataclasses import dataclass

from people.choices import Assurance, Role, Verb

V = Verb

_VENUES_OF_AN_AREA = {V.APPOINT_KEEPERS, V.CONFIRM_DEVICES, V.TEND_VENUES, V.OPEN_VENUES}

RIGHTS: dict[Role, frozenset[Verb]] = {
    Role.PLANNER: frozenset(
        {V.SEE_PLAN, V.PLAN, V.CLAIM, V.SEE_PEOPLE, V.MEND_FAMILIES, V.EXPORT, *_VENUES_OF_AN_AREA}
    ),
    Role.DISTRICT_LIBRARIAN: frozenset({V.SEE_PLAN, V.CLAIM, V.SEE_PEOPLE, V.EXPORT, *_VENUES_OF_AN_AREA}),
    Role.KEEPER: frozenset({V.SEE_PLAN, V.RUN_SESSIONS, V.TEND_VENUES}),
    Role.EDITOR: frozenset({V.WRITE_PAGES}),
    Role.JUDGE: frozenset({V.JUDGE_ENTRIES}),
    Role.TEACHER: frozenset({V.SUBMIT_ENTRIES}),
    Role.VOLUNTEER_COORDINATOR: frozenset({V.SEE_PLAN, V.TEND_VOLUNTEERS, V.SEE_PEOPLE, V.EXPORT}),
    Role.NETWORK_ADMIN: frozenset(
        {
            V.SEE_PLAN,
            V.SEE_PEOPLE,
            V.MEND_FAMILIES,
            V.TEND_PRIVACY,
            V.EXPORT,
            V.GRANT_ROLES,
            V.SEE_JOURNAL,
            V.WATCH_SERVICE,
            V.CHANGE_SETTINGS,
            *_VENUES_OF_AN_AREA,
        }
    ),
    Role.OPERATOR: frozenset({V.OPERATE, V.WATCH_SERVICE, V.SEE_JOURNAL}),
}

# Whoever sees more than one venue, exports or administers needs a second factor. A keeper has one phone and one room.
ASSURANCE: dict[Role, Assurance] = {
    Role.PLANNER: Assurance.SECOND_FACTOR,
    Role.DISTRICT_LIBRARIAN: Assurance.SECOND_FACTOR,
    Role.KEEPER: Assurance.BOUND_DEVICE,
    Role.EDITOR: Assurance.SECOND_FACTOR,
    Role.JUDGE: Assurance.CODE,
    Role.TEACHER: Assurance.CODE,
    Role.VOLUNTEER_COORDINATOR: Assurance.SECOND_FACTOR,
    Role.NETWORK_ADMIN: Assurance.SECOND_FACTOR,
    Role.OPERATOR: Assurance.SECOND_FACTOR,
}

_STRENGTH = list(Assurance)


@dataclass(frozen=True)
class Held:
    """A role that somebody holds now, for the area at `path` and all below it."""

    role: Role
    path: str


@dataclass(frozen=True)
class Rights:
    held: tuple[Held, ...]

    def __bool__(self) -> bool:
        return bool(self.held)

    def may(self, verb: Verb | str, *, path: str | None = None) -> bool:
        """For the area at `path`; without one, anywhere at all."""
        return any(verb in RIGHTS[held.role] and (path is None or path.startswith(held.path)) for held in self.held)

    def paths(self, verb: Verb | str) -> tuple[str, ...]:
        """Where the verb holds, widest only: "/1/" makes "/1/7/" needless."""
        found = sorted({held.path for held in self.held if verb in RIGHTS[held.role]})
        return tuple(path for path in found if not any(path != wider and path.startswith(wider) for wider in found))

    def is_citywide(self, verb: Verb | str) -> bool:
        """It holds for the whole city: nothing lies above the city's own path."""
        return any(path.count("/") == 2 for path in self.paths(verb))

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(held.role for held in self.held)


NOTHING = Rights(())


def assurance_needed(roles: Iterable[Role]) -> Assurance:
    """The strongest that any of the roles asks for."""
    return max((ASSURANCE[role] for role in roles), key=_STRENGTH.index, default=Assurance.CODE)


def assurance_of_verb(verb: Verb) -> Assurance:
    """The weakest with which the verb can be used at all, for the reference page."""
    return min((ASSURANCE[role] for role, verbs in RIGHTS.items() if verb in verbs), key=_STRENGTH.index)
