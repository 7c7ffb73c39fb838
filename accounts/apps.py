from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from accounts.roles import refresh_roles

        post_migrate.connect(refresh_roles, dispatch_uid="accounts.refresh_roles")
