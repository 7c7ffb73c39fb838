"""The component page: every template part with examples of its variants, in both colour schemes.

`workbench/gallery/examples/` has a module for each package, with a function `examples()`. People and
remedies there are plainly made up, and nothing of them is stored.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PACKAGES = ("site", "accounts", "citations", "conditions", "remedies", "discussions")
SCHEMES = ("light", "dark")

_INPUTS = re.compile(r"\A\{# Inputs: (.*?) #\}")
# Attributes that hold ids; a list of them where several may stand.
_IDS = re.compile(
    r'(?<=\s)(id|for|popovertarget|aria-labelledby|aria-describedby)="([^"]+)"|(?<=\s)href="#([^"]+)"'
)


@dataclass(frozen=True)
class Example:
    """One variant of a part: `title` says which, `context` is what the part is given."""

    part: str
    title: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """An example as it looks, once for each scheme."""

    title: str
    boxes: list[tuple[str, SafeString]]


@dataclass(frozen=True)
class Part:
    """A template part with what it says of its inputs."""

    name: str
    inputs: str
    drawn: list[Drawn]


def example(part: str, variant: str = "", /, **context: Any) -> Example:
    """Shorthand for the modules of examples."""
    return Example(part, variant, context)


def all_examples() -> Iterator[Example]:
    """Those of every package."""
    for package in PACKAGES:
        yield from import_module(f"workbench.gallery.examples.{package}").examples()


@never_cache
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """For staff, and for everybody in development; others find nothing here."""
    if not (settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404
    by_part: dict[str, list[Example]] = defaultdict(list)
    for shown in all_examples():
        by_part[shown.part].append(shown)
    numbers = count(1)
    parts = [
        Part(name, _inputs_of(name), [_draw(one, request, numbers) for one in by_part[name]])
        for name in sorted(by_part)
    ]
    return render(request, "about/components.html", {"parts": parts})


def _draw(shown: Example, request: HttpRequest, numbers: Iterator[int]) -> Drawn:
    template = get_template(shown.part)
    boxes = []
    for scheme in SCHEMES:
        html = template.render(shown.context, request)
        # Made by our own templates, which escape what they are given.
        boxes.append((scheme, mark_safe(apart(html, f"x{next(numbers)}-"))))  # noqa: S308
    return Drawn(shown.title, boxes)


def apart(html: str, prefix: str) -> str:
    """The same HTML with ids of its own, so that examples may stand on one page."""

    def prefixed(found: re.Match[str]) -> str:
        if found[3] is not None:
            return f'href="#{prefix}{found[3]}"'
        ids = " ".join(prefix + one for one in found[2].split())
        return f'{found[1]}="{ids}"'

    return _IDS.sub(prefixed, html).replace(" autofocus", "")


def _inputs_of(name: str) -> str:
    source = get_template(name).template.source  # type: ignore[attr-defined]
    found = _INPUTS.match(source)
    return found[1] if found else ""
