from django.apps import AppConfig


class SubsidiesConfig(AppConfig):
    name = "unionhall.subsidies"
    label = "subsidies"
    verbose_name = "经费补助"
