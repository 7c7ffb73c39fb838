"""Circumstances: what a warning can apply to, and what the private check finds it by."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models import RowRevision
from remedies.choices import BETWEEN_NAMES, CircumstanceKind
from remedies_site.constraints import filled, one_of
from remedies_site.documents import SLUG


def one_name_a_line(text: str) -> None:
    """Validator: raise ValidationError for a blank line, or one with several names.

    The check could never find either.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or set(line) & set(BETWEEN_NAMES):
            message = _("Line %(number)s: write one name on each line, without commas.")
            raise ValidationError(message, params={"number": number})


class Circumstance(models.Model):
    """A class of medicines, a substance or a situation of a person that a warning applies to."""

    slug = models.SlugField(
        _("key"),
        max_length=80,
        unique=True,
        validators=[RegexValidator(rf"\A{SLUG.pattern}\Z", _("Use a-z, 0-9 and single hyphens."))],
    )
    kind = models.CharField(_("kind"), max_length=12, choices=CircumstanceKind.choices)
    name = models.CharField(_("name"), max_length=120)
    members = models.TextField(
        _("members"),
        blank=True,
        validators=[one_name_a_line],
        help_text=_("Generic names of medicines or substances, one on each line. No brands."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("circumstance")
        verbose_name_plural = _("circumstances")
        ordering = ("position", "slug")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("slug"),
            filled("name"),
            one_of("kind", CircumstanceKind),
            models.CheckConstraint(
                condition=Q(members="")
                | Q(kind__in=[CircumstanceKind.MEDICINE, CircumstanceKind.SUBSTANCE]),
                name="remedies_circumstance_members_of_a_class",
                violation_error_message=_("Only medicines and substances have members."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def member_list(self) -> list[str]:
        """The members, in the editors' order."""
        return self.members.splitlines()


class CircumstanceRevision(RowRevision):
    """A change of a circumstance."""

    row = models.ForeignKey(
        Circumstance, on_delete=models.SET_NULL, null=True, related_name="revisions"
    )

    class Meta(RowRevision.Meta):
        verbose_name = _("change of a circumstance")
        verbose_name_plural = _("changes of circumstances")
        permissions: ClassVar = [
            (
                "approve_circumstancerevision",
                "Can approve changes of circumstances by somebody else",
            )
        ]
