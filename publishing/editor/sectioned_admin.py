"""The form of a subject in sections that open one at a time, with a bar that stays in sight."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from publishing.editor.editor_fields import EditorFieldsMixin, FieldSets, without_fields
from publishing.editor.field_errors import ErrorPlaces
from publishing.editor.sections import FormSection, shown_sections
from publishing.models import SubjectT
from remedies_site.admin_lists import BoundedListAdmin


class SectionedAdmin(EditorFieldsMixin, BoundedListAdmin[SubjectT]):
    """`sections` say the order of the form; fieldsets and inlines follow from them."""

    sections: ClassVar[tuple[FormSection, ...]] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.sections:
            cls.fieldsets = tuple(section.fieldset for section in cls.sections)
            cls.inlines = tuple(each for section in cls.sections for each in section.inlines)

    def unfit_fields(self, request: HttpRequest, obj: SubjectT | None) -> Collection[str]:
        """Fields that the form of this subject leaves out."""
        return ()

    def get_fieldsets(self, request: HttpRequest, obj: SubjectT | None = None) -> FieldSets:
        """One for each section, without the fields that do not fit the subject."""
        fieldsets = super().get_fieldsets(request, obj)
        return without_fields(fieldsets, self.unfit_fields(request, obj))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new page is written today."""
        return {"written_on": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: SubjectT | None = None,
    ) -> HttpResponse:
        """Add the sections, and every error with the place of its field."""
        inlines = context["inline_admin_formsets"]
        places = ErrorPlaces(context["adminform"].form, inlines, self._places(inlines))
        errors = [*places.form_errors()]
        errors += [places.publish_error(*each) for each in context.get("publish_errors", ())]
        context["sections"] = shown_sections(self.sections, context["adminform"], inlines, errors)
        context["field_errors"] = errors
        context["is_nav_sidebar_enabled"] = False
        may = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        context["may_save"] = may
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _places(self, inlines: list[Any]) -> dict[str, str]:
        """The section of each field, and of the prefix of each inline."""
        prefixes: dict[type[models.Model] | Any, str] = {
            type(inline.opts): str(inline.formset.prefix) for inline in inlines
        }
        places: dict[str, str] = {}
        for section in self.sections:
            for line in section.fields:
                names = [line] if isinstance(line, str) else line
                places |= dict.fromkeys(names, section.slug)
            for inline in section.inlines:
                if inline in prefixes:
                    places[prefixes[inline]] = section.slug
        return places
