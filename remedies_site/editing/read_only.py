"""What of a model in the admin can be viewed and nothing else, and the URLs of its pages."""

from typing import TypeVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse

M = TypeVar("M", bound=models.Model)


class ReadOnlyAdmin(admin.ModelAdmin[M]):
    """An admin without add, change and delete; rows change only by actions and services."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """None: members write them, or services."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """None: nobody edits the text of another person, or what is final."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """None: what was said or recorded stays, or is removed with a reason."""
        return False


def admin_url(model: type[models.Model] | models.Model, page: str, *args: object) -> str:
    """The URL of a page of a model's admin, such as `changelist` or `change` (with the row's key)."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
