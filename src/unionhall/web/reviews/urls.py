from django.urls import path

from unionhall.web.reviews import views

urlpatterns = [
    path("", views.review_queue, name="review-queue"),
    path("<int:case_id>/", views.review_case, name="review-case"),
    path("<int:case_id>/decide/", views.review_decide, name="review-decide"),
]
