"""Messages."""

from tests.architecture.url_rows.row import IN, Row, own, public, staff

ROWS: dict[str, Row] = {
    # One's own
    "me/inbox/": own("/me/inbox/"),
    "me/messages/": own("/me/messages/"),
    "unsubscribe/<str:token>/": public("/unsubscribe/{unsubscribe}/", stranger=404),
    # Staff
    "plan/deliveries/": staff("/plan/deliveries/", "admin", "planner"),
    "plan/spending/": staff("/plan/spending/", "admin", "planner"),
    "plan/letters/": staff("/plan/letters/", "planner", "keeper", by_colleague=200),
    "plan/letters/new/<message_kind:audience>/<slug:subject>/": Row(
        "/plan/letters/new/signup.session/{event}/", IN, 404, 200, 404, 404, "planner", "other_district"
    ),
    "plan/letters/<slug:code>/": Row("/plan/letters/{letter}/", IN, 404, 200, 404, 404, "planner", "other_district"),
    "plan/letters/<slug:code>/withdraw/": Row(
        "/plan/letters/{letter}/withdraw/", IN, 404, 302, 404, 404, "planner", "other_district", "post"
    ),
    "plan/messages/": staff("/plan/messages/", "admin", "planner"),
    "plan/messages/<message_kind:key>/": staff("/plan/messages/people.member_left/", "admin", "planner"),
    "plan/messages/<message_kind:key>/standard/": staff(
        "/plan/messages/people.member_left/standard/", "admin", "planner", status=302, method="post"
    ),
    "plan/deliveries/<int:delivery_id>/again/": staff(
        "/plan/deliveries/{delivery}/again/", "admin", "planner", status=302, stranger=404, method="post"
    ),
}
