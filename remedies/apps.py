from typing import Any

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "remedies"
    verbose_name = "Remedies"

    def ready(self) -> None:
        """Remedies and entries join what walks all subjects; a change of the library grades again.

        Votes and experience reports go with a member who leaves. The worker looks over all pages.
        """
        from accounts.privacy.signals import contributions_withdrawn
        from accounts.signals import rounds_due
        from citations.signals import library_changed
        from publishing.history.wording import register_phrases
        from publishing.review.services import register_rows
        from publishing.services import register
        from remedies.lint.admin_panels import PANELS
        from remedies.services import (
            CIRCUMSTANCES,
            ENTRIES,
            ENTRY_PHRASES,
            REMEDIES,
            REMEDY_PHRASES,
            regrade_after_change,
        )
        from remedies_site.editing.front_page import register_panels

        register_panels(*PANELS)
        register(REMEDIES, ENTRIES)
        register_phrases(REMEDIES.model, REMEDY_PHRASES)
        register_phrases(ENTRIES.model, ENTRY_PHRASES)
        register_rows(CIRCUMSTANCES)
        library_changed.connect(regrade_after_change, dispatch_uid="remedies.regrade_after_change")
        contributions_withdrawn.connect(_withdraw, dispatch_uid="remedies.withdraw_contributions")
        rounds_due.connect(_look_over_pages, dispatch_uid="remedies.look_over_pages")


def _withdraw(user: Any, **_signal: object) -> None:
    from remedies.experience.services import delete_experiences_of
    from remedies.services import withdraw_votes_of

    withdraw_votes_of(user)
    delete_experiences_of(user)


def _look_over_pages(**_signal: object) -> None:
    from django.utils import timezone

    from remedies.lint.content_report import refresh_when_changed

    refresh_when_changed(timezone.localdate())
