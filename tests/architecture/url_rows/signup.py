"""Sign-up."""

from tests.architecture.url_rows.row import IN, Row, mine, own, public, staff

ROWS: dict[str, Row] = {
    # For staff: terms, questions, who comes
    "plan/activities/<int:activity_id>/sign-up/": staff(
        "/plan/activities/{activity}/sign-up/", "planner", "district", stranger=404
    ),
    "plan/activities/<int:activity_id>/sign-up/questions/": staff(
        "/plan/activities/{activity}/sign-up/questions/", "planner", "district", stranger=404
    ),
    "plan/sign-up-questions/<int:question_id>/": staff(
        "/plan/sign-up-questions/{question}/", "planner", "district", stranger=404
    ),
    "plan/sign-up-questions/<int:question_id>/up/": staff(
        "/plan/sign-up-questions/{question}/up/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/sign-up-questions/<int:question_id>/retire/": staff(
        "/plan/sign-up-questions/{question}/retire/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/sessions/<slug:code>/sign-ups/": Row(
        "/plan/sessions/{plan}/sign-ups/", IN, 404, 200, 404, 404, "keeper", "other_district"
    ),
    "plan/sessions/<slug:code>/sign-ups/approval/": Row(
        "/plan/sessions/{plan}/sign-ups/approval/", IN, 404, 200, 404, 404, "keeper", "other_district"
    ),
    "plan/sign-ups/approvals/": Row("/plan/sign-ups/approvals/", IN, 404, 200, 404, 200, "keeper", "editor"),
    "plan/sessions/<slug:code>/sign-ups/door-list/": Row(
        "/plan/sessions/{plan}/sign-ups/door-list/", IN, 404, 200, 404, 404, "keeper", "other_district", "post"
    ),
    "plan/sessions/<slug:code>/sign-ups/add/": Row(
        "/plan/sessions/{plan}/sign-ups/add/", IN, 404, 200, 404, 404, "keeper", "other_district"
    ),
    "plan/sessions/<slug:code>/sign-ups/group/": Row(
        "/plan/sessions/{plan}/sign-ups/group/", IN, 404, 200, 404, 404, "keeper", "other_district"
    ),
    # Of a family's registration there is nothing to leave out.
    "plan/sign-ups/<slug:code>/more/": Row(
        "/plan/sign-ups/{registration}/more/", IN, 404, 404, 404, 404, "keeper", "other_district", "post"
    ),
    "plan/sign-ups/<slug:code>/fewer/": Row(
        "/plan/sign-ups/{registration}/fewer/", IN, 404, 404, 404, 404, "keeper", "other_district", "post"
    ),
    "plan/sign-ups/<slug:code>/": Row(
        "/plan/sign-ups/{registration}/", IN, 404, 200, 404, 404, "keeper", "other_district"
    ),
    "plan/sign-ups/<slug:code>/note/": Row(
        "/plan/sign-ups/{registration}/note/", IN, 404, 302, 404, 404, "keeper", "other_district", "post"
    ),
    "plan/sign-ups/<slug:code>/move/": Row(
        "/plan/sign-ups/{registration}/move/", IN, 404, 422, 404, 404, "keeper", "other_district", "post"
    ),
    "plan/sign-ups/<slug:code>/up/": Row(
        "/plan/sign-ups/{registration}/up/", IN, 404, 422, 404, 404, "keeper", "other_district", "post"
    ),
    "plan/sign-ups/<slug:code>/accept/": Row(
        "/plan/sign-ups/{registration}/accept/", IN, 404, 422, 404, 404, "keeper", "other_district", "post"
    ),
    "plan/sign-ups/<slug:code>/cancel/": Row(
        "/plan/sign-ups/{registration}/cancel/",
        IN,
        404,
        302,
        404,
        404,
        "keeper",
        "other_district",
        "post",
        (("reason", "家长来电取消"),),
    ),
    # For families; circles
    "events/<slug:code>/sign-up/": Row("/events/{event}/sign-up/", IN, 200, 200, 200, 404),
    "circles/<slug:secret>/": Row("/circles/{circle_secret}/", 200, 200, 200, 200, 404),
    "me/circles/": own("/me/circles/"),
    "me/circles/<int:member_id>/leave/": mine("/me/circles/{own_circle}/leave/", 302, method="post"),
    "plan/circles/": staff("/plan/circles/", "keeper", "editor"),
    "plan/circles/add/": staff("/plan/circles/add/", "keeper", "editor"),
    **{
        f"plan/circles/<int:circle_id>/{part}": staff(
            f"/plan/circles/{{circle}}/{part}", "planner", "keeper", by_colleague=404, stranger=404
        )
        for part in ("", "edit/")
    },
    **{
        f"plan/circles/<int:circle_id>/{part}": staff(
            f"/plan/circles/{{circle}}/{part.replace('<int:member_id>', '{circle_member}')}",
            "planner",
            "keeper",
            status=status,
            by_colleague=404,
            stranger=404,
            method="post",
        )
        for part, status in (
            ("link/", 422),
            ("families/", 422),
            ("members/<int:member_id>/take-out/", 302),
            ("close/", 302),
        )
    },
    "me/sign-ups/": own("/me/sign-ups/"),
    "me/sign-ups/calendar/": own("/me/sign-ups/calendar/"),
    "feeds/<str:secret>.ics": public("/feeds/{feed}.ics", stranger=404),
    "me/sign-ups/<slug:code>/": mine("/me/sign-ups/{registration}/"),
    "me/sign-ups/<slug:code>/ticket/": mine("/me/sign-ups/{registration}/ticket/", 302),
    "me/sign-ups/<slug:code>/change/": mine("/me/sign-ups/{registration}/change/"),
    "me/sign-ups/<slug:code>/fetch/": mine("/me/sign-ups/{registration}/fetch/"),
    "me/sign-ups/<slug:code>/cancel/": mine("/me/sign-ups/{registration}/cancel/"),
    # The code alone opens it.
    "t/<str:typed>/": public("/t/{ticket}/", stranger=404),
    "t/<str:typed>/calendar.ics": public("/t/{ticket}/calendar.ics", stranger=404),
    "me/sign-ups/<slug:code>/answer/": mine("/me/sign-ups/{registration}/answer/", method="post"),
    "t/<str:typed>/picture.png": public("/t/{ticket}/picture.png", stranger=404),
}
