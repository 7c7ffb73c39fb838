"""Parts of pages that nothing changes but the language: a process renders each of them once."""

from functools import lru_cache
from typing import cast

from django.conf import settings
from django.template import loader
from django.urls import get_script_prefix
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language

MOST_KEPT = 100


def constant_part(template: str, **values: str) -> SafeString:
    """The HTML that the template makes of texts alone; it sees no request, no reader and no row.

    In development it is rendered each time, as templates change there.
    """
    # A text that is marked as safe equals the same text that is not, and is not escaped.
    texts = tuple(
        (name, isinstance(value, SafeData), value) for name, value in sorted(values.items())
    )
    given = (template, get_language(), get_script_prefix(), texts)
    return _render(*given) if settings.DEBUG else _rendered(*given)


def _render(
    template: str, _language: str | None, _prefix: str, texts: tuple[tuple[str, bool, str], ...]
) -> SafeString:
    context = {name: value for name, _is_safe, value in texts}
    return cast(SafeString, loader.get_template(template).render(context))


_rendered = lru_cache(MOST_KEPT)(_render)
