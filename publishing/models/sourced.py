"""Abstract rows of a subject that cite works."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from citations.models import Citation


class SourcedRowModel(models.Model):
    """A row that cites works; editors choose the order."""

    position = models.PositiveSmallIntegerField(_("order"), default=0)
    citations = models.ManyToManyField(
        Citation, blank=True, related_name="+", verbose_name=_("citations")
    )

    class Meta:
        abstract = True
        ordering = ("position", "pk")


class CheckableRowModel(SourcedRowModel):
    """A safety row: sourced and checked, or shown as a general caution without figures."""

    checked = models.BooleanField(
        _("checked"),
        default=True,
        help_text=_(
            "Off: shown as a general caution that nobody has checked against a source yet; "
            "it must then hold no figures."
        ),
    )

    class Meta(SourcedRowModel.Meta):
        abstract = True
