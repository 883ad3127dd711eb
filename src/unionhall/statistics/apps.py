from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "unionhall.statistics"
    label = "statistics"
    verbose_name = "统计"
