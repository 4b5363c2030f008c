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


def put_up(address: str, status: int = 302, method: str = "post") -> Row:
    """For whoever lets families in, of her own venues."""
    return Row(address, IN, 403, status, 403, 404, "keeper", "other_district", method)


def after(part: str, status: int = 200, method: str = "get", data: tuple[tuple[str, str], ...] = ()) -> Row:
    """The same of a session that is over."""
    return Row(f"/plan/sessions/{{past}}/{part}", IN, 404, status, 404, 404, "keeper", "other_district", method, data)


ROWS: dict[str, Row] = {
    "photos/<int:photo_id>/": public("/photos/1/", 404),
    "plan/settings/wechat/": staff("/plan/settings/wechat/", "admin", "planner"),
    "desk/screens/": staff("/desk/screens/", "keeper", "editor"),
    "desk/screens/<int:screen_id>/": put_up("/desk/screens/{screen}/", 200, "get"),
    "desk/screens/<int:screen_id>/withdraw/": put_up("/desk/screens/{screen}/withdraw/"),
    "desk/printed-codes/": staff("/desk/printed-codes/", "keeper", "editor", status=404, method="post", venue="none"),
    "desk/printed-codes/<int:code_id>/take-down/": put_up("/desk/printed-codes/{printed_code}/take-down/"),
    "desk/printed-codes/<int:code_id>/sheet/": put_up("/desk/printed-codes/{printed_code}/sheet/", 200),
    "screen/<slug:secret>/": public("/screen/{screen_secret}/", stranger=404),
    "screen/<slug:secret>/now/": public("/screen/{screen_secret}/now/", stranger=404),
    "here/": public("/here/"),
    "here/<slug:code>/": public("/here/{printed}/", 302, stranger=404),
    # What changes every thirty seconds does not stand in a table.
    "here/<slug:screen>/<slug:shown>/": public("/here/{screen_code}/000000/", 404),
    "t/<str:typed>/here/": public("/t/{ticket}/here/", 204, stranger=404),
    "desk/": staff("/desk/", "keeper", "editor"),
    "desk/ping/": Row("/desk/ping/", 401, 401, 200, 401, 200, "keeper", "editor"),
    "desk/alone/": public("/desk/alone/"),
    "desk/app.webmanifest": public("/desk/app.webmanifest"),
    # Whoever has the code; it is no library's but its own.
    "desk/join/": public("/desk/join/"),
    "desk/join/<slug:code>/": public("/desk/join/{join_code}/", stranger=404),
    "desk/devices/": staff("/desk/devices/", "keeper", "editor"),
    "desk/devices/add/": staff("/desk/devices/add/", "keeper", "editor"),
    "desk/devices/<int:device_id>/": device("", method="get"),
    "desk/devices/<int:device_id>/code/": device("code/", 302),
    "desk/devices/<int:device_id>/revoke/": device("revoke/", 302),
    "desk/<slug:code>/": at_door("", method="get", data=()),
    # Of a session that is days away nobody carries the names about.
    "desk/<slug:code>/roster/": at_door("roster/", 404, method="get", data=()),
    "desk/<slug:code>/upload/": at_door("upload/", 400, data=()),
    "desk/<slug:code>/seen/": at_door("seen/", 302, data=()),
    "desk/<slug:code>/scan/": at_door("scan/", data=(*_ASKED, ("code", "{ticket}"))),
    "desk/<slug:code>/ask/": at_door("ask/", data=(*_ASKED, ("code", "{ticket}"))),
    "desk/<slug:code>/seats/<int:seat_id>/tick/": at_door("seats/{seat}/tick/"),
    "desk/<slug:code>/seats/<int:seat_id>/untick/": at_door("seats/{seat}/untick/"),
    "desk/<slug:code>/sign-ups/<slug:registration>/": at_door("sign-ups/{registration}/"),
    "desk/<slug:code>/seats/<int:seat_id>/take-back/": at_door("seats/{seat}/take-back/"),
    "desk/<slug:code>/sign-ups/<slug:registration>/add/": at_door("sign-ups/{registration}/add/"),
    "plan/diaries/": staff("/plan/diaries/", "keeper", "editor"),
    "plan/sessions/<slug:code>/diary/": after("diary/"),
    "plan/sessions/<slug:code>/diary/photos/<int:photo_id>/": after("diary/photos/{photo}/"),
    "plan/sessions/<slug:code>/diary/reopen/": after("diary/reopen/", 422, "post"),
    "plan/sessions/<slug:code>/diary/read/": Row(
        "/plan/sessions/{past}/diary/read/", IN, 404, 302, 403, 404, "planner", "keeper", "post"
    ),
    "plan/sessions/<slug:code>/absent/": after("absent/"),
    "plan/sessions/<slug:code>/absent/all-came/": after("absent/all-came/", 302, "post"),
    "plan/sessions/<slug:code>/absent/settle/": after("absent/settle/", 422, "post"),
    "plan/sessions/<slug:code>/absent/not-kept/": after("absent/not-kept/", 302, "post"),
    "plan/sessions/<slug:code>/absent/<slug:registration>/excuse/": after(
        "absent/{absent}/excuse/", 302, "post", (("excuse", "ill"),)
    ),
    "plan/sessions/<slug:code>/absent/<slug:registration>/late/": after("absent/{absent}/late/", 302, "post"),
    "plan/sessions/<slug:code>/evidence/": after("evidence/", 200, "post", (("as", "zip"),)),
    "plan/diaries/evidence/": staff("/plan/diaries/evidence/", "keeper", "editor", status=302, method="post"),
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
