from django.urls import path

from unionhall.web.workbench import views

urlpatterns = [path("", views.workbench, name="workbench")]
