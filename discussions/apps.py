from typing import Any

from django.apps import AppConfig
from django.db import transaction


class DiscussionsConfig(AppConfig):
    name = "discussions"
    verbose_name = "Discussions"

    def ready(self) -> None:
        """Comments, votes, challenges and follows go with a member who leaves; erased words leave this process too.

        A revision credits the challenges that prompted it. Who follows a page is told of its new versions. The worker looks for bursts of votes.
        """
        from accounts.privacy.signals import contributions_withdrawn
        from accounts.signals import rounds_due
        from discussions.challenges.admin_panels import PANELS as CHALLENGE_PANELS
        from discussions.moderation.admin_panels import PANELS
        from discussions.signals import words_erased
        from publishing.signals import revision_published
        from remedies_site.editing.front_page import register_panels

        register_panels(*PANELS, *CHALLENGE_PANELS)
        contributions_withdrawn.connect(_withdraw_talk, dispatch_uid="discussions.withdraw_talk")
        contributions_withdrawn.connect(
            _withdraw_challenges, dispatch_uid="discussions.withdraw_challenges"
        )
        contributions_withdrawn.connect(_forget_follows, dispatch_uid="discussions.forget_follows")
        # Before anybody is told: rows are locked first, and `notify` is last.
        revision_published.connect(_credit_challenges, dispatch_uid="discussions.credit")
        revision_published.connect(_tell_followers, dispatch_uid="discussions.tell_followers")
        rounds_due.connect(_find_bursts, dispatch_uid="discussions.find_bursts")
        words_erased.connect(_forget_rendered, dispatch_uid="discussions.forget_rendered")


def _withdraw_talk(user: Any, words: bool, **_signal: object) -> None:
    from discussions.erasure import withdraw_talk

    withdraw_talk(user, words=words)


def _withdraw_challenges(user: Any, words: bool, **_signal: object) -> None:
    from discussions.challenges.services import withdraw_challenges

    withdraw_challenges(user, words=words)


def _credit_challenges(subject: Any, **_signal: object) -> None:
    from discussions.challenges.deciding import credit_challenges

    credit_challenges(subject)


def _forget_follows(user: Any, **_signal: object) -> None:
    from discussions.following.services import forget_follows

    forget_follows(user)


def _tell_followers(subject: Any, by: Any, **_signal: object) -> None:
    from discussions.following.services import announce_revision

    announce_revision(subject, by=by)


def _find_bursts(**_signal: object) -> None:
    from discussions.bursts.services import find_bursts

    find_bursts()


def _forget_rendered(**_signal: object) -> None:
    from discussions.rendering import forget_rendered

    transaction.on_commit(forget_rendered)
