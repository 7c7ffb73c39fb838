"""The form for adding works from other programs."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from citations.importing.encoding import UnknownEncoding, decode
from citations.importing.lookup import LookupFailed, look_up
from citations.importing.reading import NoRecords, check_has_records, read_references
from citations.importing.records import Record

MAX_FILE_BYTES = 20_000_000
_LONGEST_PASTE = 1_000_000


class ImportForm(forms.Form):
    """Records pasted or in a file, or a number to look up."""

    file = forms.FileField(
        label=_("A file"),
        required=False,
        help_text=_("RIS, BibTeX, NBIB (PubMed) or CSL-JSON, up to 20 MB."),
    )
    records = forms.CharField(
        label=_("Or pasted records"),
        required=False,
        strip=False,
        max_length=_LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text=_("The same formats, alone or one after the other."),
    )
    number = forms.CharField(
        label=_("Or a DOI or PMID"),
        required=False,
        max_length=500,
        help_text=_("Looked up at Crossref or PubMed."),
    )

    def clean(self) -> dict[str, Any]:
        """Decode the text or look the number up; `read_records` then gives the records."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        file, pasted, number = (cleaned.get(name) for name in ("file", "records", "number"))
        given = [value for value in (file, (pasted or "").strip(), (number or "").strip()) if value]
        if len(given) != 1:
            raise forms.ValidationError(_("Give a file, or records, or one number."))
        if number:
            self._look_up(number)
        elif file:
            self._read_file(file)
        else:
            self._read_text("records", str(pasted))
        return cleaned

    def read_records(self) -> Iterator[Record]:
        """The records of a valid form, read as they are taken."""
        if "record" in self.cleaned_data:
            yield self.cleaned_data["record"]
        else:
            yield from read_references(self.cleaned_data["text"])

    @property
    def letters(self) -> int:
        """How much there is to read."""
        return len(self.cleaned_data.get("text", ""))

    def _look_up(self, number: str) -> None:
        try:
            self.cleaned_data["record"] = look_up(number)
        except LookupFailed as failed:
            self.add_error("number", str(failed))

    def _read_file(self, file: UploadedFile[Any]) -> None:
        if file.size and file.size > MAX_FILE_BYTES:
            self.add_error("file", _("This file is larger than 20 MB."))
            return
        try:
            text, warning = decode(file.read())
        except UnknownEncoding as error:
            self.add_error("file", str(error))
            return
        self.cleaned_data["warning"] = warning
        self._read_text("file", text)

    def _read_text(self, field: str, text: str) -> None:
        try:
            check_has_records(text)
        except NoRecords as error:
            self.add_error(field, str(error))
        else:
            self.cleaned_data["text"] = text
