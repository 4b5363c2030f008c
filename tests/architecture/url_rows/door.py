"""The door."""

from tests.architecture.url_rows.row import IN, Row, public, staff

_ASKED = (("client_id", "6b0f5f0e-3f0c-4e55-9d38-6f3a3f0d2f11"),)


def at_door(part: str, status: int = 200, method: str = "post", data: tuple[tuple[str, str], ...] = _ASKED) -> Row:
    """Whoever runs or plans sessions there; to all others the door is not there."""
    return Row(f"/desk/{{event}}/{part}", IN, 404, status, 404, 404, "keeper", "other_district", method, data)


ROWS: dict[str, Row] = {
    "desk/": staff("/desk/", "keeper", "editor"),
    "desk/ping/": Row("/desk/ping/", 401, 200, 200, 200, 200),
    "desk/alone/": public("/desk/alone/"),
    "desk/app.webmanifest": public("/desk/app.webmanifest"),
    "desk/<slug:code>/": at_door("", method="get", data=()),
    "desk/<slug:code>/roster/": at_door("roster/", method="get", data=()),
    "desk/<slug:code>/upload/": at_door("upload/", 400, data=()),
    "desk/<slug:code>/seen/": at_door("seen/", 302, data=()),
    "desk/<slug:code>/ask/": at_door("ask/", data=(*_ASKED, ("code", "{ticket}"))),
    "desk/<slug:code>/seats/<int:seat_id>/tick/": at_door("seats/{seat}/tick/"),
    "desk/<slug:code>/seats/<int:seat_id>/untick/": at_door("seats/{seat}/untick/"),
    "desk/<slug:code>/sign-ups/<slug:registration>/add/": at_door("sign-ups/{registration}/add/"),
}
