from django.urls import path

from unionhall.web.members import person, views

urlpatterns = [
    path("", views.roll, name="member-roll"),
    path("export", views.export, name="member-export"),
    path("<int:person_id>/", person.page, name="member-page"),
    path("<int:person_id>/reveal", person.reveal, name="member-reveal"),
]
