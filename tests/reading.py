"""Reads a page as a browser does, and answers what tests ask of it."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from django.http import HttpResponse
from selectolax.lexbor import LexborHTMLParser, LexborNode

SVG = "{http://www.w3.org/2000/svg}"
IN_A_LINE = {"a", "abbr", "cite", "code", "em", "span", "strong", "sub", "sup", "time"}


class Page:
    """A parsed page: elements by id, class or tag, and their words."""

    def __init__(self, source: HttpResponse | str) -> None:
        text = source if isinstance(source, str) else source.content.decode()
        self.root = parse(text)

    def all(self, tag: str = "*", **attributes: str) -> list[Element]:
        """Elements of a tag with these attributes; `class_` asks for one of the classes."""
        return list(find(self.root, tag, **attributes))

    def one(self, tag: str = "*", **attributes: str) -> Element:
        """The only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {attributes}"
        return found[0]

    def by_id(self, name: str) -> Element:
        """The element with this id."""
        return self.one(id=name)

    def has(self, name: str) -> bool:
        """Whether an element has this id."""
        return bool(self.all(id=name))

    @property
    def ids(self) -> list[str]:
        """Every id, in the order of the page."""
        return [element.get("id", "") for element in self.root.iter() if element.get("id")]

    @property
    def words(self) -> str:
        """What a reader reads, with single blanks."""
        return words(self.one("body"))

    @property
    def h1(self) -> str:
        """The words of the only main heading."""
        return words(self.one("h1"))

    @property
    def title(self) -> str:
        """The words of the tab."""
        return words(self.one("title"))

    @property
    def graph(self) -> list[dict[str, Any]]:
        """The nodes of the page's structured data, which is one block or none."""
        blocks = self.all("script", type="application/ld+json")
        assert len(blocks) < 2
        data = json.loads(blocks[0].text or "") if blocks else {"@graph": []}
        assert data.get("@context", "https://schema.org") == "https://schema.org"
        nodes: list[dict[str, Any]] = data["@graph"]
        return nodes

    def node(self, kind: str) -> dict[str, Any]:
        """The only node of a type."""
        found = [node for node in self.graph if node["@type"] == kind]
        assert len(found) == 1, f"{len(found)} of {kind}"
        return found[0]

    @property
    def description(self) -> str:
        """What the page says of itself to those who list it; empty where it says nothing."""
        return "".join(meta.get("content", "") for meta in self.all("meta", name="description"))

    @property
    def changing_forms(self) -> list[Element]:
        """Forms sent by POST, but for the two private ones: those are posted to keep the words
        out of addresses, and change nothing (`tests/remedies/test_check.py`, `test_avoid.py`)."""
        return [
            form
            for form in self.all("form")
            if form.get("method", "get").lower() != "get" and not _is_private(form)
        ]

    @property
    def statistics(self) -> dict[str, str]:
        """Each named number or date of the page; a date as it is written for machines."""
        return {
            element.get("data-statistic", ""): element.get("datetime") or words(element)
            for element in self.root.iter()
            if element.get("data-statistic")
        }


def parse(text: str) -> Element:
    """The tree that a browser makes of a page, without its comments; `<template>` holds its content."""
    root = LexborHTMLParser(text).root
    assert root is not None
    return _element(root, "")


def _element(node: LexborNode, namespace: str) -> Element:
    if node.tag == "svg":
        namespace = SVG
    attributes = {name: value or "" for name, value in node.attributes.items()}
    element = Element(f"{namespace}{node.tag}", attributes)
    last: Element | None = None
    for child in _children(node):
        if child.is_text_node:
            text = child.text_content or ""
            if last is None:
                element.text = (element.text or "") + text
            else:
                last.tail = (last.tail or "") + text
        elif child.is_element_node:
            last = _element(child, namespace)
            element.append(last)
    return element


def _children(node: LexborNode) -> Iterator[LexborNode]:
    """In the order of the page; what a `<template>` holds is no part of the document."""
    child = (node.template_fragments()[0] if node.tag == "template" else node).first_child
    while child is not None:
        yield child
        child = child.next


def find(root: Element, tag: str = "*", **attributes: str) -> Iterator[Element]:
    """Elements below `root`, itself included, by tag and attributes."""
    wanted_class = attributes.pop("class_", None)
    wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    for element in root.iter():
        if not isinstance(element.tag, str) or tag not in ("*", element.tag):
            continue
        if wanted_class is not None and wanted_class not in element.get("class", "").split():
            continue
        if all(element.get(name) == value for name, value in wanted.items()):
            yield element


def _is_private(form: Element) -> bool:
    return form.get("action", "").partition("#")[0].split("/")[-2:] in (
        ["check", ""],
        ["avoid", ""],
    )


def words(element: Element) -> str:
    """The text of an element with single blanks; blocks are apart, parts of a line are not."""
    return " ".join("".join(_text(element)).split())


def links(element: Element) -> list[str]:
    """Where the links of an element lead."""
    return [link.get("href", "") for link in find(element, "a") if link.get("href")]


def _text(element: Element) -> Iterator[str]:
    apart = "" if element.tag in IN_A_LINE else " "
    yield apart
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _text(child)
        yield child.tail or ""
    yield apart
