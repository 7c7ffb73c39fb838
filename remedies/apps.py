from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "remedies"
    verbose_name = "Remedies"

    def ready(self) -> None:
        """Grades follow the library: a work that is retracted no longer counts."""
        from citations.signals import library_changed
        from remedies.services import regrade_after_change

        library_changed.connect(regrade_after_change, dispatch_uid="remedies.regrade_after_change")
