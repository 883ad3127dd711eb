from django.apps import AppConfig


class UnionsConfig(AppConfig):
    name = "unionhall.unions"
    label = "unions"
    verbose_name = "组织"
