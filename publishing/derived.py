"""Versions of the definitions by which the data was made that is derived from revisions.

A rebuild is recorded when it is whole, so that one that was interrupted is done again.
"""

import hashlib
import json

from publishing.models import DerivedVersion
from publishing.services import SHOWN_VERSION, subject_types

SHOWN = "shown columns"
DRAFTS = "states of drafts"


def shown_version() -> str:
    """The version of the `shown_` columns: their names, the schemas they are read from, and a number."""
    definitions = [
        [
            subject_type.model._meta.label,
            sorted(
                field.name
                for field in subject_type.model._meta.concrete_fields
                if field.name.startswith("shown_") or field.name == "sort_key"
            ),
            subject_type.schema.model_json_schema(),
        ]
        for subject_type in subject_types()
    ]
    digest = hashlib.sha256(json.dumps(definitions, sort_keys=True).encode()).hexdigest()
    return f"{SHOWN_VERSION}-{digest[:16]}"


def drafts_version() -> str:
    """The version of the states of drafts: the schemas that they are computed by."""
    schemas = [kind.schema.model_json_schema() for kind in subject_types()]
    return hashlib.sha256(json.dumps(schemas, sort_keys=True).encode()).hexdigest()[:16]


def is_current(name: str, version: str) -> bool:
    """Whether the data of this name was rebuilt by this version, wholly."""
    return DerivedVersion.objects.filter(name=name, version=version).exists()


def record(name: str, version: str) -> None:
    """Note that the data of this name is now that of the version, wholly."""
    DerivedVersion.objects.update_or_create(name=name, defaults={"version": version})
