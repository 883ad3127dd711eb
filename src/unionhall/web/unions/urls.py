from django.urls import path

from unionhall.web.unions import views

urlpatterns = [
    path("", views.tree, name="union-tree"),
    path("<int:union_id>/", views.page, name="union-page"),
    path("<int:union_id>/branch", views.branch, name="union-branch"),
]
