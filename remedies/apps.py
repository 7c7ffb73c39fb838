from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "remedies"
    verbose_name = "Remedies"

    def ready(self) -> None:
        """Grades follow the library: a work that is retracted no longer counts."""
        from citations.services import on_change
        from remedies.services import regrade_after_change

        on_change(regrade_after_change)
