from django.urls import path, register_converter

from kit import ids
from people.views import (
    appointments,
    areas,
    children,
    exports,
    facts,
    families,
    family,
    jobs,
    joining,
    journal,
    keepers,
    me,
    number,
    numbers,
    operator,
    pairs,
    plan,
    proof,
    rules,
    settings,
    sign_in,
    workplace,
)
from people.views.staff import importing, leaving, listing, person

app_name = "people"


class HouseholdCode:
    """Tells a household's address from the other words below /me/family/."""

    regex = f"[{ids.ALPHABET}]{{10}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(HouseholdCode, "household")

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.code, name="sign-in-code"),
    path("sign-in/code/again/", sign_in.send_again, name="sign-in-again"),
    path("sign-in/number/", sign_in.long_silent, name="long-silent"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("me/", me.me, name="me"),
    path("me/name/", me.name, name="name"),
    path("me/phone/", number.number, name="number"),
    path("me/phone/code/", number.number_code, name="number-code"),
    path("me/confirm/number/", proof.prove, name="prove"),
    path("me/confirm/number/code/", proof.prove_code, name="prove-code"),
    path("me/devices/", me.devices, name="devices"),
    path("me/devices/others/end/", me.end_others, name="devices-end-others"),
    path("me/devices/<int:session_id>/end/", me.end_session, name="device-end"),
    path("me/this-device/", me.this_device, name="this-device"),
    path("me/second-factor/needed/", me.second_factor_needed, name="second-factor-needed"),
    path("me/reader-number/", children.own_reader_number, name="own-reader-number"),
    path("me/family/", family.family, name="family"),
    path("me/family/new/", family.begin, name="family-new"),
    path("me/family/<household:code>/", family.household, name="household"),
    path("me/family/<household:code>/district/", family.district, name="family-district"),
    path("me/family/<household:code>/leave/", family.leave, name="family-leave"),
    path("me/family/<household:code>/invite/", joining.invite, name="invite"),
    path("me/family/<household:code>/invite/<int:link_id>/withdraw/", joining.withdraw, name="invite-withdraw"),
    path("me/family/<household:code>/members/<int:member_id>/", family.member, name="family-member"),
    path("me/family/<household:code>/members/<int:member_id>/role/", family.member_role, name="family-member-role"),
    path(
        "me/family/<household:code>/members/<int:member_id>/remove/", family.member_remove, name="family-member-remove"
    ),
    path("me/family/<household:code>/children/new/", children.add, name="child-new"),
    path("me/family/<household:code>/children/<slug:child_code>/", children.change, name="child"),
    path(
        "me/family/<household:code>/children/<slug:child_code>/reader-number/",
        children.reader_number,
        name="child-reader-number",
    ),
    path("me/family/<household:code>/children/<slug:child_code>/login/", children.own_login, name="child-login"),
    path(
        "me/family/<household:code>/children/<slug:child_code>/login/end/",
        children.own_login_end,
        name="child-login-end",
    ),
    path("family/join/<slug:secret>/", joining.join, name="join"),
    path("plan/families/", families.families, name="families"),
    path("plan/families/pairs/", pairs.pair_list, name="pairs"),
    path("plan/families/pairs/<int:pair_id>/", pairs.pair, name="pair"),
    path("plan/families/<household:code>/", families.record, name="family-record"),
    path("plan/families/<household:code>/children/<slug:child_code>/", families.mend, name="family-mend"),
    path("plan/families/<household:code>/numbers/<int:number_id>/", families.check_number, name="family-number"),
    path("plan/families/<household:code>/members/<int:member_id>/", families.dismiss, name="family-dismiss"),
    path("plan/numbers/", numbers.numbers, name="former-numbers"),
    path("plan/numbers/<int:former_id>/", numbers.give_back, name="former-number-give-back"),
    path("plan/devices/", keepers.keepers, name="keepers-devices"),
    path("plan/devices/<int:device_id>/", keepers.answer_keeper, name="keepers-device"),
    path("plan/", plan.plan, name="plan"),
    path("plan/search/", workplace.search, name="search"),
    path("plan/help/", workplace.help_page, name="help"),
    path("plan/area/", workplace.area, name="area"),
    path("plan/facts/", facts.set_aside, name="facts"),
    path("plan/facts/again/", facts.send_all_again, name="facts-again"),
    path("plan/facts/<int:fact_id>/again/", facts.send_again, name="fact-again"),
    path("plan/facts/<int:fact_id>/drop/", facts.drop, name="fact-drop"),
    path("plan/jobs/", jobs.jobs, name="jobs"),
    path("plan/jobs/<slug:code>/", jobs.job, name="job"),
    path("plan/jobs/<slug:code>/file/", jobs.result, name="job-file"),
    path("plan/jobs/<slug:code>/stop/", jobs.cancel, name="job-stop"),
    path("plan/jobs/<slug:code>/again/", jobs.repeat, name="job-again"),
    path("me/appointments/", appointments.appointments, name="appointments"),
    path("me/appointments/<int:offer_id>/", appointments.answer, name="appointment"),
    path("plan/staff/", listing.listing, name="staff"),
    path("plan/staff/invite/", person.appoint, name="appoint"),
    path("plan/staff/import/", importing.staff_import, name="staff-import"),
    path("plan/staff/import/confirm/", importing.confirm, name="staff-import-confirm"),
    path("plan/staff/import/template/", importing.staff_template, name="staff-template"),
    path("plan/staff/<int:person_id>/", person.person, name="staff-person"),
    path("plan/staff/<int:person_id>/give/", person.give, name="staff-give"),
    path("plan/staff/<int:person_id>/leave/", leaving.leaving, name="staff-leave"),
    path("plan/staff/roles/<int:grant_id>/end/", person.end, name="staff-role-end"),
    path("plan/staff/invitations/<int:offer_id>/", person.answer, name="staff-offer"),
    path("plan/areas/", areas.areas, name="areas"),
    path("plan/areas/map/", areas.tiles, name="area-map"),
    path("plan/areas/<int:area_id>/", areas.area, name="area"),
    path("plan/areas/<int:area_id>/add/", areas.add, name="area-add"),
    path("plan/areas/<int:area_id>/move/", areas.move, name="area-move"),
    path("plan/areas/<int:area_id>/state/", areas.state, name="area-state"),
    path("plan/journal/", journal.journal, name="journal"),
    path("plan/settings/rules/", rules.rules, name="rules"),
    path("plan/exports/", exports.exports, name="exports"),
    path("plan/exports/new/", exports.new, name="export-new"),
    path("plan/exports/<slug:code>/", exports.fetch, name="export"),
    path("plan/exports/<slug:code>/remove/", exports.remove, name="export-remove"),
    path("plan/settings/", settings.settings, name="settings"),
    path("plan/settings/check-files/", settings.check_files, name="check-files"),
    path("plan/settings/privacy/<slug:kind>/", settings.privacy_text, name="privacy-text"),
    path("plan/settings/privacy/<slug:kind>/draft/", settings.privacy_draft, name="privacy-draft"),
    path("plan/settings/privacy/<slug:kind>/publish/", settings.privacy_publish, name="privacy-publish"),
    path("plan/operator/", operator.networks, name="operator"),
    path("plan/operator/open/", operator.open_new, name="operator-open"),
    path("plan/operator/<slug:code>/", operator.network, name="operator-network"),
]
