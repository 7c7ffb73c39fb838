"""Read a folder of YAML files and collect every error instead of stopping at the first.

This module knows no kind of document: the caller names files, keys and schemas.
"""

from pathlib import Path
from typing import NamedTuple, TypeVar

import yaml
from pydantic import ValidationError

from remedies_site import yaml_format
from remedies_site.documents import Document, validation_errors

D = TypeVar("D", bound=Document)


class PackError(NamedTuple):
    """One error of a pack: the file, the document in it, the field, and what is wrong."""

    file: str
    document: str
    field: str
    message: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.document or '(file)'}: {self.field or '(whole)'}: {self.message}"
        )


class InvalidPack(Exception):
    """A pack with errors; nothing of it was loaded."""

    def __init__(self, errors: list[PackError]) -> None:
        """Keep every error, so that all can be corrected in one go."""
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


class PackReader:
    """Reads the files of one folder; `errors` holds what was wrong so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.errors: list[PackError] = []

    def add_error(self, file: str, document: str, field: str, message: str) -> None:
        """Keep an error; an empty `document` or `field` means all of the file or document."""
        self.errors.append(PackError(file, document, field, message))

    def read_mapping(self, file: str, *keys: str) -> dict[str, object]:
        """The file's content, which must have exactly these keys; {} where it cannot be used."""
        try:
            content = yaml_format.read(self._read_text(file))
        except (OSError, UnicodeDecodeError) as error:
            self.add_error(file, "", "", f"cannot be read: {error}")
            return {}
        except yaml.YAMLError as error:
            self.add_error(file, "", "", "is not YAML: " + " ".join(str(error).split()))
            return {}
        if not isinstance(content, dict) or set(content) != set(keys):
            self.add_error(file, "", "", f"must hold {' and '.join(keys)}, and nothing else")
            return {}
        return content

    def _read_text(self, file: str) -> str:
        """The beginning of a file, one character longer than may be parsed at most."""
        with (self.folder / file).open(encoding="utf-8") as opened:
            return opened.read(yaml_format.MAX_CHARACTERS + 1)

    def read_documents(self, file: str, key: str, schema: type[D], name: str) -> list[D]:
        """The valid documents of a file that holds one list; `name` is their identifying field."""
        content = self.read_mapping(file, key)
        return self.validate_list(file, key, content.get(key, []), schema, name)

    def validate_list(
        self, file: str, key: str, content: object, schema: type[D], name: str
    ) -> list[D]:
        """The valid documents of a list; no two may have the same value in the field `name`."""
        if not isinstance(content, list):
            self.add_error(file, "", key, "must be a list")
            return []
        documents: list[D] = []
        seen: set[str] = set()
        for position, values in enumerate(content, start=1):
            identifier = values.get(name) if isinstance(values, dict) else None
            label = str(identifier or f"{key}[{position}]")
            if label in seen:
                self.add_error(file, label, name, "stands in this file twice")
            seen.add(label)
            document = self.validate(file, label, values, schema)
            if document is not None:
                documents.append(document)
        return documents

    def validate(self, file: str, label: str, values: object, schema: type[D]) -> D | None:
        """The document that the values make, None where they are invalid.

        What keeps a valid document from being published is an error too.
        """
        try:
            document = schema.model_validate(values)
        except ValidationError as error:
            for field, message in validation_errors(error):
                self.add_error(file, label, field, message)
            return None
        for field, message in document.publish_errors():
            self.add_error(file, label, field, message)
        return document
