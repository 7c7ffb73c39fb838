"""The component page: every template part with its examples, in both colour schemes."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workbench.gallery.example import Example
from workbench.gallery.examples import all_examples

SCHEMES = ("light", "dark")

_INPUTS = re.compile(r"\A\{# Inputs: (.*?) #\}")
# Attributes that hold an id, or several separated by spaces; group 3 is the id of a link.
_ID_ATTRIBUTES = re.compile(
    r'(?<=\s)(id|for|popovertarget|aria-labelledby|aria-describedby)="([^"]+)"|(?<=\s)href="#([^"]+)"'
)


@dataclass(frozen=True)
class RenderedExample:
    """An example as HTML: `boxes` are pairs of a colour scheme and the HTML to show in it."""

    title: str
    boxes: list[tuple[str, SafeString]]


@dataclass(frozen=True)
class TemplatePart:
    """A template part; `inputs` is the comment at its top that lists its variables."""

    name: str
    inputs: str
    examples: list[RenderedExample]


@never_cache
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """The component page for staff, and for everybody in development; 404 for others."""
    if not (settings.DEBUG or getattr(request.user, "has_staff_rights", False)):
        raise Http404
    by_part: dict[str, list[Example]] = defaultdict(list)
    for each in all_examples():
        by_part[each.part].append(each)
    numbers = count(1)
    parts = [
        TemplatePart(name, _inputs_of(name), [_render(each, request, numbers) for each in examples])
        for name, examples in sorted(by_part.items())
    ]
    return render(request, "about/components.html", {"parts": parts})


def _render(each: Example, request: HttpRequest, numbers: Iterator[int]) -> RenderedExample:
    template = get_template(each.part)
    boxes = []
    vars(request)["live_values"] = each.context
    for scheme in SCHEMES:
        html = template.render(each.context, request)
        # The HTML is from our own templates, which escape their context.
        boxes.append((scheme, mark_safe(prefix_ids(html, f"x{next(numbers)}-"))))  # noqa: S308
    del vars(request)["live_values"]
    return RenderedExample(each.title, boxes)


def prefix_ids(html: str, prefix: str) -> str:
    """The HTML with a prefix before each id and each reference to one, and without autofocus.

    So the same part can be on the page several times with ids that are unique.
    """

    def prefixed(match: re.Match[str]) -> str:
        attribute, ids, link = match.groups()
        if link is not None:
            return f'href="#{prefix}{link}"'
        return f'{attribute}="{" ".join(prefix + name for name in ids.split())}"'

    return _ID_ATTRIBUTES.sub(prefixed, html).replace(" autofocus", "")


def _inputs_of(name: str) -> str:
    source = get_template(name).template.source  # type: ignore[attr-defined]
    match = _INPUTS.match(source)
    return match[1] if match else ""
