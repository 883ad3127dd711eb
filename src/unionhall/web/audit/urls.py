from django.urls import path

from unionhall.web.audit import views

urlpatterns = [path("", views.trail, name="audit-trail")]
