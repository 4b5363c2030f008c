"""The door."""

from tests.architecture.url_rows.row import IN, Row, public, staff

_ASKED = (("client_id", "6b0f5f0e-3f0c-4e55-9d38-6f3a3f0d2f11"),)


def at_door(part: str, status: int = 200, method: str = "post", data: tuple[tuple[str, str], ...] = _ASKED) -> Row:
    """Whoever runs or plans sessions there; to all others the door is not there."""
    return Row(f"/desk/{{event}}/{part}", IN, 404, status, 404, 404, "keeper", "other_district", method, data)


def device(part: str, status: int = 200, method: str = "post", **data: str) -> Row:
    """Of a place that she looks after; to the same right elsewhere it is not there."""
    address = f"/desk/devices/{{desk_device}}/{part}"
    return Row(address, IN, 403, status, 403, 404, "keeper", "editor", method, tuple(data.items()))


ROWS: dict[str, Row] = {
    "desk/": staff("/desk/", "keeper", "editor"),
    # Whoever has the code; it is no library's but its own.
    "desk/join/": public("/desk/join/"),
    "desk/join/<slug:code>/": public("/desk/join/{join_code}/", stranger=404),
    "desk/devices/": staff("/desk/devices/", "keeper", "editor"),
    "desk/devices/add/": staff("/desk/devices/add/", "keeper", "editor"),
    "desk/devices/<int:device_id>/": device("", method="get"),
    "desk/devices/<int:device_id>/code/": device("code/", 302),
    "desk/devices/<int:device_id>/revoke/": device("revoke/", 302),
    "desk/<slug:code>/": at_door("", method="get", data=()),
    "desk/<slug:code>/ask/": at_door("ask/", data=(*_ASKED, ("code", "{ticket}"))),
    "desk/<slug:code>/seats/<int:seat_id>/tick/": at_door("seats/{seat}/tick/"),
    "desk/<slug:code>/seats/<int:seat_id>/untick/": at_door("seats/{seat}/untick/"),
    "desk/<slug:code>/seats/<int:seat_id>/take-back/": at_door("seats/{seat}/take-back/"),
    "desk/<slug:code>/sign-ups/<slug:registration>/add/": at_door("sign-ups/{registration}/add/"),
}
