"""The names that people use for medicines: brands, other names, and what they call a kind of medicine.

They are files, not rows, so that the private check runs the same queries whatever was typed.
"""

from functools import cache, lru_cache
from pathlib import Path

from remedies.check.vocabulary import (
    Medicines,
    SpokenNames,
    Term,
    Vocabulary,
    build_vocabulary,
)

_FOLDER = Path(__file__).resolve().parents[2] / "fixtures"
_TOGETHER, _BY_COUNTRY = " + ", " / "


@cache
def shipped_names() -> SpokenNames:
    """The names in fixtures/spoken_names.yaml and fixtures/brands.yaml, read once."""
    spoken = _read("spoken_names.yaml")
    brands = _read("brands.yaml")["brands"]
    classes = {
        name.strip(): tuple(slugs)
        for names, slugs in spoken["classes"].items()
        for name in names.split(",")
    }
    return SpokenNames(
        classes=classes,
        medicines=tuple(name for names in spoken["medicines"].values() for name in names),
        not_covered=tuple(name for names in spoken["not_covered"].values() for name in names),
        partly_covered=tuple(name for names in spoken["partly_covered"].values() for name in names),
        other_names={
            name: parse_medicines(medicines)
            for medicines, names in spoken["other_names"].items()
            for name in names
        },
        brands={
            brand: parse_medicines(medicines)
            for medicines, names in brands.items()
            for brand in names
        },
    )


@lru_cache(maxsize=2)
def shipped_vocabulary(terms: tuple[Term, ...]) -> Vocabulary:
    """The vocabulary of these terms and the shipped names; kept, since it has some thousand names."""
    return build_vocabulary(terms, shipped_names())


def parse_medicines(text: str) -> Medicines:
    """`a + b` for a product that holds both, `a / b` for a name that is one or the other, by country."""
    by_country = _BY_COUNTRY in text
    return Medicines(tuple(text.split(_BY_COUNTRY if by_country else _TOGETHER)), by_country)


def _read(file: str) -> dict[str, dict[str, list[str]]]:
    from remedies_site import yaml_format  # with the first check, not with the process

    content = yaml_format.read((_FOLDER / file).read_text(encoding="utf-8"))
    assert isinstance(content, dict)  # noqa: S101  (a file of ours)
    return content
