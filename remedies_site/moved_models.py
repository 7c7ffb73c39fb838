"""A migration step for a model that moves to another app and keeps its table."""

from collections.abc import Callable
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Step = Callable[[Apps, BaseDatabaseSchemaEditor], None]


def rename_content_type(old: tuple[str, str], new: tuple[str, str]) -> tuple[Step, Step]:
    """Forward and backward functions for `RunPython`: content type and permissions keep their rows.

    `old` and `new` are (app label, model name in lower case). Groups and log entries point to these
    rows, so they are renamed, not made a second time.
    """
    return _renaming(old, new), _renaming(new, old)


def _renaming(old: tuple[str, str], new: tuple[str, str]) -> Step:
    def rename(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        alias = schema_editor.connection.alias
        content_types: Any = apps.get_model("contenttypes", "ContentType")
        permissions: Any = apps.get_model("auth", "Permission")
        found = content_types.objects.using(alias).filter(app_label=old[0], model=old[1]).first()
        if found is None:  # a new database: content types come after all migrations
            return
        found.app_label, found.model = new
        found.save(update_fields=["app_label", "model"])
        for permission in permissions.objects.using(alias).filter(content_type=found):
            action = permission.codename.removesuffix(f"_{old[1]}")
            permission.codename = f"{action}_{new[1]}"
            permission.save(update_fields=["codename"])

    return rename
