"""Build fixtures/brands.yaml: brand names of the medicines that the private check knows.

Most names come from the dictionary inside the package `drug-named-entity-recognition`, which is a
developer's tool: install it into an environment of its own, and pass the path of its dictionary:

    python -m venv OTHER
    OTHER/bin/pip install drug-named-entity-recognition
    .venv/bin/python scripts/build_brands.py OTHER/lib/*/site-packages/drug_named_entity_recognition/*.bz2

The dictionary does not say which of its names are brands, has many nobody uses, and takes a few wrongly. So
only those listed in scripts/brand_names.txt are taken, each to the medicine that the dictionary has for it,
and what scripts/brand_pairs.yaml says holds over it.
"""

import argparse
import bz2
import pickle
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "fixtures" / "brands.yaml"
NAMES = ROOT / "scripts" / "brand_names.txt"
PAIRS = ROOT / "scripts" / "brand_pairs.yaml"

_HEADER = """\
# Brand names, by medicine: `a + b` is a product with both, `a / b` one or the other, by country or product.
# Built by scripts/build_brands.py from scripts/brand_names.txt and scripts/brand_pairs.yaml; do not edit.
# They lead the private check and the search to the medicine and say so. They stand nowhere else and
# recommend nothing. Which names are listed is our choice; which medicine each belongs to is from
# brand_pairs.yaml (by hand), or else from the dictionary inside the package
# drug-named-entity-recognition {version} (MIT, Fast Data Science Ltd). It names DrugBank's open
# vocabulary (CC0 1.0), MeSH, MedlinePlus and others as its sources. Names are facts:
# licence of this file: CC0 1.0. Built on {day}.
brands:
"""


def medicines_known(root: Path) -> list[str]:
    """Every medicine that a class of the content pack or a spoken name knows, in the order of the files."""
    pack = yaml.safe_load((root / "fixtures" / "circumstances.yaml").read_text(encoding="utf-8"))
    members = [
        name
        for row in pack["circumstances"]
        if row["kind"] == "medicine"
        for name in row.get("members", [])
    ]
    spoken = yaml.safe_load((root / "fixtures" / "spoken_names.yaml").read_text(encoding="utf-8"))
    classes = [name.strip() for names in spoken["classes"] for name in names.split(",")]
    others = [
        name
        for section in ("medicines", "not_covered")
        for names in spoken[section].values()
        for name in names
    ]
    return list(dict.fromkeys([*members, *classes, *others]))


def brands_by_medicine(
    brands: Iterable[str], canonical: Mapping[str, Sequence[str]], medicines: Iterable[str]
) -> dict[str, list[str]]:
    """The brands of each medicine, sorted; `canonical` has the generic names of every name."""
    by_generic: dict[str, str] = {}
    for medicine in medicines:
        for generic in [medicine, *canonical.get(medicine, [])]:
            by_generic.setdefault(generic, medicine)
    found: dict[str, list[str]] = {}
    for brand in sorted(set(brands), key=str.casefold):
        generics = canonical.get(brand.lower(), [])
        medicine = next((by_generic[each] for each in generics if each in by_generic), "")
        if medicine and medicine != brand.lower():
            found.setdefault(medicine, []).append(brand)
    return dict(sorted(found.items()))


def merge_pairs(
    pairs: Mapping[str, Sequence[str]], found: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The pairs by hand, and what was found for all other brands; medicines and brands sorted."""
    by_hand = {brand.casefold() for brands in pairs.values() for brand in brands}
    merged = {medicines: list(brands) for medicines, brands in pairs.items()}
    for medicine, brands in found.items():
        others = [brand for brand in brands if brand.casefold() not in by_hand]
        if others:
            merged.setdefault(medicine, []).extend(others)
    return {key: sorted(set(merged[key]), key=str.casefold) for key in sorted(merged)}


def main() -> None:
    """Write the file, and print the names that no medicine was found for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("dictionary", type=Path)
    dictionary: Path = parser.parse_args().dictionary
    with bz2.open(dictionary) as file:
        canonical = pickle.load(file)["drug_variant_to_canonical"]  # noqa: S301 (an installed package)
    brands = NAMES.read_text(encoding="utf-8").split()
    pairs = yaml.safe_load(PAIRS.read_text(encoding="utf-8"))
    merged = merge_pairs(pairs, brands_by_medicine(brands, canonical, medicines_known(ROOT)))
    info = next(dictionary.parent.parent.glob("drug_named_entity_recognition-*.dist-info"))
    header = _HEADER.format(
        version=info.name.removesuffix(".dist-info").split("-")[1], day=datetime.now(UTC).date()
    )
    content = yaml.safe_dump(
        merged, default_flow_style=None, allow_unicode=True, width=10_000, sort_keys=False
    )
    TARGET.write_text(header + textwrap.indent(content, "  "), encoding="utf-8")
    missing = set(brands) - {name for names in merged.values() for name in names}
    print("No medicine for:", ", ".join(sorted(missing)))


if __name__ == "__main__":
    main()
