"""Random edits of stored documents, and how a person applies the differences that a page shows."""

import copy
import random
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from django.db import models
from django.template.loader import render_to_string

from publishing.history.document_changes import RowState
from publishing.history.shown_changes import ShownChange
from publishing.history.wording import Labels, phrases_of
from remedies_site.documents import Document
from remedies_site.rows import relations_of
from tests.reading import Page, find, words

Stored = dict[str, Any]
WORDS = ("sleep", "may", "not", "5", "mg", "of", "people,", "[@Work1]", "better.", "250", "naïve")


def reworded(chance: random.Random, text: str) -> str:
    """The text with a run of words put in, taken out, or replaced."""
    parts = text.split(" ")
    start = chance.randrange(len(parts) + 1)
    end = start + chance.choice([0, 0, 1, 1, 2, 5])
    new = chance.choices(WORDS, k=chance.choice([0, 1, 1, 2, 4]))
    return " ".join([*parts[:start], *new, *parts[end:]]).strip() or "words"


def edit_text(chance: random.Random, document: Stored) -> None:
    """Another text in one of the fields, or in one of a nested document."""
    holders = [document, *(value for value in document.values() if isinstance(value, dict))]
    holder = chance.choice(holders)
    texts = [name for name, value in holder.items() if isinstance(value, str) and " " in value]
    if texts:
        name = chance.choice(texts)
        holder[name] = reworded(chance, holder[name])


def drop_field(chance: random.Random, document: Stored) -> None:
    """A field, or a whole list, that is no longer there."""
    document.pop(chance.choice(sorted(document)))


def lists_of(document: Stored) -> list[str]:
    return sorted(
        name
        for name, value in document.items()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    )


def of_rows(edit: Callable[[random.Random, list[Stored]], None]):
    def edits_rows(chance: random.Random, document: Stored) -> None:
        if names := lists_of(document):
            edit(chance, document[chance.choice(names)])

    return edits_rows


@of_rows
def remove_row(chance, rows):
    rows.pop(chance.randrange(len(rows)))


@of_rows
def add_row(chance, rows):
    row = copy.deepcopy(chance.choice(rows))
    for name, value in row.items():
        if isinstance(value, str) and " " in value:
            row[name] = " ".join(chance.choices(WORDS, k=8))
    rows.insert(chance.randrange(len(rows) + 1), row)


@of_rows
def edit_row(chance, rows):
    row = chance.choice(rows)
    name = chance.choice(sorted(row))
    match row[name]:
        case bool():
            row.pop(name)
        case int() | float():
            row[name] += chance.choice([1, 0.5, 250])
        case str() as text if " " in text:
            row[name] = reworded(chance, text)
        case list() as values if values and isinstance(values[0], str):
            row[name] = chance.choice([[*values, "Work9"], values[1:]])
        case _:
            row.pop(name)


@of_rows
def move_row(chance, rows):
    row = rows.pop(chance.randrange(len(rows)))
    rows.insert(chance.randrange(len(rows) + 1), row)


@of_rows
def move_and_edit_row(chance, rows):
    row = copy.deepcopy(rows.pop(chance.randrange(len(rows))))
    texts = [name for name, value in row.items() if isinstance(value, str) and " " in value]
    for name in texts[:1]:
        row[name] = reworded(chance, row[name])
    rows.insert(chance.randrange(len(rows) + 1), row)


EDITS = [edit_text, drop_field, remove_row, add_row, edit_row, move_row, move_and_edit_row]


def edited(chance: random.Random, document: Stored) -> Stored:
    """The document after one to four random edits."""
    result = copy.deepcopy(document)
    for edit in chance.choices(EDITS, k=chance.randint(1, 4)):
        edit(chance, result)
    return {name: value for name, value in result.items() if value not in ("", [], {})}


# ---- as a person reads them --------------------------------------------------------------------

Readable = dict[tuple[str, bool], Any]
"""By label, and whether it is a list: a text, or rows, each its texts by label."""


def readable(model: type[models.Model], schema: type[Document], document: Stored) -> Readable:
    """All that a document says, as the page words it."""
    labels = Labels(model, schema)
    result: Readable = {}
    for name in dict.fromkeys([*schema.model_fields, *document]):
        value = document.get(name)
        if name in relations_of(schema):
            result[labels.label(name), True] = [
                readable_row(labels.of_rows(name, phrases_of(model)), row) for row in value or []
            ]
        elif hasattr(schema.model_fields[name].annotation, "model_fields"):
            inner = schema.model_fields[name].annotation.model_fields
            for part in inner:
                path = f"{name}.{part}"
                result[labels.label(path), False] = text_of(labels, path, (value or {}).get(part))
        else:
            result[labels.label(name), False] = text_of(labels, name, value)
    return result


def readable_row(labels: Labels, row: Stored) -> dict[str, str]:
    return {
        labels.label(name): text_of(labels, name, row.get(name))
        for name in labels.schema.model_fields
    }


def text_of(labels: Labels, path: str, value: Any) -> str:
    return labels.default_text(path) if value is None else labels.text(path, value)


# ---- and as they apply what a page shows -------------------------------------------------------


def applied(old: Readable, change: ShownChange, empty_rows: dict[str, dict[str, str]]) -> Readable:
    """The old document with all that the rendered difference says; `empty_rows` by label of a list."""
    page = Page(render_to_string("publishing/_change.html", {"change": change}))
    new = copy.deepcopy(old)
    for section in page.all("section", class_="change"):
        heading = next(find(section, "h2"))
        label = (heading.text or "").strip()
        texts = list(find(section, "div", class_="change__text"))
        if texts:
            assert spelled(texts[0], without="ins") == old.get((label, False), "")
            new[label, False] = spelled(texts[0], without="del")
        else:
            rows = [read_row(body) for body in find(section, "tbody")]
            new[label, True] = apply_rows(new.get((label, True), []), rows, empty_rows[label])
    return new


def spelled(element: Element, *, without: str) -> str:
    """The text of an element without the words for screen readers and without `del` or `ins`."""

    def pieces(node: Element):
        if "visually-hidden" in node.get("class", "") or "__none" in node.get("class", ""):
            return
        if node.tag not in {without, "summary"}:
            yield node.text or ""
            for child in node:
                yield from pieces(child)
                yield child.tail or ""

    return "".join(pieces(element))


def cell_text(cell: Element, *, without: str) -> str:
    """The text of a table cell; empty where it says that there is nothing."""
    texts = list(find(cell, "span", class_="change__words"))
    return spelled(texts[0], without=without) if texts else ""


def read_row(body: Element) -> dict[str, Any]:
    head = next(find(body, "tr", class_="change-rows__head"))
    state = words(next(find(head, "span", class_="tag")))
    places = [
        int(word)
        for word in words(next(find(head, class_="change-rows__place"))).split()
        if word.isdigit()
    ]
    fields = []
    for row in find(body, "tr"):
        cells = list(find(row, "td"))
        if cells:
            sides = [cell_text(cells[0], without="ins"), cell_text(cells[1], without="del")]
            fields.append((words(next(find(row, "th"))), *sides))
    return {"state": state, "places": places, "fields": fields}


def apply_rows(
    old: list[dict[str, str]], shown: list[dict[str, Any]], empty: dict[str, str]
) -> list[dict[str, str]]:
    """The new rows: what was moved, added and taken out has its place, the others keep their order."""
    by_state: dict[str, list] = {str(state.label): [] for state in RowState}
    for row in shown:
        by_state[row["state"]].append(row)
    moved = by_state["moved"] + by_state["moved and changed"]
    gone = {row["places"][0] for row in [*by_state["taken out"], *moved]}
    new: dict[int, dict[str, str]] = {
        row["places"][1]: copy.copy(old[row["places"][0] - 1]) for row in moved
    }
    new |= {row["places"][0]: copy.copy(empty) for row in by_state["added"]}
    staying = [copy.copy(row) for place, row in enumerate(old, start=1) if place not in gone]
    free = [place for place in range(1, len(new) + len(staying) + 1) if place not in new]
    new |= dict(zip(free, staying, strict=True))
    for row in [*moved, *by_state["changed"], *by_state["added"]]:
        target = new[row["places"][-1]]
        for label, before, after in row["fields"]:
            if label != "As the page shows it":
                assert row["state"] == "added" or target[label] == before
                target[label] = after
    return [new[place] for place in sorted(new)]
