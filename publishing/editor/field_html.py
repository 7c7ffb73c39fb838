"""The lines of a fieldset as HTML: each field with its label, help, errors and the comments on it.

Written here and not in a template: a full entry has some six hundred fields, and each costs a template
more than its widget does.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from publishing.editor.widget_html import trusted_html


def fields_html(fieldset: Any) -> SafeString:
    """The lines of one of Django's fieldsets, after its description."""
    description = fieldset.description
    intro = f'<p class="help">{conditional_escape(description)}</p>' if description else ""
    return trusted_html(intro + "".join(_line(line) for line in fieldset))


def _line(fields: Iterable[Any]) -> str:
    return f'<div class="form-line">{"".join(_field(each) for each in fields)}</div>'


def _field(each: Any) -> str:
    """A field of a line: one that is viewed alone, a tick with its label behind, or any other."""
    if each.is_readonly:
        label = escape(capfirst(str(each.field["label"])))
        shown = conditional_escape(each.contents())
        content = (
            f'<span class="form-field__label">{label}</span><div class="readonly">{shown}</div>'
        )
        return _box(each.field["name"], content + _help(each.field["help_text"], ""))
    bound = each.field
    label = (
        f'<label for="{escape(bound.id_for_label)}"{_required(each)}>{escape(bound.label)}</label>'
    )
    parts = f"{bound}{label}" if each.is_checkbox else f"{label}{bound}"
    parts += _help(bound.help_text, bound.id_for_label)
    if bound.errors:
        parts += str(bound.errors)
    parts += "".join(_comment(comment) for comment in getattr(bound, "comments", ()))
    return _box(bound.name, parts, " form-field--check" if each.is_checkbox else "")


def _box(name: str, content: str, kind: str = "") -> str:
    return f'<div class="form-field field-{escape(name)}{kind}">{content}</div>'


def _required(each: Any) -> str:
    return ' class="required"' if each.field.field.required and not each.is_checkbox else ""


def _help(text: Any, field_id: str) -> str:
    if not text:
        return ""
    name = f' id="{escape(field_id)}_helptext"' if field_id else ""
    return f'<div class="help"{name}>{conditional_escape(text)}</div>'


def _comment(comment: Any) -> str:
    author, text = escape(comment.author_name), escape(comment.text)
    return f'<p class="place-comment"><strong>{author}:</strong> {text}</p>'
