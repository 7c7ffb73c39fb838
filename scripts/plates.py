"""The plates: one drawing for each remedy, in the colour of the text around it.

Minerals are a tile of their element, vitamins, hormones and fatty acids a skeletal formula, herbs
and fibres a line drawing of the plant by us. docs/plates.md names the sources. `make identity`
writes them into one file, from which pages and sharing pictures take them.
"""

import math
from dataclasses import dataclass

from scripts.skeletal import Drawing, Point, draw

NAMES = {
    "iron": "Iron",
    "magnesium": "Magnesium",
    "melatonin": "Melatonin",
    "omega-3": "Omega-3 (fish oil)",
    "psyllium": "Psyllium",
    "riboflavin": "Riboflavin",
    "valerian": "Valerian",
    "vitamin-d": "Vitamin D",
}
"""The names on the sharing pictures, by slug, as the starter content has them."""


@dataclass(frozen=True)
class Structure:
    """A molecule: its SMILES string, a point for each atom (in bonds, y downwards), and the bonds
    that leave the plane. `source` is the record the string was taken from."""

    smiles: str
    points: list[Point]
    wedges: dict[tuple[int, int], str]
    formula: str
    source: str


STRUCTURES = {
    "melatonin": Structure(
        "CC(=O)NCCC1=CNC2=C1C=C(C=C2)OC",
        [
            *((4.45, 0.08), (3.59, -0.42), (3.59, -1.42), (2.72, 0.08), (1.86, -0.42)),
            *((0.99, 0.08), (0.12, -0.43), (0.02, -1.42), (-0.96, -1.63), (-1.46, -0.77)),
            *((-0.79, -0.02), (-1.1, 0.93), (-2.08, 1.14), (-2.75, 0.39), (-2.44, -0.56)),
            *((-2.39, 2.09), (-3.37, 2.29)),
        ],
        {},
        "C13H16N2O2",
        "PubChem CID 896",
    ),
    "riboflavin": Structure(
        "CC1=CC2=C(C=C1C)N(C3=NC(=O)NC(=O)C3=N2)C[C@@H]([C@@H]([C@@H](CO)O)O)O",
        [
            *((-1.47, 3.34), (-0.98, 2.47), (0.02, 2.47), (0.52, 1.6), (0.02, 0.74)),
            *((-0.98, 0.74), (-1.48, 1.61), (-2.48, 1.61), (0.52, -0.13), (1.52, -0.13)),
            *((2.02, -1.0), (3.02, -1.0), (3.51, -1.87), (3.52, -0.14), (3.02, 0.73)),
            *((3.52, 1.6), (2.02, 0.73), (1.52, 1.6), (0.02, -0.99), (-0.98, -0.99)),
            *((-1.49, -1.86), (-2.49, -1.86), (-2.99, -2.72), (-3.99, -2.72), (-2.98, -0.99)),
            *((-0.99, -2.72), (-1.48, -0.13)),
        ],
        {(21, 24): "dash", (20, 25): "wedge", (19, 26): "dash"},
        "C17H20N4O6",
        "PubChem CID 493570",
    ),
    "omega-3": Structure(  # EPA, the shorter of the two main fatty acids of fish oil
        r"CC/C=C\C/C=C\C/C=C\C/C=C\C/C=C\CCCC(=O)O",
        [
            *((0.0, 0.0), (0.87, -0.5), (1.73, 0.0), (2.6, -0.5), (2.6, -1.5), (3.46, -2.0)),
            *((4.33, -1.5), (4.33, -0.5), (5.2, 0.0), (6.06, -0.5), (6.06, -1.5), (6.93, -2.0)),
            *((7.79, -1.5), (7.79, -0.5), (8.66, 0.0), (9.53, -0.5), (9.53, -1.5)),
            *((10.39, -2.0), (11.26, -1.5), (12.12, -2.0), (12.12, -3.0), (12.99, -1.5)),
        ],
        {},
        "C20H30O2",
        "PubChem CID 446284",
    ),
    "vitamin-d": Structure(  # cholecalciferol, vitamin D3
        r"C[C@H](CCCC(C)C)[C@H]1CC[C@@H]2[C@@]1(CCC/C2=C\C=C/3\C[C@H](CCC3=C)O)C",
        [
            *((2.33, -1.92), (2.33, -0.92), (3.2, -0.42), (4.07, -0.93), (4.93, -0.43)),
            *((5.8, -0.93), (6.66, -0.43), (5.79, -1.93), (1.47, -0.42), (1.37, 0.57)),
            *((0.39, 0.79), (-0.11, -0.08), (0.55, -0.82), (0.24, -1.77), (-0.74, -1.98)),
            *((-1.4, -1.24), (-1.09, -0.29), (-1.76, 0.46), (-2.74, 0.25), (-3.41, 1.0)),
            *((-4.38, 0.79), (-5.05, 1.54), (-4.74, 2.49), (-3.76, 2.69), (-3.09, 1.95)),
            *((-2.12, 2.15), (-6.03, 1.33), (1.3, -1.5)),
        ],
        {
            (1, 0): "dash",
            (8, 9): "wedge",
            (11, 10): "wedge",
            (21, 26): "dash",
            (12, 27): "wedge",
        },
        "C27H44O",
        "PubChem CID 5280795",
    ),
}
ELEMENTS = {"iron": ("26", "Fe", "55.845"), "magnesium": ("12", "Mg", "24.305")}
"""Number, symbol and standard atomic weight (abridged), as the IUPAC's table has them."""


def tile(number: str, symbol: str, weight: str) -> Drawing:
    """The tile of an element as the periodic table has it."""
    return Drawing(
        "0 0 120 132",
        '<rect x="8" y="6" width="104" height="120" rx="5"/>'
        f'<text x="19" y="30" font-size="16">{number}</text>'
        f'<text x="60" y="86" font-size="50" font-weight="700" text-anchor="middle">{symbol}</text>'
        f'<text x="60" y="113" font-size="14" text-anchor="middle">{weight}</text>',
    )


def leaf(start: Point, tip: Point, width: float, vein: float = 0.8) -> str:
    """A leaf from its stalk to its tip, with the vein along a part of it."""
    dx, dy = tip[0] - start[0], tip[1] - start[1]
    length = math.hypot(dx, dy)
    aside = (-dy / length * width, dx / length * width)
    middle = (start[0] + dx * 0.45, start[1] + dy * 0.45)
    one = (middle[0] + aside[0], middle[1] + aside[1])
    two = (middle[0] - aside[0], middle[1] - aside[1])
    end = (start[0] + dx * vein, start[1] + dy * vein)
    return (
        f"M{start[0]:.1f} {start[1]:.1f}Q{one[0]:.1f} {one[1]:.1f} {tip[0]:.1f} {tip[1]:.1f}"
        f"Q{two[0]:.1f} {two[1]:.1f} {start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
    )


def spike(foot: Point, tip: Point, width: float) -> str:
    """An ear of psyllium: a long oval with rows of small bracts, each row a bow."""
    dx, dy = tip[0] - foot[0], tip[1] - foot[1]
    length = math.hypot(dx, dy)
    along, aside = (dx / length, dy / length), (-dy / length, dx / length)

    def at(far: float, wide: float) -> str:
        x = foot[0] + along[0] * far * length + aside[0] * wide
        y = foot[1] + along[1] * far * length + aside[1] * wide
        return f"{x:.1f} {y:.1f}"

    outline = (
        f"M{at(0, 0)}C{at(0.02, width)} {at(0.7, width * 1.1)} {at(1, 0)}"
        f"C{at(0.7, -width * 1.1)} {at(0.02, -width)} {at(0, 0)}"
    )
    rows = "".join(
        f"M{at(far, -wide)}Q{at(far + 0.14, 0)} {at(far, wide)}"
        for far, wide in (
            (0.18, width * 0.62),
            (0.36, width * 0.76),
            (0.54, width * 0.72),
            (0.72, width * 0.52),
        )
    )
    return outline + rows


def psyllium() -> Drawing:
    """Plantago ovata: narrow leaves from the ground, ears on bare stalks, and two seeds."""
    leaves = "".join(
        leaf((88, 138), tip, width)
        for tip, width in (
            ((20, 104), 6.5),
            ((36, 62), 6.5),
            ((142, 64), 6.5),
            ((158, 104), 6.5),
        )
    )
    stalks = "M88 138C87 110 86 90 86 62M88 138C80 108 70 88 62 56M88 138C96 108 107 92 116 54"
    ears = (
        spike((86, 62), (86, 16), 10)
        + spike((62, 56), (48, 14), 9)
        + spike((116, 54), (130, 13), 9)
    )
    seeds = "M160 122c10-8 22-8 28 0-6 8-18 8-28 0M165 122h18M166 140c9-7 20-7 26 0-6 7-17 7-26 0M171 140h16"
    return Drawing("0 0 200 150", f'<path d="{leaves}{stalks}{ears}{seeds}"/>')


def valerian() -> Drawing:
    """Valeriana officinalis: feathered leaves in pairs, flowers in flat clusters, the root that is used."""
    stems = "M100 116C101 90 99 66 100 36M100 56C90 50 78 44 66 38M100 56C110 50 122 44 134 38"
    leaves = ""
    for side in (-1, 1):
        for base, reach, fall in ((102.0, 56.0, -4.0), (76.0, 38.0, -6.0)):
            end = (100 + side * reach, base + fall)
            leaves += f"M100 {base:.1f}L{end[0]:.1f} {end[1]:.1f}"
            for share in (0.35, 0.6, 0.85):
                x, y = 100 + side * reach * share, base + fall * share
                for up in (-1, 1):
                    leaves += leaf((x, y), (x + side * 7, y + up * 13), 3.4, 0)
            leaves += leaf(end, (end[0] + side * 15, end[1] - 2), 3.8, 0)
    flowers = "".join(
        f"M{x} {y}L{x + dx} {y + dy}{_flower(x + dx, y + dy - 3.4)}"
        for x, y in ((100, 36), (66, 38), (134, 38))
        for dx, dy in ((-12, -6), (-7, -15), (0, -9), (7, -15), (12, -6))
    )
    roots = (
        "M100 116C92 120 84 126 72 128M100 116C97 124 92 134 84 142M100 116C101 126 100 136 100 146"
        "M100 116C104 124 109 134 117 142M100 116C108 120 117 126 129 128M60 116H140"
    )
    return Drawing(
        "0 0 200 150",
        f'<path d="{stems}{leaves}{roots}"/><path stroke-width="1.4" d="{flowers}"/>',
    )


def _flower(x: float, y: float) -> str:
    return f"M{x - 3.4:.1f} {y:.1f}a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0M{x:.1f} {y:.1f}v.01"


def plates() -> dict[str, Drawing]:
    """Each remedy's slug with its drawing."""
    return {
        **{slug: tile(*element) for slug, element in ELEMENTS.items()},
        **{
            slug: draw(structure.smiles, structure.points, structure.wedges)
            for slug, structure in STRUCTURES.items()
        },
        "psyllium": psyllium(),
        "valerian": valerian(),
    }


def strokes(drawing: Drawing) -> str:
    """The elements of a drawing in the colour of the text around it."""
    letters = drawing.strokes.replace("<text", '<text fill="currentColor" stroke="none"')
    return (
        '<g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
        f'stroke-linejoin="round" font-size="15">{letters}</g>'
    )


def sprite() -> str:
    """All plates in one file, a symbol each; pages draw one by its name."""
    symbols = "".join(
        f'<symbol id="{slug}" viewBox="{drawing.view_box}">{strokes(drawing)}</symbol>\n'
        for slug, drawing in sorted(plates().items())
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}</svg>\n'
