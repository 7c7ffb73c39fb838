from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class RemediesConfig(AppConfig):
    name = "remedies"
    verbose_name = "Remedies"

    def ready(self) -> None:
        """Grades follow the library: a work that is retracted no longer counts.

        And the index of search stands aside while tables change.
        """
        from citations.services import on_change
        from remedies.services import regrade_after_change

        on_change(regrade_after_change)
        pre_migrate.connect(_index_aside, sender=self)
        post_migrate.connect(_index_back, sender=self)


def _index_aside(plan: Any = None, **_rest: Any) -> None:
    """Before a migration that does anything (see `remedies.search.upkeep`)."""
    from remedies.search import upkeep

    if plan:
        upkeep.remove()


def _index_back(**_rest: Any) -> None:
    """After every migration; where nothing changed, this is one look."""
    from remedies.search import upkeep

    upkeep.refresh()
