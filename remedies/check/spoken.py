"""The names that people use for medicines: brands, and what they call a kind of medicine.

They are files, not rows, so that the private check runs the same queries whatever was typed.
"""

from functools import cache
from pathlib import Path

from remedies.check.names import SpokenNames
from remedies_site import yaml_format

_FOLDER = Path(__file__).resolve().parents[2] / "fixtures"


@cache
def shipped_names() -> SpokenNames:
    """The names in fixtures/spoken_names.yaml and fixtures/brands.yaml, read once."""
    classes = _read("spoken_names.yaml", "classes")
    brands = _read("brands.yaml", "brands")
    return SpokenNames(
        classes={
            name.strip(): tuple(slugs)
            for names, slugs in classes.items()
            for name in names.split(",")
        },
        brands={brand: medicine for medicine, names in brands.items() for brand in names},
    )


def _read(file: str, key: str) -> dict[str, list[str]]:
    content = yaml_format.read((_FOLDER / file).read_text(encoding="utf-8"))
    assert isinstance(content, dict)  # noqa: S101  (a file of ours)
    rows: dict[str, list[str]] = content[key]
    return rows
