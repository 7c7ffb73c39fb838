"""Boxes for text that grow with it, also for the sentences that a column of one line holds."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from markdownx.widgets import AdminMarkdownxWidget

SENTENCE_LENGTH = 120
"""A column of one line that holds more characters than this is for sentences."""


class GrowingBox(forms.Textarea):
    """A box as high as its text."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"rows": 2, "class": "box", **(attrs or {})})


class SentenceBox(GrowingBox):
    """A box for one line of text, which is shown on several: what is sent has no line ends."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"rows": 1, "data-one-line": "", **(attrs or {})})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The text with every line end as a blank."""
        value = super().value_from_datadict(data, files, name)
        return " ".join(value.splitlines()) if isinstance(value, str) else value


class MarkdownBox(AdminMarkdownxWidget):  # type: ignore[misc]  # the library has no types
    """A box with the live preview of the public page below it."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"rows": 3, "class": "box", **(attrs or {})})


def box_for(field: models.Field[Any, Any]) -> type[forms.Widget] | None:
    """The box for a column of text; None where another widget fits it."""
    if type(field) is models.TextField:
        return GrowingBox
    length = field.max_length or 0
    is_sentence = type(field) is models.CharField and length > SENTENCE_LENGTH
    return SentenceBox if is_sentence and not field.choices else None
