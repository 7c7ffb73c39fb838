"""Forms that set and lift a safety notice."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citations.models import Citation
from publishing.models import LONGEST_BANNER, SafetyBanner


def _text(rows: int, length: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "cols": 80, "maxlength": length})


class BannerForm(forms.Form):
    """What readers have to know, and a work of the library that says so."""

    text = forms.CharField(
        label=gettext_lazy("What readers have to know"),
        max_length=LONGEST_BANNER,
        widget=_text(4, LONGEST_BANNER),
        help_text=gettext_lazy(
            "Plain words, without formatting: what happened, who is concerned, what to do now."
        ),
    )
    work = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("The key of a work of the library, where there is one."),
    )

    def __init__(self, *args: Any, standing: SafetyBanner | None = None, **kwargs: Any) -> None:
        """`standing` is the notice that this one takes the place of."""
        super().__init__(*args, **kwargs)
        if standing is not None:
            self.fields["replaced_reason"] = forms.CharField(
                label=_("Why the one that stands is lifted"),
                max_length=400,
                widget=_text(2, 400),
                help_text=_("It stands now: %(text)s") % {"text": standing.text},
            )

    def clean_work(self) -> Citation | None:
        """The work with this key. Raises ValidationError."""
        key = self.cleaned_data["work"].strip()
        if not key:
            return None
        work = Citation.objects.filter(key=key).first()
        if work is None:
            raise ValidationError(_("The library has no work with this key."))
        return work


class LiftForm(forms.Form):
    """The reason for which a notice is lifted."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is lifted"),
        max_length=400,
        widget=_text(3, 400),
        help_text=gettext_lazy("The reason stays on public record."),
    )
