"""The door."""

from tests.architecture.url_rows.row import IN, Row, staff

_ASKED = (("client_id", "6b0f5f0e-3f0c-4e55-9d38-6f3a3f0d2f11"),)


def at_door(part: str, status: int = 200, method: str = "post", data: tuple[tuple[str, str], ...] = _ASKED) -> Row:
    """Whoever runs or plans sessions there; to all others the door is not there."""
    return Row(f"/desk/{{event}}/{part}", IN, 404, status, 404, 404, "keeper", "other_district", method, data)


def after(part: str, status: int = 200, method: str = "get", data: tuple[tuple[str, str], ...] = ()) -> Row:
    """The same of a session that is over."""
    return Row(f"/plan/sessions/{{past}}/{part}", IN, 404, status, 404, 404, "keeper", "other_district", method, data)


ROWS: dict[str, Row] = {
    "desk/": staff("/desk/", "keeper", "editor"),
    "desk/<slug:code>/": at_door("", method="get", data=()),
    "desk/<slug:code>/ask/": at_door("ask/", data=(*_ASKED, ("code", "{ticket}"))),
    "desk/<slug:code>/seats/<int:seat_id>/tick/": at_door("seats/{seat}/tick/"),
    "desk/<slug:code>/seats/<int:seat_id>/untick/": at_door("seats/{seat}/untick/"),
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
}
