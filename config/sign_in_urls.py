"""The pages of allauth that Siji shows, behind its own templates, under the names that allauth asks for.

Everything else of allauth (passwords, e-mail addresses, its own sign-up) has no address here.
"""

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from people.views import sign_in
from people.views.proof import proven_only

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/", sign_in.sign_in, name="account_signup"),
    path("sign-in/", sign_in.sign_in, name="account_request_login_code"),
    path("sign-in/code/", sign_in.code, name="account_confirm_login_code"),
    path("sign-in/inactive/", sign_in.inactive, name="account_inactive"),
    path("sign-in/second-factor/", base.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("me/confirm/", reauthenticate, name="account_reauthenticate"),
    path("me/confirm/code/", base.reauthenticate, name="mfa_reauthenticate"),
    path("me/confirm/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("me/second-factor/", base.index, name="mfa_index"),
    path("me/second-factor/app/", proven_only(totp.activate_totp), name="mfa_activate_totp"),
    path("me/second-factor/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/second-factor/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/second-factor/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/second-factor/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("me/second-factor/passkeys/new/", proven_only(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("me/second-factor/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("me/second-factor/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
