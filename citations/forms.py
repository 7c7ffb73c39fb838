"""Forms of the library of references."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from pydantic import ValidationError as PydanticError

from citations import identifiers
from citations.document import to_document
from citations.former_keys import works_by_former_key
from citations.models import Citation
from remedies_site.documents import validation_errors

_NAMES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"}
"""Identifiers that one work alone can have."""


class IdentifierField(forms.CharField):
    """Takes an identifier as people paste it (with a prefix, as an address) in its normal form.

    What is no such identifier is left as it is written, for the model's rule to name.
    """

    column: ClassVar[str]

    def __init__(self, **kwargs: Any) -> None:
        """The column's length holds for the normal form: a browser must not cut what is pasted."""
        for name in ("max_length", "empty_value", "assume_scheme"):
            kwargs.pop(name, None)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The normal form, or the text as it is."""
        written = str(super().to_python(value) or "")
        return identifiers.NORMALISERS[self.column](written) or written


class DoiField(IdentifierField):
    """A DOI."""

    column = "doi"


class PmidField(IdentifierField):
    """A PMID."""

    column = "pmid"


class PmcidField(IdentifierField):
    """A PMCID."""

    column = "pmcid"


class NctField(IdentifierField):
    """A number of ClinicalTrials.gov."""

    column = "nct"


class UrlField(IdentifierField):
    """An address."""

    column = "url"


class CitationForm(forms.ModelForm[Citation]):
    """Takes what the content pack takes, so that a work can always be exported."""

    class Meta:
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {
            "doi": DoiField,
            "pmid": PmidField,
            "pmcid": PmcidField,
            "nct": NctField,
            "url": UrlField,
        }

    def clean_key(self) -> str:
        """The key of a work that was merged into another one is never given again."""
        key: str = self.cleaned_data["key"]
        if not self.instance.pk and (work := works_by_former_key([key]).get(key)):
            sentence = _("This work was merged into %(key)s: cite that one.")
            raise forms.ValidationError(sentence % {"key": work.key})
        return key

    def clean_title(self) -> str:
        """A title that was pasted over several lines is one line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        """Name the work that has an identifier already."""
        cleaned = super().clean() or self.cleaned_data
        for column, name in _NAMES.items():
            value = cleaned.get(column)
            others = Citation.objects.exclude(pk=self.instance.pk)
            if value and (other := others.filter(**{f"{column}__iexact": value}).first()):
                sentence = _("This %(name)s is that of another work of the library: %(work)s")
                self.add_error(column, sentence % {"name": name, "work": other})
        return cleaned

    def _post_clean(self) -> None:
        """Faults of the document stand at their fields."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            to_document(self.instance)
        except PydanticError as error:
            for field, sentence in validation_errors(error):
                name = field.partition("[")[0]
                self.add_error(name if name in self.fields else None, sentence)
