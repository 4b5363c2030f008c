"""The area that somebody works in now, out of those their rights cover."""

from django.db.models import Q
from django.http import HttpRequest

from kit.navigation import Hit, Place, staff
from networks.choices import AreaKind
from networks.models import Area
from people.choices import Verb
from people.queries.rights import rights_of

SESSION_KEY = "area"
# Deeper ones are found in a list's own filters.
_OFFERED = (AreaKind.CITY, AreaKind.DISTRICT, AreaKind.ZONE, AreaKind.STREET)
_MOST = 60


def area_in_view(request: HttpRequest) -> Area | None:
    """What ?area= says, else what was chosen last; None for all that the person's rights cover. Kept per request."""
    if not hasattr(request, "_area_in_view"):
        request._area_in_view = _area_in_view(request)  # type: ignore[attr-defined]  # noqa: SLF001
    found: Area | None = request._area_in_view  # type: ignore[attr-defined]  # noqa: SLF001
    return found


def paths_in_view(request: HttpRequest, verb: Verb) -> tuple[str, ...]:
    """Prefixes of area paths in which this person may do it, narrowed to the area in view. Empty: nowhere."""
    if not request.user.is_authenticated:
        return ()
    allowed = rights_of(request.user).paths(verb)
    area = area_in_view(request)
    if area is None:
        return allowed
    if any(area.path.startswith(path) for path in allowed):
        return (area.path,)
    return tuple(path for path in allowed if path.startswith(area.path))


def within(field: str, paths: tuple[str, ...]) -> Q:
    """Rows whose area path, at `field`, lies under one of the paths; none for no path."""
    found = Q(pk=None)
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found


def area_to_work_in(request: HttpRequest, typed: str) -> Area | None:
    """An area of this network that the person's rights cover or reach into."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19 and request.user.is_authenticated):
        return None
    area: Area | None = Area.objects.filter(pk=int(typed)).first()
    return area if area is not None and _reaches(request, area) else None


def places_to_work(request: HttpRequest) -> list[Place]:
    """For the switcher: one statement, and none for somebody with a single venue."""
    if not request.user.is_authenticated:
        return []
    held = {one.path for one in rights_of(request.user).held}
    rows = list(Area.objects.filter(within("path", tuple(held)), kind__in=_OFFERED).order_by("path")[:_MOST])
    if len(rows) < 2:
        return []
    now = area_in_view(request)
    ordered = as_tree(rows)
    least = min(area.path.count("/") for area in rows)
    places = [Place(area.name, str(area.pk), now == area, depth=area.path.count("/") - least) for area in ordered]
    if sum(place.depth == 0 for place in places) == 1:
        # Its whole is the topmost area itself.
        return [_whole(places[0], is_current=now is None or places[0].is_current), *places[1:]]
    return places


def _whole(place: Place, *, is_current: bool) -> Place:
    return Place(place.label, "", is_current=is_current)


def as_tree(rows: list[Area]) -> list[Area]:
    """Every area after the one it lies in, brothers by their place in lists."""
    names = {area.path: (area.place, area.pk) for area in rows}

    def way(area: Area) -> list[tuple[int, int]]:
        steps = [step for step in area.path.split("/") if step]
        above = ["/" + "/".join(steps[: count + 1]) + "/" for count in range(len(steps))]
        return [names.get(path, (0, 0)) for path in above]

    return sorted(rows, key=way)


def _area_in_view(request: HttpRequest) -> Area | None:
    if not request.user.is_authenticated:
        return None
    typed = request.GET.get("area", "")
    return area_to_work_in(request, typed or str(request.session.get(SESSION_KEY, "")))


def _reaches(request: HttpRequest, area: Area) -> bool:
    if not request.user.is_authenticated:
        return False
    held = {one.path for one in rights_of(request.user).held}
    return any(area.path.startswith(path) or path.startswith(area.path) for path in held)


def pages_named(request: HttpRequest, words: str, limit: int) -> list[Hit]:
    """Staff pages by their name, out of those this person's menu shows. No statement."""
    asked = words.casefold()
    links = [link for link in staff.links(request) if asked in f"{link.label} {link.line}".casefold()]
    return [Hit(link.label, link.address, link.line, link.icon) for link in links[:limit]]
