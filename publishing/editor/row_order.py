"""Rows of a subject in the order in which they are sent; nobody types a place that is right already."""

from typing import Any

from django.forms.models import BaseInlineFormSet

ORDER_FIELD = "position"
_LAST = 32_767


class OrderedFormSet(BaseInlineFormSet[Any, Any, Any]):
    """Rows that say their place keep it, the others come after them as they are sent."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """The place of a row may stay empty."""
        super().add_fields(form, index)
        if field := form.fields.get(ORDER_FIELD):
            field.required = False
            field.initial = None

    def clean(self) -> None:
        """Give each row without a place the next one."""
        super().clean()
        rows = [form for form in self.forms if _is_kept(form)]
        places = [form.cleaned_data.get(ORDER_FIELD) for form in rows]
        last = max((place for place in places if place is not None), default=0)
        for form, place in zip(rows, places, strict=True):
            if place is None:
                last = min(last + 1, _LAST)
                form.cleaned_data[ORDER_FIELD] = last
                setattr(form.instance, ORDER_FIELD, last)

    @property
    def shown_forms(self) -> list[Any]:
        """The rows as they are listed: a form that is shown again keeps the order it was sent with."""
        if not self.is_bound:
            return list(self.forms)
        return sorted(self.forms, key=_sent_place)


def _is_kept(form: Any) -> bool:
    """Whether the row is stored as it was sent, or will be."""
    cleaned = getattr(form, "cleaned_data", None)
    if not cleaned or cleaned.get("DELETE") or ORDER_FIELD not in form.fields:
        return False
    return form.instance.pk is not None or bool(form.has_changed())


def _sent_place(form: Any) -> int:
    place = str(form[ORDER_FIELD].value() or "") if ORDER_FIELD in form.fields else ""
    return int(place) if place.isascii() and place.isdigit() else _LAST + 1
