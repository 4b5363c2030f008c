"""Every address of the service, and how each kind of visitor is answered there.

A row reads: route, an address of it, and the answers to
    nobody (not signed in) · a reader · the owner (has the right, or owns the row) · a colleague (staff of the same
    network without that right, or of another district) · a stranger (the owner's like in another network, at their
    own host, asking for this network's row).
IN is a redirect to sign-in. `owner` and `colleague` name parts of the cast. What third parties bring below one prefix
(Wagtail) is one row each; tests/cms walks their inside.
"""

from dataclasses import dataclass

IN = "sign-in"


@dataclass(frozen=True)
class Row:
    address: str
    nobody: int | str = 200
    reader: int | str = 200
    owner: int | str = 200
    colleague: int | str = 200
    stranger: int | str = 200
    as_owner: str = "reader"
    as_colleague: str = "neighbour"
    method: str = "get"
    data: tuple[tuple[str, str], ...] = ()


def public(address: str, status: int = 200, *, stranger: int | None = None) -> Row:
    """The same to everybody; a stranger sees their own network's page."""
    return Row(address, status, status, status, status, stranger or status)


def own(address: str, status: int = 200, *, method: str = "get", without: int | None = None) -> Row:
    """Everybody's own page, once signed in; `without` a second factor it may answer differently."""
    bare = without or status
    return Row(address, IN, bare, status, bare, status, method=method)


def mine(address: str, status: int = 200, *, method: str = "get", others: int = 404, stranger: int = 404) -> Row:
    """A row of one person. To everybody else it is not there, or not theirs to see."""
    return Row(address, IN, others, status, others, stranger, method=method)


def staff(
    address: str,
    owner: str,
    colleague: str,
    *,
    status: int = 200,
    by_colleague: int = 403,
    stranger: int | None = None,
    method: str = "get",
    **data: str,
) -> Row:
    """Needs a right. A stranger with the same right in another network sees their own rows, or 404 for ours."""
    told = stranger or status
    return Row(address, IN, 403, status, by_colleague, told, owner, colleague, method, tuple(data.items()))


CONFIRM = 302  # first asked who they are once more

ROWS: dict[str, Row] = {
    # The frame
    "look/<int:hue>-<int:strength>-<slug:digest>.css": public("/look/15-17-0a1b2c3d.css"),
    "look/type/": public("/look/type/", 405),
    "look/language/": public("/look/language/", 405),
    "dev/gallery/": public("/dev/gallery/"),
    "dev/pages/<int:status>/": public("/dev/pages/404/", 404),
    # Texts and files of a network
    "privacy/<slug:kind>/": public("/privacy/children/"),
    "privacy/<slug:kind>/<int:version>/": public("/privacy/children/1/"),
    r"^(?P<name>[A-Za-z0-9_-]+\.txt)$": public("/MP_verify_a1.txt", stranger=404),
    r"^media/(?!documents/)(?P<path>(?:[\w-]+/)*\w[\w.-]*)$": public("/media/none.png", 404),
    # Venues, for everybody
    "venues/": public("/venues/"),
    "venues/near/": public("/venues/near/"),
    "venues/<slug:slug>/": public("/venues/{venue}/", stranger=404),
    "venues/<slug:slug>/sheet/": public("/venues/{venue}/sheet/", stranger=404),
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
    "me/inbox/": own("/me/inbox/"),
    "me/messages/": own("/me/messages/"),
    "unsubscribe/<str:token>/": public("/unsubscribe/{unsubscribe}/", stranger=404),
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
    # Venues: a keeper tends her own, the district its own, planners add them and close them for good
    "plan/table/": staff("/plan/table/", "keeper", "editor"),
    "plan/table/excel/": staff("/plan/table/excel/", "keeper", "editor"),
    "plan/table/pdf/": staff("/plan/table/pdf/", "keeper", "editor", method="post"),
    "plan/whole/": staff("/plan/whole/", "keeper", "editor"),
    "plan/whole/confirm/": staff("/plan/whole/confirm/", "planner", "district", status=422, method="post", code="NONE"),
    "plan/whole/excel/": staff("/plan/whole/excel/", "planner", "keeper", status=404, method="post", season="0"),
    "plan/whole/template/": staff("/plan/whole/template/", "planner", "district"),
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
    # The operator: no library has this role, so a library's administrator is the stranger
    "plan/operator/": staff("/plan/operator/", "operator", "reader", stranger=403),
    "plan/operator/open/": staff("/plan/operator/open/", "operator", "reader", stranger=403),
    "plan/operator/<slug:code>/": staff("/plan/operator/nanjing/", "operator", "reader", stranger=403),
    # Wagtail, one row each
    "cms/": Row("/cms/", IN, 403, 200, 403, 200, "editor", "planner"),
    "documents/": public("/documents/1/none.pdf", 404),
    "_util/login/": Row("/_util/login/", IN, IN, IN, IN, IN),
    "_util/authenticate_with_password/": public("/_util/authenticate_with_password/1/1/", 404),
    r"^((?:[\w\-]+/)*)$": public("/"),
    # Sessions, for everybody
    "events/": public("/events/"),
    "events/month/": public("/events/month/"),
    "events.ics": public("/events.ics"),
    "events/<slug:code>/": public("/events/{event}/", stranger=404),
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
    "me/sign-ups/<slug:code>/change/": mine("/me/sign-ups/{registration}/change/"),
    "me/sign-ups/<slug:code>/cancel/": mine("/me/sign-ups/{registration}/cancel/"),
    # The code alone opens it.
    "t/<str:typed>/": public("/t/{ticket}/", stranger=404),
    "t/<str:typed>/calendar.ics": public("/t/{ticket}/calendar.ics", stranger=404),
    "me/sign-ups/<slug:code>/answer/": mine("/me/sign-ups/{registration}/answer/", method="post"),
    "t/<str:typed>/picture.png": public("/t/{ticket}/picture.png", stranger=404),
    "sw.js": public("/sw.js"),
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
    "plan/day/": staff("/plan/day/", "keeper", "editor"),
    "plan/week/": staff("/plan/week/", "keeper", "editor"),
    "plan/venue-sets/": staff("/plan/venue-sets/", "planner", "district"),
    "plan/venue-sets/<int:set_id>/": staff(
        "/plan/venue-sets/{venue_set}/", "planner", "district", status=302, stranger=404, method="post", name="组"
    ),
}
