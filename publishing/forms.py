"""Forms of subjects and of their rows in the admin."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, TypedDict

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citations.marks import keys_in
from citations.services import unknown_keys
from publishing.draft_states import stored_note
from publishing.editor.boxes import SentenceBox
from publishing.editor.loaded_choices import LoadedForm
from publishing.editor.row_order import OrderedFormSet
from remedies_site.documents import holds_figure


class DraftNote(TypedDict):
    """The reason of a change, and whether it corrects a mistake."""

    note: str
    is_correction: bool


class SubjectForm(LoadedForm):
    """Adds what changed and why, and rejects citation marks that name no work of the library."""

    change_note = forms.CharField(
        label=gettext_lazy("What changed and why"),
        required=False,
        max_length=400,
        widget=SentenceBox,
        help_text=gettext_lazy(
            "Kept with the draft, and with the revision when this is published."
        ),
    )
    is_correction = forms.BooleanField(
        label=gettext_lazy("This corrects a mistake"), required=False
    )
    markdown_fields: ClassVar[tuple[str, ...]] = ()
    draft_before: Mapping[str, str] = MappingProxyType({})
    """The draft before this save: empty for a new subject."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the note that is kept with the draft."""
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            note, is_correction = stored_note(self.instance)
            self.initial.update(change_note=note, is_correction=is_correction)

    @property
    def note(self) -> DraftNote:
        """What the next revision is to record of the reason, as it was typed."""
        cleaned = self.cleaned_data
        return DraftNote(
            note=cleaned.get("change_note", ""), is_correction=cleaned.get("is_correction", False)
        )

    def clean(self) -> dict[str, Any]:
        """Check the citation marks of every Markdown field; strip blanks and empty lines of names."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.markdown_fields:
            unknown = unknown_keys(keys_in(cleaned.get(name) or ""))
            if unknown:
                self.add_error(
                    name,
                    _("No citation has the key %(keys)s. Add it to the library first.")
                    % {"keys": ", ".join(sorted(unknown))},
                )
        if self._lacks_reason(cleaned):
            self.add_error(
                "change_note", _("Say what changed and why: a second person decides by it.")
            )
        if "aliases" in cleaned:
            lines = (" ".join(line.split()) for line in cleaned["aliases"].splitlines())
            cleaned["aliases"] = "\n".join(line for line in lines if line)
        return cleaned

    def _lacks_reason(self, cleaned: Mapping[str, Any]) -> bool:
        is_submitted = settings.REVIEW == "two" and "_submit_review" in self.data
        return is_submitted and not cleaned.get("change_note")


class SafetyRowFormSet(OrderedFormSet):
    """A safety row cites works, or it is marked as unchecked and then holds no figures."""

    texts: ClassVar[tuple[str, ...]] = ()
    """The fields that must hold no figure while the row is unchecked."""

    def clean(self) -> None:
        """Add each error to the row it belongs to."""
        super().clean()
        for form in self.forms:
            row = getattr(form, "cleaned_data", None)
            if not row or row.get("DELETE"):
                continue
            if row.get("checked", True):
                if not row.get("citations"):
                    form.add_error(
                        "citations",
                        ValidationError(_("Name a source, or switch “checked” off.")),
                    )
            elif any(holds_figure(row.get(name) or "") for name in self.texts):
                form.add_error(
                    "checked",
                    ValidationError(_("A caution that nobody checked must hold no figures.")),
                )


def seen_edit(posted: Mapping[str, Any]) -> int:
    """The newest save of the draft that the form showed when it was opened; 0 where it does not say."""
    value = str(posted.get("_seen", ""))
    return int(value) if re.fullmatch(r"[0-9]{1,18}", value) else 0
