"""The share of a mineral or vitamin in the mass of a compound, from its formula and the atomic masses.

Standard atomic weights, abridged to five figures (IUPAC Commission on Isotopic Abundances and Atomic
Weights, 2021), in g/mol. A share is mass of the element over mass of the compound: of magnesium
oxide, 24.305 / 40.304.
"""

from decimal import Decimal

from remedies.choices import Basis, Compound

ATOMIC_MASS = {
    "H": Decimal("1.008"),
    "C": Decimal("12.011"),
    "N": Decimal("14.007"),
    "O": Decimal("15.999"),
    "Mg": Decimal("24.305"),
    "S": Decimal("32.06"),
    "Cl": Decimal("35.45"),
    "K": Decimal("39.098"),
    "Ca": Decimal("40.078"),
    "Fe": Decimal("55.845"),
    "Zn": Decimal("65.38"),
}

_PYRIDOXINE = {"C": 8, "H": 11, "N": 1, "O": 3}
FORMULAS: dict[Compound, tuple[str, dict[str, int]]] = {
    Compound.MAGNESIUM_OXIDE: ("Mg", {"Mg": 1, "O": 1}),
    Compound.MAGNESIUM_HYDROXIDE: ("Mg", {"Mg": 1, "O": 2, "H": 2}),
    Compound.MAGNESIUM_CARBONATE: ("Mg", {"Mg": 1, "C": 1, "O": 3}),
    Compound.MAGNESIUM_CHLORIDE: ("Mg", {"Mg": 1, "Cl": 2, "H": 12, "O": 6}),
    Compound.MAGNESIUM_SULFATE: ("Mg", {"Mg": 1, "S": 1, "H": 14, "O": 11}),
    Compound.MAGNESIUM_CITRATE: ("Mg", {"Mg": 3, "C": 12, "H": 10, "O": 14}),
    Compound.MAGNESIUM_GLYCINATE: ("Mg", {"Mg": 1, "C": 4, "H": 8, "N": 2, "O": 4}),
    Compound.MAGNESIUM_LACTATE: ("Mg", {"Mg": 1, "C": 6, "H": 14, "O": 8}),
    Compound.FERROUS_SULFATE: ("Fe", {"Fe": 1, "S": 1, "H": 14, "O": 11}),
    Compound.FERROUS_SULFATE_DRIED: ("Fe", {"Fe": 1, "S": 1, "H": 2, "O": 5}),
    Compound.FERROUS_FUMARATE: ("Fe", {"Fe": 1, "C": 4, "H": 2, "O": 4}),
    Compound.FERROUS_GLUCONATE: ("Fe", {"Fe": 1, "C": 12, "H": 26, "O": 16}),
    Compound.CALCIUM_CARBONATE: ("Ca", {"Ca": 1, "C": 1, "O": 3}),
    Compound.CALCIUM_CITRATE: ("Ca", {"Ca": 3, "C": 12, "H": 18, "O": 18}),
    Compound.ZINC_SULFATE: ("Zn", {"Zn": 1, "S": 1, "H": 14, "O": 11}),
    Compound.ZINC_GLUCONATE: ("Zn", {"Zn": 1, "C": 12, "H": 22, "O": 14}),
    Compound.ZINC_OXIDE: ("Zn", {"Zn": 1, "O": 1}),
    Compound.PYRIDOXINE_HYDROCHLORIDE: ("vitamin B6", {**_PYRIDOXINE, "H": 12, "Cl": 1}),
    Compound.POTASSIUM_CHLORIDE: ("K", {"K": 1, "Cl": 1}),
    Compound.POTASSIUM_CITRATE: ("K", {"K": 3, "C": 6, "H": 7, "O": 8}),
}
"""What counts (an element, or a vitamin of `VITAMINS`), and the atoms of one formula unit with its water."""
VITAMINS = {"vitamin B6": _PYRIDOXINE}
"""The atoms of a vitamin without what its salt adds."""


def mineral_share(compound: Compound) -> Decimal:
    """Grams of the mineral or vitamin in one gram of the compound."""
    counted, atoms = FORMULAS[compound]
    return _mass(VITAMINS.get(counted) or {counted: atoms[counted]}) / _mass(atoms)


def counted_basis(compound: Compound) -> Basis:
    """What the share of a compound is called: minerals have elemental amounts, vitamins are a substance."""
    return Basis.SUBSTANCE if FORMULAS[compound][0] in VITAMINS else Basis.ELEMENTAL


def _mass(atoms: dict[str, int]) -> Decimal:
    return sum((ATOMIC_MASS[atom] * number for atom, number in atoms.items()), Decimal())
