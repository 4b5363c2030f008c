"""Planning, and sessions for everybody."""

from tests.architecture.url_rows.row import Row, public, staff

ROWS: dict[str, Row] = {
    # The plan, for staff
    "plan/programmes/": staff("/plan/programmes/", "district", "editor"),
    "plan/programmes/add/": staff("/plan/programmes/add/", "planner", "district"),
    "plan/programmes/<int:programme_id>/": staff("/plan/programmes/{programme}/", "keeper", "editor", stranger=404),
    "plan/programmes/<int:programme_id>/edit/": staff(
        "/plan/programmes/{programme}/edit/", "planner", "district", stranger=404
    ),
    "plan/programmes/<int:programme_id>/money/": staff(
        "/plan/programmes/{programme}/money/", "planner", "district", stranger=404
    ),
    "plan/programmes/<int:programme_id>/venues/": staff(
        "/plan/programmes/{programme}/venues/", "planner", "district", stranger=404
    ),
    "plan/programmes/<int:programme_id>/units/": staff(
        "/plan/programmes/{programme}/units/", "planner", "district", stranger=404
    ),
    "plan/programmes/<int:programme_id>/activities/add/": staff(
        "/plan/programmes/{programme}/activities/add/", "planner", "district", stranger=404
    ),
    "plan/programmes/<int:programme_id>/drop/": staff(
        "/plan/programmes/{programme}/drop/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/programmes/<int:programme_id>/take-up/": staff(
        "/plan/programmes/{programme}/take-up/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/activities/<int:activity_id>/": staff("/plan/activities/{activity}/", "keeper", "editor", stranger=404),
    "plan/activities/<int:activity_id>/edit/<slug:part>/": staff(
        "/plan/activities/{activity}/edit/length/", "planner", "district", stranger=404
    ),
    "plan/activities/<int:activity_id>/copy/": staff(
        "/plan/activities/{activity}/copy/", "planner", "district", stranger=404
    ),
    "plan/activities/<int:activity_id>/units/": staff(
        "/plan/activities/{activity}/units/", "planner", "district", stranger=404
    ),
    "plan/activities/<int:activity_id>/pictures/": staff(
        "/plan/activities/{activity}/pictures/", "planner", "district", stranger=404
    ),
    "plan/activities/<int:activity_id>/books/": staff(
        "/plan/activities/{activity}/books/", "planner", "district", stranger=404
    ),
    "plan/activities/<int:activity_id>/drop/": staff(
        "/plan/activities/{activity}/drop/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/activities/<int:activity_id>/take-up/": staff(
        "/plan/activities/{activity}/take-up/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/activities/<int:activity_id>/books/change/": staff(
        "/plan/activities/{activity}/books/change/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/activities/<int:activity_id>/pictures/<int:picture_id>/": staff(
        "/plan/activities/{activity}/pictures/{activity_picture}/", "planner", "district", stranger=404
    ),
    "plan/activities/<int:activity_id>/pictures/<int:picture_id>/change/": staff(
        "/plan/activities/{activity}/pictures/{activity_picture}/change/",
        "planner",
        "district",
        status=302,
        stranger=404,
        method="post",
    ),
    "plan/fees/": staff("/plan/fees/?from=2026-11-01", "planner", "district"),
    "plan/fees/<int:engagement_id>/agree/": staff(
        "/plan/fees/{engagement}/agree/", "planner", "district", status=302, stranger=404, method="post", reason="300"
    ),
    # Directories of planners
    "plan/books/": staff("/plan/books/", "district", "editor"),
    "plan/books/add/": staff("/plan/books/add/", "planner", "district"),
    "plan/books/import/": staff("/plan/books/import/", "planner", "district"),
    "plan/books/import/template/": staff("/plan/books/import/template/", "planner", "district"),
    "plan/books/import/confirm/": staff(
        "/plan/books/import/confirm/", "planner", "district", status=302, method="post", code="NONE"
    ),
    "plan/books/lists/": staff("/plan/books/lists/", "district", "editor"),
    "plan/books/lists/<int:list_id>/": staff("/plan/books/lists/{book_list}/", "planner", "district", stranger=404),
    "plan/books/lists/<int:list_id>/change/": staff(
        "/plan/books/lists/{book_list}/change/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/books/<int:book_id>/": staff("/plan/books/{book}/", "district", "editor", stranger=404),
    "plan/books/<int:book_id>/cover/": staff(
        "/plan/books/{book}/cover/", "planner", "district", status=302, stranger=404, method="post", do="remove"
    ),
    "plan/units/": staff("/plan/units/", "district", "editor"),
    "plan/units/add/": staff("/plan/units/add/", "planner", "district"),
    "plan/units/<int:unit_id>/": staff("/plan/units/{unit}/", "district", "editor", stranger=404),
    "plan/units/<int:unit_id>/close/": staff(
        "/plan/units/{unit}/close/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/units/<int:unit_id>/again/": staff(
        "/plan/units/{unit}/again/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/safety-notices/": staff("/plan/safety-notices/", "district", "editor"),
    "plan/safety-notices/add/": staff("/plan/safety-notices/add/", "planner", "district"),
    "plan/safety-notices/<int:notice_id>/": staff("/plan/safety-notices/{notice}/", "district", "editor", stranger=404),
    "plan/safety-notices/<int:notice_id>/edit/": staff(
        "/plan/safety-notices/{notice}/edit/", "planner", "district", stranger=404
    ),
    "plan/safety-notices/<int:notice_id>/close/": staff(
        "/plan/safety-notices/{notice}/close/", "planner", "district", status=302, stranger=404, method="post"
    ),
    # The table of a month or a year
    "plan/table/": staff("/plan/table/", "keeper", "editor"),
    "plan/table/excel/": staff("/plan/table/excel/", "keeper", "editor"),
    "plan/table/pdf/": staff("/plan/table/pdf/", "keeper", "editor", method="post"),
    "plan/whole/": staff("/plan/whole/", "keeper", "editor"),
    "plan/whole/confirm/": staff("/plan/whole/confirm/", "planner", "district", status=422, method="post", code="NONE"),
    "plan/whole/excel/": staff("/plan/whole/excel/", "planner", "keeper", status=404, method="post", season="0"),
    "plan/whole/template/": staff("/plan/whole/template/", "planner", "district"),
    # Planning: brands, seasons, days of note
    "plan/brands/": staff("/plan/brands/", "keeper", "editor"),
    "plan/brands/add/": staff("/plan/brands/add/", "planner", "district"),
    "plan/brands/<int:brand_id>/": staff("/plan/brands/{brand}/", "planner", "district", stranger=404),
    "plan/brands/<int:brand_id>/move/": staff(
        "/plan/brands/{brand}/move/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/brands/<int:brand_id>/close/": staff(
        "/plan/brands/{brand}/close/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/brands/<int:brand_id>/again/": staff(
        "/plan/brands/{brand}/again/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/seasons/": staff("/plan/seasons/", "keeper", "editor"),
    "plan/seasons/add/": staff("/plan/seasons/add/", "planner", "district"),
    "plan/seasons/<int:year>/": staff("/plan/seasons/{season}/", "keeper", "editor", stranger=404),
    "plan/seasons/<int:year>/change/": staff("/plan/seasons/{season}/change/", "planner", "district", stranger=404),
    "plan/seasons/<int:year>/close/": staff(
        "/plan/seasons/{season}/close/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/seasons/<int:year>/take-over/": staff(
        "/plan/seasons/{season}/take-over/", "planner", "district", stranger=404
    ),
    "plan/seasons/<int:year>/again/": staff(
        "/plan/seasons/{season}/again/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/observances/": staff("/plan/observances/", "keeper", "editor"),
    "plan/observances/add/": staff("/plan/observances/add/", "planner", "district"),
    "plan/observances/<int:observance_id>/": staff(
        "/plan/observances/{observance}/", "planner", "district", stranger=404
    ),
    "plan/observances/<int:observance_id>/remove/": staff(
        "/plan/observances/{observance}/remove/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/observances/<int:observance_id>/restore/": staff(
        "/plan/observances/{observance}/restore/", "planner", "district", status=302, stranger=404, method="post"
    ),
    # Planning, when and where
    "plan/sessions/": staff("/plan/sessions/", "keeper", "editor"),
    "plan/sessions/publish/": staff("/plan/sessions/publish/", "planner", "district", status=302, method="post"),
    "plan/sessions/call-off/": staff("/plan/sessions/call-off/", "planner", "district", status=302, method="post"),
    "plan/activities/<int:activity_id>/sessions/add/": staff(
        "/plan/activities/{activity}/sessions/add/", "planner", "district", stranger=404
    ),
    "plan/sessions/<slug:code>/": staff("/plan/sessions/{plan}/", "keeper", "other_district", stranger=404),
    "plan/sessions/<slug:code>/edit/": staff("/plan/sessions/{plan}/edit/", "keeper", "other_district", stranger=404),
    "plan/sessions/<slug:code>/publish/": staff(
        "/plan/sessions/{plan}/publish/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/sessions/<slug:code>/call-off/": staff(
        "/plan/sessions/{plan}/call-off/", "planner", "district", stranger=404
    ),
    "plan/sessions/<slug:code>/restore/": staff(
        "/plan/sessions/{plan}/restore/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/sessions/<slug:code>/delete/": staff(
        "/plan/sessions/{plan}/delete/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/sessions/<slug:code>/inherit/": staff(
        "/plan/sessions/{plan}/inherit/",
        "keeper",
        "other_district",
        status=302,
        stranger=404,
        method="post",
        field="title",
    ),
    # Planning, who leads
    "plan/hosts/": staff("/plan/hosts/", "keeper", "editor"),
    "plan/hosts/add/": staff("/plan/hosts/add/", "planner", "district"),
    "plan/hosts/<int:host_id>/": staff("/plan/hosts/{host}/", "keeper", "editor", stranger=404),
    "plan/hosts/<int:host_id>/edit/": staff("/plan/hosts/{host}/edit/", "planner", "district", stranger=404),
    "plan/hosts/<int:host_id>/close/": staff(
        "/plan/hosts/{host}/close/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/hosts/<int:host_id>/reopen/": staff(
        "/plan/hosts/{host}/reopen/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/hosts/<int:host_id>/link/": staff(
        "/plan/hosts/{host}/link/", "planner", "district", status=422, stranger=404, method="post"
    ),
    "plan/hosts/<int:host_id>/unlink/": staff(
        "/plan/hosts/{host}/unlink/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/hosts/<int:host_id>/away/": staff(
        "/plan/hosts/{host}/away/", "planner", "district", status=422, stranger=404, method="post"
    ),
    "plan/hosts/<int:host_id>/back/": staff(
        "/plan/hosts/{host}/back/",
        "planner",
        "district",
        status=302,
        stranger=404,
        method="post",
        absence="{absence}",
    ),
    # Sessions, for everybody
    "events/": public("/events/"),
    "events/week/": public("/events/week/"),
    "events/month/": public("/events/month/"),
    "events/past/": public("/events/past/"),
    "events.ics": public("/events.ics"),
    "events/<slug:code>/": public("/events/{event}/", stranger=404),
    "events/<slug:code>/picture-<slug:version>.png": public("/events/{event}/picture-0.png", 302, stranger=404),
    "events/<slug:code>/event.ics": public("/events/{event}/event.ics", stranger=404),
    "venues/<slug:slug>/events.ics": public("/venues/{venue}/events.ics", stranger=404),
    # Planning, over many spaces
    "plan/activities/<int:activity_id>/roll-out/": staff(
        "/plan/activities/{activity}/roll-out/", "planner", "district", stranger=404
    ),
    "plan/roll-outs/": staff("/plan/roll-outs/", "planner", "district"),
    "plan/roll-outs/<int:rollout_id>/": staff("/plan/roll-outs/{rollout}/", "planner", "district", stranger=404),
    "plan/roll-outs/<int:rollout_id>/undo/": staff(
        "/plan/roll-outs/{rollout}/undo/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/roll-outs/<int:rollout_id>/publish/": staff(
        "/plan/roll-outs/{rollout}/publish/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/sessions/change/": staff("/plan/sessions/change/?rollout={rollout}", "planner", "district", stranger=404),
    "plan/today/": staff("/plan/today/", "keeper", "district"),
    "plan/today/add/": staff("/plan/today/add/", "keeper", "district"),
    "plan/today/group/<slug:slug>/": staff("/plan/today/group/{venue}/", "keeper", "other_district", stranger=404),
    "plan/sessions/<slug:code>/group/": staff("/plan/sessions/{event}/group/", "keeper", "district", stranger=404),
    "plan/sessions/<slug:code>/group/picture/": staff(
        "/plan/sessions/{event}/group/picture/", "keeper", "district", stranger=404
    ),
    "plan/day/": staff("/plan/day/", "keeper", "editor"),
    "plan/week/": staff("/plan/week/", "keeper", "editor"),
    "plan/venue-sets/": staff("/plan/venue-sets/", "planner", "district"),
    "plan/venue-sets/<int:set_id>/": staff(
        "/plan/venue-sets/{venue_set}/", "planner", "district", status=302, stranger=404, method="post", name="组"
    ),
}
