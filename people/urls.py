from django.urls import path

from people.views import me, number, numbers, operator, plan, proof, settings, sign_in

app_name = "people"

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
    path("plan/numbers/", numbers.numbers, name="former-numbers"),
    path("plan/numbers/<int:former_id>/", numbers.give_back, name="former-number-give-back"),
    path("plan/devices/", me.keepers, name="keepers-devices"),
    path("plan/devices/<int:device_id>/", me.answer_keeper, name="keepers-device"),
    path("plan/", plan.plan, name="plan"),
    path("plan/settings/", settings.settings, name="settings"),
    path("plan/settings/check-files/", settings.check_files, name="check-files"),
    path("plan/settings/privacy/<slug:kind>/", settings.privacy_text, name="privacy-text"),
    path("plan/settings/privacy/<slug:kind>/draft/", settings.privacy_draft, name="privacy-draft"),
    path("plan/settings/privacy/<slug:kind>/publish/", settings.privacy_publish, name="privacy-publish"),
    path("plan/operator/", operator.networks, name="operator"),
    path("plan/operator/open/", operator.open_new, name="operator-open"),
    path("plan/operator/<slug:code>/", operator.network, name="operator-network"),
]
