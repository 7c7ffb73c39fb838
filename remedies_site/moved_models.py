"""A migration operation for a model that moves to another app and keeps its table."""

from collections.abc import Callable
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Step = Callable[[Apps, BaseDatabaseSchemaEditor], None]


def rename_content_type(old: tuple[str, str], new: tuple[str, str]) -> tuple[Step, Step]:
    """The two functions of a `RunPython` that renames a content type with its permissions.

    `old` and `new` are (app label, model name in lower case). Groups and log entries refer to these
    rows, so that they are updated, not created a second time.
    """
    return _rename(old, new), _rename(new, old)


def _rename(old: tuple[str, str], new: tuple[str, str]) -> Step:
    def rename(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        alias = schema_editor.connection.alias
        content_types: Any = apps.get_model("contenttypes", "ContentType")
        permissions: Any = apps.get_model("auth", "Permission")
        content_type = (
            content_types.objects.using(alias).filter(app_label=old[0], model=old[1]).first()
        )
        if content_type is None:  # a new database: content types are created after all migrations
            return
        content_type.app_label, content_type.model = new
        content_type.save(update_fields=["app_label", "model"])
        for permission in permissions.objects.using(alias).filter(content_type=content_type):
            action = permission.codename.removesuffix(f"_{old[1]}")
            permission.codename = f"{action}_{new[1]}"
            permission.save(update_fields=["codename"])

    return rename
