from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        """The index stands aside while tables change."""
        pre_migrate.connect(_remove_index, sender=self)
        post_migrate.connect(_create_index, sender=self)


def _remove_index(plan: Any = None, **_rest: Any) -> None:
    """Before a migration that does anything (see `search.index`)."""
    from search import index

    if plan:
        index.remove()


def _create_index(**_rest: Any) -> None:
    """After every migration; where nothing changed, this is one look-up."""
    from search import index

    index.refresh()
