from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "unionhall.collection"
    label = "collection"
    verbose_name = "采集填报"
