"""By which definitions the data was made that is derived from revisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DerivedVersion(models.Model):
    """The version of the definitions that one kind of derived data was rebuilt by, last and whole."""

    name = models.CharField(max_length=40, unique=True)
    version = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("version of derived data")
        verbose_name_plural = _("versions of derived data")

    def __str__(self) -> str:
        return f"{self.name}: {self.version}"
