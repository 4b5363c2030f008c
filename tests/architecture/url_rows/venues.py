"""Venues."""

from tests.architecture.url_rows.row import Row, public, staff

ROWS: dict[str, Row] = {
    # Venues, for everybody
    "venues/": public("/venues/"),
    "venues/near/": public("/venues/near/"),
    "venues/<slug:slug>/": public("/venues/{venue}/", stranger=404),
    "venues/<slug:slug>/picture-<slug:version>.png": public("/venues/{venue}/picture-0.png", 302, stranger=404),
    "venues/<slug:slug>/sheet/": public("/venues/{venue}/sheet/", stranger=404),
    # Venues: a keeper tends her own, the district its own, planners add them and close them for good
    "plan/venues/": staff("/plan/venues/", "district", "editor"),
    "plan/venues/add/": staff("/plan/venues/add/", "planner", "keeper"),
    "plan/venues/import/": staff("/plan/venues/import/", "planner", "keeper"),
    "plan/venues/import/template/": staff("/plan/venues/import/template/", "planner", "keeper"),
    "plan/venues/import/confirm/": staff(
        "/plan/venues/import/confirm/", "planner", "keeper", status=422, method="post", code="NONE"
    ),
    "plan/venues/<slug:slug>/": staff("/plan/venues/{venue}/", "keeper", "other_district", stranger=404),
    "plan/venues/<slug:slug>/details/": staff(
        "/plan/venues/{venue}/details/", "district", "other_district", stranger=404
    ),
    "plan/venues/<slug:slug>/hours/": staff("/plan/venues/{venue}/hours/", "keeper", "other_district", stranger=404),
    "plan/venues/<slug:slug>/close/": staff("/plan/venues/{venue}/close/", "district", "keeper", stranger=404),
    "plan/venues/<slug:slug>/open-again/": staff(
        "/plan/venues/{venue}/open-again/", "district", "keeper", status=302, stranger=404, method="post"
    ),
    "plan/venues/<slug:slug>/rooms/add/": staff(
        "/plan/venues/{venue}/rooms/add/", "keeper", "other_district", stranger=404
    ),
    "plan/venues/<slug:slug>/rooms/<int:room_id>/": staff(
        "/plan/venues/{venue}/rooms/{room}/", "keeper", "other_district", stranger=404
    ),
    "plan/venues/<slug:slug>/rooms/<int:room_id>/close/": staff(
        "/plan/venues/{venue}/rooms/{room}/close/",
        "keeper",
        "other_district",
        status=302,
        stranger=404,
        method="post",
    ),
    "plan/venues/<slug:slug>/rooms/<int:room_id>/again/": staff(
        "/plan/venues/{venue}/rooms/{room}/again/",
        "keeper",
        "other_district",
        status=302,
        stranger=404,
        method="post",
    ),
    "plan/venues/<slug:slug>/pictures/": staff(
        "/plan/venues/{venue}/pictures/", "keeper", "other_district", stranger=404
    ),
    "plan/venues/<slug:slug>/pictures/<int:picture_id>/": staff(
        "/plan/venues/{venue}/pictures/{picture}/", "keeper", "other_district", stranger=404
    ),
    "plan/venues/<slug:slug>/pictures/<int:picture_id>/forward/": staff(
        "/plan/venues/{venue}/pictures/{picture}/forward/",
        "keeper",
        "other_district",
        status=302,
        stranger=404,
        method="post",
    ),
    "plan/venues/<slug:slug>/pictures/<int:picture_id>/remove/": staff(
        "/plan/venues/{venue}/pictures/{picture}/remove/",
        "keeper",
        "other_district",
        status=302,
        stranger=404,
        method="post",
    ),
    "plan/venues/<slug:slug>/pictures/<int:picture_id>/back/": staff(
        "/plan/venues/{venue}/pictures/{picture}/back/",
        "keeper",
        "other_district",
        status=302,
        stranger=404,
        method="post",
    ),
    "plan/closures/": staff("/plan/closures/", "keeper", "editor"),
    "plan/closures/add/": staff("/plan/closures/add/?venue={venue}", "keeper", "other_district", stranger=404),
    "plan/closures/many/": staff("/plan/closures/many/", "keeper", "editor", status=302, method="post"),
    "plan/closures/withdraw/": staff(
        "/plan/closures/withdraw/",
        "keeper",
        "other_district",
        status=302,
        stranger=404,
        method="post",
        closures="{closure}",
    ),
    "plan/closures/restore/": staff(
        "/plan/closures/restore/",
        "keeper",
        "other_district",
        status=302,
        stranger=404,
        method="post",
        closures="{closure}",
    ),
    "plan/closures/end/": staff(
        "/plan/closures/end/",
        "keeper",
        "other_district",
        status=302,
        stranger=404,
        method="post",
        closures="{closure}",
    ),
    "plan/calendar/": staff("/plan/calendar/", "keeper", "editor"),
    "plan/calendar/remove/": staff(
        "/plan/calendar/remove/", "planner", "district", status=302, method="post", days="2026-10-01"
    ),
    "plan/calendar/restore/": staff(
        "/plan/calendar/restore/", "planner", "district", status=302, method="post", days="2026-10-01"
    ),
}
