from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "unionhall.workflows"
    label = "workflows"
    verbose_name = "流程"
