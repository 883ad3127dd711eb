from django.urls import path

from unionhall.web.acting import views

urlpatterns = [path("acting", views.switch, name="acting-switch")]
