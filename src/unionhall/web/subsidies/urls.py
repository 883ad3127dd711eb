from django.urls import path

from unionhall.web.subsidies import views

urlpatterns = [
    path("", views.settlement, name="settlement"),
    path("export", views.export, name="settlement-export"),
    path("<int:union_id>/", views.rows, name="settlement-rows"),
    path("<int:union_id>/export", views.export_rows, name="settlement-rows-export"),
]
