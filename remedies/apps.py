from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "remedies"
    verbose_name = "Remedies"

    def ready(self) -> None:
        """Remedies and entries join what walks all subjects; a change of the library grades again."""
        from citations.signals import library_changed
        from publishing.review.services import register_rows
        from publishing.services import register
        from remedies.services import CIRCUMSTANCES, ENTRIES, REMEDIES, regrade_after_change

        register(REMEDIES, ENTRIES)
        register_rows(CIRCUMSTANCES)
        library_changed.connect(regrade_after_change, dispatch_uid="remedies.regrade_after_change")
