"""The pages for people at a desk, a module of addresses per room."""

from django.urls import URLPattern, URLResolver, include, path

from unionhall.web.acting import urls as acting
from unionhall.web.workbench import urls as workbench

urlpatterns: list[URLPattern | URLResolver] = [
    *workbench.urlpatterns,
    *acting.urlpatterns,
    path("unions/", include("unionhall.web.unions.urls")),
    path("members/", include("unionhall.web.members.urls")),
    path("collection/", include("unionhall.web.collection.urls")),
    path("reviews/", include("unionhall.web.reviews.urls")),
    path("progress/", include("unionhall.web.statistics.urls")),
    path("settlement/", include("unionhall.web.subsidies.urls")),
    path("accounts/", include("unionhall.web.accounts.urls")),
    path("audit/", include("unionhall.web.audit.urls")),
]
