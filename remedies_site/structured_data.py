"""Structured data of a page for machines that read it: schema.org nodes as one block of JSON-LD.

Parts of a page give their nodes while they are drawn, from the values that they show, and the end of
the page prints all of them as one `@graph`. Members' pages have none, nor pages that no search engine
may list: nobody would read it there. What the editorial part of a page gives is kept with it as text.
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
Source = Callable[[], Iterable[Node] | str]
"""Makes nodes at the end of the page, and only where they are printed; or their JSON (`nodes_json`)."""

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


def take_nodes(request: HttpRequest) -> str | None:
    """The nodes given so far as JSON without its brackets; None where the page is not for machines."""
    collected = _collected(request)
    user = getattr(request, "user", None)
    if collected.is_left_out or (user and user.is_authenticated):
        return None
    given = [source() for source in collected.sources]
    collected.sources.clear()
    texts = (nodes if isinstance(nodes, str) else nodes_json(nodes) for nodes in given)
    return ",".join(filter(None, texts))


def nodes_json(nodes: Iterable[Node]) -> str:
    """Nodes as JSON without brackets around them."""
    return ",".join(_json(_without_empty(node)) for node in nodes)


def json_ld(request: HttpRequest, taken: str | None = "") -> SafeString:
    """The block with the nodes that were `taken`, and those given since; empty where there are none.

    No browser runs it. Escaped like Django's `json_script`, and U+2028 and U+2029.
    """
    later = take_nodes(request)
    if taken is None or later is None or not (taken or later):
        return SafeString("")
    graph = ",".join(filter(None, (taken, later)))
    text = f'{{"@context":"https://schema.org","@graph":[{graph}]}}'
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


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
    """An editorial page; `properties` are its own."""
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


def _json(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
