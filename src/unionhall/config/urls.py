"""The root of addresses: pages, and the account pages of allauth."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("unionhall.web.urls")),
]
