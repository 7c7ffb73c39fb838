"""The plates that are formulas or tiles: molecules with a point for each atom, and elements."""

from dataclasses import dataclass

from scripts.skeletal import Drawing, Point


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
    "vitamin-c": Structure(  # L-ascorbic acid
        "C([C@@H]([C@@H]1C(=C(C(=O)O1)O)O)O)O",
        [
            *((-1.35, -1.43), (-1.14, -0.45), (-0.19, -0.14), (0.12, 0.81), (1.12, 0.81)),
            *((1.42, -0.14), (2.38, -0.45), (0.62, -0.73), (1.7, 1.62), (-0.47, 1.62)),
            *((-1.89, 0.22), (-2.3, -1.74)),
        ],
        {(2, 1): "wedge", (1, 10): "wedge"},
        "C6H8O6",
        "PubChem CID 54670067",
    ),
    "vitamin-b6": Structure(  # pyridoxine
        "CC1=NC=C(C(=C1O)CO)CO",
        [
            *((-1.73, 1.5), (-0.87, 1.0), (0.0, 1.5), (0.87, 1.0), (0.87, 0.0), (0.0, -0.5)),
            *((-0.87, 0.0), (-1.73, -0.5), (0.0, -1.5), (-0.87, -2.0), (1.73, -0.5), (2.6, 0.0)),
        ],
        {},
        "C8H11NO3",
        "PubChem CID 1054",
    ),
    "glucosamine": Structure(
        "C([C@@H]1[C@H]([C@@H]([C@H](C(O1)O)N)O)O)O",
        [
            *((0.0, -2.0), (0.0, -1.0), (-0.87, -0.5), (-0.87, 0.5), (0.0, 1.0), (0.87, 0.5)),
            *((0.87, -0.5), (1.73, 1.0), (0.0, 2.0), (-1.73, 1.0), (-1.73, -1.0), (0.87, -2.5)),
        ],
        {(1, 0): "wedge", (2, 10): "dash", (3, 9): "wedge", (4, 8): "dash"},
        "C6H13NO5",
        "PubChem CID 439213",
    ),
}
ELEMENTS = {
    "calcium": ("20", "Ca", "40.078"),
    "iron": ("26", "Fe", "55.845"),
    "magnesium": ("12", "Mg", "24.305"),
    "zinc": ("30", "Zn", "65.38"),
}
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
