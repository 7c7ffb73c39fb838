"""Widgets as HTML without a template for each: a form of hundreds of fields spends most of its time there."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString, mark_safe


class WidgetRenderer(TemplatesSetting):
    """Writes Django's plain widgets itself, and leaves all others to their templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The HTML of a widget, the same as its template gives but for blanks."""
        write = _WRITERS.get(template_name)
        if write is None:
            return super().render(template_name, context, request)
        return trusted_html(write(context["widget"]))


def trusted_html(html: str) -> SafeString:
    """HTML whose values are escaped, as all writers here do."""
    return mark_safe(html)  # noqa: S308


def _input(widget: Mapping[str, Any]) -> str:
    value = {} if widget["value"] is None else {"value": widget["value"]}
    attrs = {"type": widget["type"], "name": widget["name"], **value, **widget["attrs"]}
    return f"<input{_attributes(attrs)}>"


def _textarea(widget: Mapping[str, Any]) -> str:
    attrs = _attributes({"name": widget["name"], **widget["attrs"]})
    return f"<textarea{attrs}>\n{escape(str(widget['value'] or ''))}</textarea>"


def _select(widget: Mapping[str, Any]) -> str:
    attrs = _attributes({"name": widget["name"], **widget["attrs"]})
    groups = "".join(_group(name, options) for name, options, _number in widget["optgroups"])
    return f"<select{attrs}>{groups}</select>"


def _group(name: str | None, options: list[dict[str, Any]]) -> str:
    html = "".join(_option(option) for option in options)
    return f'<optgroup label="{escape(str(name))}">{html}</optgroup>' if name else html


def _option(option: Mapping[str, Any]) -> str:
    value = "" if option["value"] is None else escape(str(option["value"]))
    attrs = _attributes(option["attrs"]) if option["attrs"] else ""
    return f'<option value="{value}"{attrs}>{escape(str(option["label"]))}</option>'


def _attributes(attrs: Mapping[str, Any]) -> str:
    """Attributes as Django writes them: True is a name alone, False and None are left out."""
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
        for name, value in attrs.items()
        if value is not None and value is not False
    )


_INPUTS = ("text", "number", "hidden", "checkbox", "date", "url", "email", "input")
_WRITERS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in _INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
