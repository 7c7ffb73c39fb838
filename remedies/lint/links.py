"""Where editors correct what the lists of this folder name."""

from django.db.models import Model
from django.urls import reverse


def change_url(row: Model) -> str:
    """The URL of a row's change page in the admin."""
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
