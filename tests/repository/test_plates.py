"""Plates: what is drawn is the structure, and each has its picture for links."""

import re

import pytest
import yaml
from PIL import Image

from remedies.pages.plates import ALTERNATIVE_TEXTS, plate_of
from scripts import identity
from scripts.plates import NAMES, plates, sprite
from scripts.plates_formulas import STRUCTURES
from scripts.plates_pen import Pen
from scripts.skeletal import draw, read_smiles


@pytest.mark.parametrize("slug", STRUCTURES)
def test_the_structure_has_the_sum_formula_of_its_record(slug):
    structure = STRUCTURES[slug]
    assert read_smiles(structure.smiles).formula == structure.formula


@pytest.mark.parametrize("slug", STRUCTURES)
def test_every_bond_is_about_as_long_as_every_other(slug):
    structure = STRUCTURES[slug]
    molecule = read_smiles(structure.smiles)
    assert len(structure.points) == len(molecule.atoms)
    for bond in molecule.bonds:
        (x, y), (to_x, to_y) = structure.points[bond.start], structure.points[bond.end]
        assert 0.95 < ((x - to_x) ** 2 + (y - to_y) ** 2) ** 0.5 < 1.05, bond


@pytest.mark.parametrize("slug", STRUCTURES)
def test_what_leaves_the_plane_is_a_bond(slug):
    structure = STRUCTURES[slug]
    bonds = {frozenset((bond.start, bond.end)) for bond in read_smiles(structure.smiles).bonds}
    assert {frozenset(pair) for pair in structure.wedges} <= bonds


def test_rings_branches_and_double_bonds_are_read():
    molecule = read_smiles("CC1=C(O)CCC1")
    assert [(bond.start, bond.end, bond.order) for bond in molecule.bonds] == [
        (0, 1, 1),
        (1, 2, 2),
        (2, 3, 1),
        (2, 4, 1),
        (4, 5, 1),
        (5, 6, 1),
        (1, 6, 1),
    ]
    assert molecule.formula == "C6H10O"


@pytest.mark.parametrize("smiles", ["c1ccccc1", "CS", "C1CC", "C(C"])
def test_what_cannot_be_read_is_refused(smiles):
    with pytest.raises(ValueError, match="Not read to its end"):
        read_smiles(smiles)


def test_an_atom_that_is_not_carbon_is_written_with_its_hydrogen():
    strokes = draw("CO", [(0, 0), (1, 0)], {}).strokes
    assert ">OH</text>" in strokes
    assert ">C" not in strokes


def test_more_than_one_hydrogen_is_counted():
    assert (
        '>NH<tspan dy="4" font-size="11">2</tspan></text>'
        in draw("CN", [(0, 0), (1, 0)], {}).strokes
    )
    assert '>H<tspan dy="4" font-size="11">2</tspan><tspan dy="-4">N' in (
        draw("NC", [(0, 0), (1, 0)], {}).strokes
    )


@pytest.mark.parametrize("slug", NAMES)
def test_the_page_of_a_remedy_loads_its_own_plate_alone(slug):
    assert re.findall(r'symbol id="([^"]+)"', sprite(slug)) == [slug]
    path = identity.ROOT / "static" / plate_of(slug, NAMES[slug], alone=True).file
    assert path in identity.TEXTS
    assert len(sprite(slug)) < 3_000
    assert plate_of(slug, NAMES[slug]).file == "img/plates.svg"


def test_a_pen_goes_on_from_where_it_is():
    pen = Pen().move((10, 10)).line((12.26, 9.1)).dots([(20, 20)])
    assert str(pen) == "M10 10l2.5-1m7.5 11h.01"


def test_every_remedy_of_the_starter_content_has_a_plate_under_its_name():
    names = {}
    for path in sorted((identity.ROOT / "fixtures/remedies").glob("*.yaml")):
        remedy = yaml.safe_load(path.read_text(encoding="utf-8"))["remedy"]
        names[remedy["slug"]] = remedy["name"]
    assert names == NAMES
    assert plates().keys() == NAMES.keys() == ALTERNATIVE_TEXTS.keys()


@pytest.mark.parametrize("slug", NAMES)
def test_links_to_a_remedy_carry_its_picture(slug):
    path = identity.ROOT / f"static/img/sharing/{slug}.png"
    with Image.open(path) as picture:
        assert picture.size == (1200, 630)
    assert path.stat().st_size < 40_000


@pytest.mark.parametrize("slug", NAMES)
def test_its_source_is_named(slug):
    sources = (identity.ROOT / "docs/plates.md").read_text(encoding="utf-8")
    assert f"`{slug}`" in sources
    if slug in STRUCTURES:
        assert STRUCTURES[slug].source in sources
        assert STRUCTURES[slug].smiles in sources
