from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Footing; owns only the cache table."""

    name = "unionhall.foundation"
    label = "foundation"
    verbose_name = "基础"
