from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    name = "conditions"
    verbose_name = "Conditions"

    def ready(self) -> None:
        """Conditions join what the commands, the admin and the lint of all subjects walk."""
        from conditions.services import CONDITIONS
        from publishing.services import register

        register(CONDITIONS)
