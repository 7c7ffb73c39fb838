"""What can be voted on carries its own counters. Mechanics only; the tables stand with the apps."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Votable(models.Model):
    """A row with one count of votes up and one of votes down."""

    up_count = models.PositiveIntegerField(default=0, editable=False)
    down_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(up_count__gte=0, down_count__gte=0),
                name="%(app_label)s_%(class)s_votes_not_negative",
            ),
        ]
