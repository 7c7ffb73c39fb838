"""Parts of pages that nothing changes but the language: a process renders each of them once."""

from functools import lru_cache
from typing import cast

from django.conf import settings
from django.template import loader
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_KEPT = 100


def constant_part(template: str, **values: str) -> SafeString:
    """The HTML that the template makes of plain values alone; it sees no request, no reader and no row.

    In development it is rendered each time, as templates change there.
    """
    given = (template, get_language(), get_script_prefix(), tuple(sorted(values.items())))
    return _render(*given) if settings.DEBUG else _rendered(*given)


def _render(
    template: str, _language: str | None, _prefix: str, values: tuple[tuple[str, str], ...]
) -> SafeString:
    return cast(SafeString, loader.get_template(template).render(dict(values)))


_rendered = lru_cache(MOST_KEPT)(_render)
