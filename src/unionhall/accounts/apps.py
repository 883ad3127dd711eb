from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "unionhall.accounts"
    label = "accounts"
    verbose_name = "账号"
