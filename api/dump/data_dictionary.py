"""The dictionary of the dump: every field with its type and its words, read from the schemas."""

from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from api.dump.record_lines import RECORDS
from api.dump.tables import table_columns

_HEADER = (
    "# Data dictionary",
    "",
    "Made from the schemas that also check the data. `records/` has a JSON object a line; `tables/` the",
    "same as CSV; `pack/` is what `manage.py load_content` reads. Texts are Markdown where a field holds",
    "sentences of editors, with citation marks such as `[@Key]`.",
    "In tables, several values of one cell stand on lines of their own, and a cell that a spreadsheet",
    "would take for a formula begins with an apostrophe.",
)


def data_dictionary() -> str:
    """The dictionary as Markdown."""
    _map, schema = models_json_schema(
        [(model, "serialization") for model in RECORDS.values()], by_alias=True
    )
    definitions: dict[str, Any] = schema["$defs"]
    lines = [*_HEADER, "", "## Records", ""]
    lines += [f"- `records/{name}.jsonl`: {model.__name__}" for name, model in RECORDS.items()]
    for name, definition in sorted(definitions.items()):
        lines += ["", f"### {name}", ""]
        lines += _definition(definition)
    lines += ["", "## Tables"]
    for name, columns in table_columns().items():
        lines += ["", f"### tables/{name}.csv", "", ", ".join(f"`{one}`" for one in columns)]
    return "\n".join([*lines, ""])


def _definition(definition: dict[str, Any]) -> Iterator[str]:
    if text := definition.get("description"):
        yield " ".join(text.split())
        yield ""
    if "enum" in definition:
        yield "One of: " + ", ".join(f"`{value}`" for value in definition["enum"])
        return
    yield "| field | type | |"
    yield "| --- | --- | --- |"
    for name, field in definition.get("properties", {}).items():
        note = " ".join(str(field.get("description", "")).split()).replace("|", "\\|")
        yield f"| `{name}` | {_type(field)} | {note} |"


def _type(field: dict[str, Any]) -> str:
    """The type of a field in words."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(_type(part) for part in field["anyOf"]))
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}"
    if field.get("type") == "object":
        return f"object of {_type(field.get('additionalProperties') or {})}"
    form = f" ({field['format']})" if "format" in field else ""
    return f"{field.get('type', 'any')}{form}"
