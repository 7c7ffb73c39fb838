from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        """Remove the index before a migration and create it afterwards (see `search.index`).

        Words that members erase leave the index's storage too. A new page answers those who asked for it.
        """
        from discussions.signals import words_erased
        from publishing.signals import revision_published
        from remedies_site.editing.front_page import register_panels
        from search.requests.admin_panels import PANELS

        register_panels(*PANELS)
        revision_published.connect(_mark_published, dispatch_uid="search.mark_published")
        words_erased.connect(_forget_words, dispatch_uid="search.forget_words")
        connection_created.connect(_prepare_connection)
        pre_migrate.connect(_remove_index, sender=self)
        post_migrate.connect(_create_index, sender=self)


def _prepare_connection(connection: BaseDatabaseWrapper, **_kwargs: object) -> None:
    """Before the first statement, since any write may run a trigger of the index."""
    if connection.vendor == "sqlite":
        from search import sqlite

        sqlite.prepare_connection(connection.connection)


def _remove_index(plan: Sequence[object] | None = None, **_kwargs: object) -> None:
    """Only where the migration plan is not empty."""
    from search import index

    if plan:
        index.remove()


def _create_index(**_kwargs: object) -> None:
    """After every migration; one introspection query where the index is up to date."""
    from search import index

    index.refresh()


def _forget_words(**_kwargs: object) -> None:
    """After the transaction; where it fails, the comment is deleted all the same."""
    from search import index

    transaction.on_commit(index.forget_erased, robust=True)


def _mark_published(subject: Any, **_signal: object) -> None:
    from search.requests.services import mark_published

    mark_published(subject)
