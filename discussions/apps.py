from typing import Any

from django.apps import AppConfig
from django.db import transaction


class DiscussionsConfig(AppConfig):
    name = "discussions"
    verbose_name = "Discussions"

    def ready(self) -> None:
        """Comments and votes go with a member who leaves; erased words leave this process too."""
        from accounts.privacy.signals import contributions_withdrawn
        from discussions.signals import words_erased

        contributions_withdrawn.connect(_withdraw_talk, dispatch_uid="discussions.withdraw_talk")
        words_erased.connect(_forget_rendered, dispatch_uid="discussions.forget_rendered")


def _withdraw_talk(user: Any, words: bool, **_signal: object) -> None:
    from discussions.erasure import withdraw_talk

    withdraw_talk(user, words=words)


def _forget_rendered(**_signal: object) -> None:
    from discussions.rendering import forget_rendered

    transaction.on_commit(forget_rendered)
