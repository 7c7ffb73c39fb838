"""Check constraints that many tables have."""

from django.db import models
from django.db.models import Q


def one_of(
    field: str, choices: type[models.TextChoices], *, blank: bool = False
) -> models.CheckConstraint:
    """The column holds one of the choices (or an empty string, where `blank`)."""
    allowed = [*choices.values, ""] if blank else list(choices.values)
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": allowed}), name=f"%(app_label)s_%(class)s_{field}_listed"
    )


def filled(field: str) -> models.CheckConstraint:
    """The column is not an empty string."""
    return models.CheckConstraint(
        condition=~Q(**{field: ""}), name=f"%(app_label)s_%(class)s_{field}_filled"
    )
