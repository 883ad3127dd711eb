from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "unionhall.ui"
    label = "ui"
    verbose_name = "界面"
