"""Signing in, one's own pages, families, staff."""

from tests.architecture.url_rows.row import CONFIRM, IN, Row, mine, own, public, staff

ROWS: dict[str, Row] = {
    # Signing in
    "sign-in/": Row("/sign-in/", 200, 302, 302, 302, 302),
    "sign-in/code/": public("/sign-in/code/", 302),
    "sign-in/code/again/": Row("/sign-in/code/again/", 302, 302, 302, 302, 302, method="post"),
    "sign-in/number/": public("/sign-in/number/", 302),
    "sign-in/inactive/": public("/sign-in/inactive/", 403),
    "sign-in/second-factor/": public("/sign-in/second-factor/", 302),
    "sign-in/passkey/": public("/sign-in/passkey/", 302),
    "sign-out/": public("/sign-out/"),
    # One's own pages; a reader and a colleague of this table have no second factor of their own
    "me/": own("/me/"),
    "me/name/": own("/me/name/"),
    "me/phone/": own("/me/phone/"),
    "me/phone/code/": own("/me/phone/code/", 302),
    "me/confirm/": own("/me/confirm/", CONFIRM, without=403),
    "me/confirm/number/": own("/me/confirm/number/"),
    "me/confirm/number/code/": own("/me/confirm/number/code/", 302),
    "me/confirm/code/": own("/me/confirm/code/", CONFIRM, without=403),
    "me/confirm/passkey/": own("/me/confirm/passkey/", without=403),
    "me/this-device/": own("/me/this-device/"),
    "me/devices/": own("/me/devices/"),
    "me/devices/others/end/": own("/me/devices/others/end/", 302, method="post"),
    "me/devices/<int:session_id>/end/": mine("/me/devices/{session}/end/", 302, method="post"),
    "me/second-factor/": own("/me/second-factor/"),
    "me/second-factor/needed/": own("/me/second-factor/needed/", 302, without=200),
    "me/second-factor/app/": own("/me/second-factor/app/", CONFIRM, without=200),
    "me/second-factor/app/off/": own("/me/second-factor/app/off/", 404),
    "me/second-factor/codes/": own("/me/second-factor/codes/", 404),
    "me/second-factor/codes/new/": own("/me/second-factor/codes/new/", CONFIRM, without=200),
    "me/second-factor/passkeys/": own("/me/second-factor/passkeys/"),
    "me/second-factor/passkeys/new/": own("/me/second-factor/passkeys/new/", CONFIRM, without=200),
    "me/second-factor/passkeys/<int:pk>/": mine("/me/second-factor/passkeys/{passkey}/", CONFIRM, stranger=CONFIRM),
    "me/second-factor/passkeys/<int:pk>/remove/": mine(
        "/me/second-factor/passkeys/{passkey}/remove/", CONFIRM, stranger=CONFIRM
    ),
    # A family
    "me/reader-number/": own("/me/reader-number/"),
    "me/family/": own("/me/family/", 302),
    "me/family/new/": own("/me/family/new/"),
    "me/family/<household:code>/": mine("/me/family/{household}/"),
    "me/family/<household:code>/district/": mine("/me/family/{household}/district/"),
    "me/family/<household:code>/leave/": mine("/me/family/{household}/leave/"),
    "me/family/<household:code>/invite/": mine("/me/family/{household}/invite/"),
    "me/family/<household:code>/invite/<int:link_id>/withdraw/": mine(
        "/me/family/{household}/invite/{link}/withdraw/", 302, method="post"
    ),
    "me/family/<household:code>/members/<int:member_id>/": mine("/me/family/{household}/members/{member}/"),
    "me/family/<household:code>/members/<int:member_id>/role/": mine(
        "/me/family/{household}/members/{member}/role/", 404, method="post"
    ),
    "me/family/<household:code>/members/<int:member_id>/remove/": mine(
        "/me/family/{household}/members/{member}/remove/", 302, method="post"
    ),
    "me/family/<household:code>/children/new/": mine("/me/family/{household}/children/new/"),
    "me/family/<household:code>/children/<slug:child_code>/": mine("/me/family/{household}/children/{child}/"),
    "me/family/<household:code>/children/<slug:child_code>/reader-number/": mine(
        "/me/family/{household}/children/{child}/reader-number/"
    ),
    "me/family/<household:code>/children/<slug:child_code>/login/": mine(
        "/me/family/{household}/children/{child}/login/"
    ),
    "me/family/<household:code>/children/<slug:child_code>/login/end/": mine(
        "/me/family/{household}/children/{child}/login/end/", 302, method="post"
    ),
    "me/family/consents/": own("/me/family/consents/"),
    "me/family/<household:code>/consents/<slug:child_code>/<str:purpose>/": mine(
        "/me/family/{household}/consents/{child}/people.child_data/"
    ),
    "me/family/<household:code>/erase/": mine("/me/family/{household}/erase/"),
    "me/family/<household:code>/children/<slug:child_code>/erase/": mine(
        "/me/family/{household}/children/{child}/erase/"
    ),
    # What is known of oneself
    "me/privacy/": own("/me/privacy/"),
    "me/privacy/copies/new/": own("/me/privacy/copies/new/", 302, method="post"),
    "me/privacy/copies/<slug:code>/": mine("/me/privacy/copies/{copy}/"),
    "me/privacy/copies/<slug:code>/file/": mine("/me/privacy/copies/{copy}/file/", 404),
    "me/privacy/erase/": own("/me/privacy/erase/"),
    "me/privacy/erase/account/": own("/me/privacy/erase/account/"),
    "plan/privacy/": staff("/plan/privacy/", "admin", "planner"),
    "plan/privacy/run/": staff("/plan/privacy/run/", "admin", "planner", status=302, method="post"),
    "plan/privacy/register.<slug:kind>": staff("/plan/privacy/register.csv", "admin", "planner"),
    "plan/privacy/<str:key>/": staff("/plan/privacy/people.children/", "admin", "planner"),
    "family/join/<slug:secret>/": Row("/family/join/{secret}/", 200, 200, 422, 200, 404),
    # Staff
    "plan/": staff("/plan/", "planner", "keeper", by_colleague=200),
    "plan/search/": staff("/plan/search/?q=1", "planner", "keeper", by_colleague=200),
    "plan/help/": staff("/plan/help/", "planner", "keeper", by_colleague=200),
    "plan/area/": staff("/plan/area/", "planner", "keeper", status=302, by_colleague=302, method="post"),
    "plan/devices/": staff("/plan/devices/", "district", "editor"),
    "plan/devices/<int:device_id>/": staff(
        "/plan/devices/{device}/",
        "district",
        "other_district",
        status=302,
        by_colleague=404,
        stranger=404,
        method="post",
        answer="confirm",
    ),
    "plan/facts/": staff("/plan/facts/", "admin", "planner"),
    "plan/facts/again/": staff("/plan/facts/again/", "admin", "planner", status=302, method="post"),
    "plan/facts/<int:fact_id>/again/": staff(
        "/plan/facts/{fact}/again/", "admin", "planner", status=302, stranger=404, method="post"
    ),
    "plan/facts/<int:fact_id>/drop/": staff(
        "/plan/facts/{fact}/drop/", "admin", "planner", status=302, stranger=404, method="post", reason="重复"
    ),
    # Anybody follows the long work they asked for
    "plan/jobs/": own("/plan/jobs/"),
    "plan/jobs/<slug:code>/": mine("/plan/jobs/{job}/", others=403),
    "plan/jobs/<slug:code>/file/": mine("/plan/jobs/{job}/file/", 404, others=403),
    "plan/jobs/<slug:code>/stop/": mine("/plan/jobs/{job}/stop/", 422, method="post", others=403),
    "plan/jobs/<slug:code>/again/": mine("/plan/jobs/{job}/again/", 302, method="post", others=403),
    # Staff: a district sees its own keepers, and gives no role but theirs
    "me/appointments/": own("/me/appointments/"),
    "me/appointments/<int:offer_id>/": Row(
        "/me/appointments/{offer}/", IN, 404, 302, 404, 404, method="post", data=(("answer", "decline"),)
    ),
    "plan/staff/": staff("/plan/staff/", "district", "editor"),
    "plan/staff/invite/": staff("/plan/staff/invite/", "district", "editor"),
    "plan/staff/import/": staff("/plan/staff/import/", "district", "editor"),
    "plan/staff/import/confirm/": staff(
        "/plan/staff/import/confirm/", "district", "editor", status=302, method="post", code="NONE"
    ),
    "plan/staff/import/template/": staff("/plan/staff/import/template/", "district", "editor"),
    "plan/staff/<int:person_id>/": staff(
        "/plan/staff/{keeper}/", "district", "other_district", by_colleague=404, stranger=404
    ),
    "plan/staff/<int:person_id>/give/": staff(
        "/plan/staff/{keeper}/give/",
        "district",
        "other_district",
        status=422,
        by_colleague=404,
        stranger=404,
        method="post",
    ),
    "plan/staff/<int:person_id>/leave/": staff(
        "/plan/staff/{keeper}/leave/", "district", "other_district", by_colleague=404, stranger=404
    ),
    "plan/staff/roles/<int:grant_id>/end/": staff(
        "/plan/staff/roles/{grant}/end/",
        "district",
        "other_district",
        status=302,
        by_colleague=404,
        stranger=404,
        method="post",
    ),
    "plan/staff/invitations/<int:offer_id>/": staff(
        "/plan/staff/invitations/{offer}/",
        "district",
        "other_district",
        status=302,
        by_colleague=404,
        stranger=404,
        method="post",
        do="withdraw",
    ),
    "plan/areas/": staff("/plan/areas/", "district", "editor"),
    "plan/areas/map/": staff("/plan/areas/map/", "planner", "district"),
    "plan/areas/<int:area_id>/": staff(
        "/plan/areas/{area}/", "district", "other_district", by_colleague=404, stranger=404
    ),
    "plan/areas/<int:area_id>/add/": staff(
        "/plan/areas/{area}/add/",
        "district",
        "other_district",
        status=422,
        by_colleague=404,
        stranger=404,
        method="post",
    ),
    "plan/areas/<int:area_id>/move/": staff(
        "/plan/areas/{area}/move/", "planner", "district", status=422, stranger=404, method="post"
    ),
    "plan/areas/<int:area_id>/state/": staff(
        "/plan/areas/{area}/state/", "planner", "district", status=302, stranger=404, method="post", state="close"
    ),
    "plan/journal/": staff("/plan/journal/", "admin", "planner"),
    "plan/settings/rules/": staff("/plan/settings/rules/", "admin", "planner"),
    # Lists taken out: the owner made one
    "plan/exports/": staff("/plan/exports/", "planner", "keeper"),
    "plan/exports/new/": staff("/plan/exports/new/?list=people.staff", "planner", "keeper"),
    "plan/exports/<slug:code>/": staff("/plan/exports/{export}/", "planner", "district", stranger=404),
    "plan/exports/<slug:code>/remove/": staff(
        "/plan/exports/{export}/remove/", "planner", "district", status=302, stranger=404, method="post"
    ),
    "plan/families/": staff("/plan/families/", "district", "keeper"),
    "plan/families/pairs/": staff("/plan/families/pairs/", "planner", "district"),
    "plan/families/pairs/<int:pair_id>/": staff("/plan/families/pairs/{pair}/", "planner", "district", stranger=404),
    "plan/families/<household:code>/": staff("/plan/families/{household}/", "district", "keeper", stranger=404),
    "plan/families/<household:code>/children/<slug:child_code>/": staff(
        "/plan/families/{household}/children/{child}/", "planner", "district", status=302, stranger=404
    ),
    "plan/families/<household:code>/numbers/<int:number_id>/": staff(
        "/plan/families/{household}/numbers/{number}/",
        "district",
        "keeper",
        status=302,
        stranger=404,
        method="post",
    ),
    "plan/families/<household:code>/members/<int:member_id>/": staff(
        "/plan/families/{household}/members/{member}/",
        "planner",
        "district",
        status=302,
        stranger=404,
        method="post",
    ),
    "plan/numbers/": staff("/plan/numbers/", "admin", "planner"),
    "plan/numbers/<int:former_id>/": staff(
        "/plan/numbers/{former}/", "admin", "planner", status=302, stranger=404, method="post", reason="本人到馆"
    ),
    "plan/settings/": staff("/plan/settings/", "admin", "planner"),
    "plan/settings/check-files/": staff("/plan/settings/check-files/", "admin", "planner", status=422, method="post"),
    "plan/settings/privacy/<slug:kind>/": staff("/plan/settings/privacy/children/", "admin", "planner"),
    "plan/settings/privacy/<slug:kind>/draft/": staff("/plan/settings/privacy/terms/draft/", "admin", "planner"),
    "plan/settings/privacy/<slug:kind>/publish/": staff(
        "/plan/settings/privacy/terms/publish/", "admin", "planner", status=302, method="post"
    ),
    # The operator: no library has this role, so a library's administrator is the stranger
    "plan/operator/": staff("/plan/operator/", "operator", "reader", stranger=403),
    "plan/operator/open/": staff("/plan/operator/open/", "operator", "reader", stranger=403),
    "plan/operator/<slug:code>/": staff("/plan/operator/nanjing/", "operator", "reader", stranger=403),
}
