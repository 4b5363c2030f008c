"""The door."""

from tests.architecture.url_rows.row import IN, Row, staff

_ASKED = (("client_id", "6b0f5f0e-3f0c-4e55-9d38-6f3a3f0d2f11"),)


def at_door(part: str, status: int = 200, method: str = "post", data: tuple[tuple[str, str], ...] = _ASKED) -> Row:
    """Whoever runs or plans sessions there; to all others the door is not there."""
    return Row(f"/desk/{{event}}/{part}", IN, 404, status, 404, 404, "keeper", "other_district", method, data)


ROWS: dict[str, Row] = {
    "desk/": staff("/desk/", "keeper", "editor"),
    "desk/<slug:code>/": at_door("", method="get", data=()),
    "desk/<slug:code>/ask/": at_door("ask/", data=(*_ASKED, ("code", "{ticket}"))),
    "desk/<slug:code>/seats/<int:seat_id>/tick/": at_door("seats/{seat}/tick/"),
    "desk/<slug:code>/seats/<int:seat_id>/untick/": at_door("seats/{seat}/untick/"),
    "desk/<slug:code>/sign-ups/<slug:registration>/add/": at_door("sign-ups/{registration}/add/"),
    # The door of that session has not opened yet: nothing is counted.
    "desk/<slug:code>/count/": at_door("count/", method="get", data=()),
    "desk/<slug:code>/count/sums/": at_door("count/sums/", method="get", data=()),
    "desk/<slug:code>/count/tap/": at_door("count/tap/", 422, data=(*_ASKED, ("tap", "adults 1"))),
    "desk/<slug:code>/count/list/": at_door("count/list/", 422),
    "desk/<slug:code>/count/correct/": at_door("count/correct/", 422),
    "desk/<slug:code>/out/": at_door("out/", method="get", data=()),
    "desk/<slug:code>/out/scan/": at_door("out/scan/", data=(*_ASKED, ("code", "{ticket}"))),
    # Nobody of that party has come.
    "desk/<slug:code>/out/sign/": at_door(
        "out/sign/", 422, data=(*_ASKED, ("registration", "{registration}"), ("way", "alone"))
    ),
    "desk/<slug:code>/out/seats/<int:seat_id>/undo/": at_door("out/seats/{seat}/undo/"),
    "desk/<slug:code>/views/": at_door("views/", method="get", data=()),
    "desk/<slug:code>/views/<int:line_id>/picture/": at_door("views/{views}/picture/", method="get", data=()),
}
