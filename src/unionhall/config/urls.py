"""The root of addresses: pages, and of allauth's account pages only those that this house opens.

Accounts are made by administrators and known by their name: signing up, e-mail addresses, resets by
mail and sign-in by mailed code have no address here.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import include, path
from django.views.generic import TemplateView

# allauth asks for these addresses by name; all they say is who opens accounts and sets passwords anew.
closed = TemplateView.as_view(template_name="account/signup_closed.html", http_method_names=["get", "head"])

urlpatterns = [
    path("account/closed/", closed, name="account_signup"),
    path("account/closed/email/", closed, name="account_email"),
    path("account/closed/password/", closed, name="account_set_password"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/2fa/", mfa.index, name="mfa_index"),
    path("account/2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("account/2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/2fa/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/2fa/codes/generate/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/2fa/codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/devices/", sessions.list_usersessions, name="usersessions_list"),
    path("", include("unionhall.web.urls")),
]
