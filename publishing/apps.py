from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Publishing"

    def ready(self) -> None:
        """Works join the rows that are reviewed; what commands write of them gets its revisions."""
        from citations.signals import works_written
        from publishing.admin_panels import PANELS
        from publishing.review.services import register_rows
        from publishing.review.works import CITATIONS, record_works
        from remedies_site.editing.front_page import register_panels

        register_panels(*PANELS)
        register_rows(CITATIONS)
        works_written.connect(record_works, dispatch_uid="publishing.record_works")
