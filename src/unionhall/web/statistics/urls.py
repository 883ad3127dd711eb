from django.urls import path

from unionhall.web.statistics import views

urlpatterns = [
    path("", views.progress, name="progress"),
    path("export", views.export, name="progress-export"),
    path("rows", views.rows, name="progress-rows"),
    path("unions", views.declaring, name="progress-unions"),
]
