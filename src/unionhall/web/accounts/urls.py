from django.urls import path

from unionhall.web.accounts import deeds, views

urlpatterns = [
    path("", views.listing, name="account-list"),
    path("new", views.new, name="account-new"),
    path("<int:user_id>", views.page, name="account-page"),
    path("<int:user_id>/password", deeds.reset_password, name="account-password-reset"),
    path("<int:user_id>/second-factor", deeds.reset_second_factor, name="account-second-factor-reset"),
    path("<int:user_id>/disable", deeds.disable, name="account-disable"),
    path("<int:user_id>/enable", deeds.enable, name="account-enable"),
    path("<int:user_id>/grants/new", views.grant, name="grant-new"),
    path("<int:user_id>/grants/<int:grant_id>/end", deeds.end_grant, name="grant-end"),
]
