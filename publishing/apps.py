from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Publishing"

    def ready(self) -> None:
        """Works join the rows that are reviewed; what commands write of them gets its revisions.

        The worker publishes what is due, and looks again at the errors of drafts, and forgets
        texts of forms that nobody came back to.
        """
        from accounts.signals import minute_passed, rounds_due
        from citations.signals import works_written
        from publishing.admin_panels import PANELS
        from publishing.review.services import register_rows
        from publishing.review.works import CITATIONS, record_works
        from remedies_site.editing.front_page import register_panels

        register_panels(*PANELS)
        register_rows(CITATIONS)
        works_written.connect(record_works, dispatch_uid="publishing.record_works")
        rounds_due.connect(_delete_old_texts, dispatch_uid="publishing.delete_old_texts")
        minute_passed.connect(_publish_due, dispatch_uid="publishing.publish_due")
        rounds_due.connect(_check_drafts, dispatch_uid="publishing.check_drafts")


def _publish_due(**_signal: object) -> None:
    from publishing.review.scheduling import publish_due

    publish_due()


def _check_drafts(**_signal: object) -> None:
    from publishing.review.draft_checks import check_oldest

    check_oldest()


def _delete_old_texts(**_signal: object) -> None:
    """Receiver of `rounds_due`: the texts of forms that nobody came back to."""
    from publishing.writing.services import delete_old

    delete_old()
