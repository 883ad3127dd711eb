from django.urls import path

from unionhall.web.accounts import views

urlpatterns = [
    path("", views.listing, name="account-list"),
    path("new", views.new, name="account-new"),
    path("<int:user_id>/grants/new", views.grant, name="grant-new"),
]
