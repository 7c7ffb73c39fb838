"""The forms of uploaded packs."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from remedies.content.archive import MAX_ARCHIVE_BYTES
from remedies.content.sheets.pack_from_tables import pack_files_of
from remedies.content.sheets.sheet_reading import is_sheets
from remedies.content.uploaded_packs import read_upload
from remedies_site.exceptions import InvalidInput

_BECOMES = [("drafts", _("drafts, to be looked at one by one")), ("publish", _("published pages"))]


class PackForm(forms.Form):
    """A zipped pack, and what it shall become."""

    file = forms.FileField(
        label=_("A pack"),
        help_text=_(
            "A zip archive of YAML files (see docs/content-format.md) or of CSV sheets, up to 20 MB."
        ),
    )
    becomes = forms.ChoiceField(label=_("It becomes"), choices=_BECOMES, initial="drafts")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With REVIEW=two there is no choice: it becomes drafts."""
        super().__init__(*args, **kwargs)
        if settings.REVIEW == "two":
            self.fields["becomes"].choices = _BECOMES[:1]  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile[Any]:
        """Unfold the archive into `cleaned_data["files"]`."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size and file.size > MAX_ARCHIVE_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB."))
        try:
            self.cleaned_data["files"] = (
                pack_files_of(file) if is_sheets(file) else read_upload(file)
            )
        except InvalidInput as error:
            raise forms.ValidationError(str(error)) from error
        return file

    @property
    def publishes(self) -> bool:
        """Whether a valid form asks for published pages."""
        return bool(self.cleaned_data["becomes"] == "publish")
