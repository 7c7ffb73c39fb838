"""Structured data of a page for machines that read it: schema.org nodes as one block of JSON-LD.

Parts of a page give their nodes while they are drawn, from the values that they show, and the end of
the page prints all of them as one `@graph`. Members' pages have none, nor pages that no search engine
may list: nobody would read it there.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Node = dict[str, object]
"""A node with its properties; those that are empty are not printed."""
Source = Callable[[], Iterable[Node]]
"""Makes nodes at the end of the page, and only where they are printed."""

_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


@dataclass
class _Collected:
    sources: list[Source] = field(default_factory=list)
    is_left_out: bool = False


def add_source(request: HttpRequest, source: Source) -> None:
    """Let a part of the page give nodes for it."""
    _collected(request).sources.append(source)


def leave_out(request: HttpRequest) -> None:
    """Print no structured data on this page."""
    _collected(request).is_left_out = True


def json_ld(request: HttpRequest) -> SafeString:
    """The block with all nodes of the page; empty where it has none, or is not for machines."""
    collected = _collected(request)
    user = getattr(request, "user", None)
    if collected.is_left_out or (user and user.is_authenticated):
        return SafeString("")
    nodes = [_without_empty(node) for source in collected.sources for node in source()]
    return _script({"@context": "https://schema.org", "@graph": nodes}) if nodes else SafeString("")


def absolute(path: str) -> str:
    """The URL of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def plain(text: str) -> str:
    """The text that a template has composed, without the escapes that it needs in HTML."""
    return unescape(text) if isinstance(text, SafeString) else text


def breadcrumb_list(path: str, links: Iterable[tuple[str, str]], here: str) -> Node:
    """The way to the page `path`: names with their paths, and at the end the page's own name."""
    steps: list[Node] = [
        {"@type": "ListItem", "position": position, "name": plain(name), "item": absolute(link)}
        for position, (name, link) in enumerate(links, start=1)
    ]
    steps.append({"@type": "ListItem", "position": len(steps) + 1, "name": plain(here)})
    return {
        "@type": "BreadcrumbList",
        "@id": f"{absolute(path)}#breadcrumb",
        "itemListElement": steps,
    }


def website(path: str, search_path: str, description: str) -> Node:
    """The site with its search."""
    return {
        "@type": "WebSite",
        "@id": f"{absolute(path)}#website",
        "url": absolute(path),
        "name": settings.SITE_NAME,
        "description": plain(description),
        "inLanguage": get_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{absolute(search_path)}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def medical_page(
    path: str, name: str, description: str, modified: datetime | None, **properties: object
) -> Node:
    """An editorial page. None has `lastReviewed`: no clinician has reviewed one yet."""
    return {
        "@type": "MedicalWebPage",
        "@id": absolute(path),
        "url": absolute(path),
        "name": plain(name),
        "description": plain(description),
        "inLanguage": get_language(),
        "breadcrumb": {"@id": f"{absolute(path)}#breadcrumb"},
        "dateModified": modified.isoformat(timespec="seconds") if modified else "",
        **properties,
    }


def _collected(request: HttpRequest) -> _Collected:
    collected: _Collected = vars(request).setdefault("structured_data", _Collected())
    return collected


def _without_empty(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def _script(data: Node) -> SafeString:
    """A block of data, which no browser runs. Escaped like Django's `json_script`, and U+2028 and U+2029."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))
