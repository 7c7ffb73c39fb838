from typing import Any

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "remedies"
    verbose_name = "Remedies"

    def ready(self) -> None:
        """Remedies and entries join what walks all subjects; a change of the library grades again.

        Votes and experience reports go with a member who leaves.
        """
        from accounts.privacy.signals import contributions_withdrawn
        from citations.signals import library_changed
        from publishing.history.wording import register_phrases
        from publishing.review.services import register_rows
        from publishing.services import register
        from remedies.services import (
            CIRCUMSTANCES,
            ENTRIES,
            ENTRY_PHRASES,
            REMEDIES,
            REMEDY_PHRASES,
            regrade_after_change,
        )

        register(REMEDIES, ENTRIES)
        register_phrases(REMEDIES.model, REMEDY_PHRASES)
        register_phrases(ENTRIES.model, ENTRY_PHRASES)
        register_rows(CIRCUMSTANCES)
        library_changed.connect(regrade_after_change, dispatch_uid="remedies.regrade_after_change")
        contributions_withdrawn.connect(_withdraw, dispatch_uid="remedies.withdraw_contributions")


def _withdraw(user: Any, **_signal: object) -> None:
    from remedies.experience.services import delete_experiences_of
    from remedies.services import withdraw_votes_of

    withdraw_votes_of(user)
    delete_experiences_of(user)
