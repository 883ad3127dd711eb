from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "unionhall.reviews"
    label = "reviews"
    verbose_name = "审核"
