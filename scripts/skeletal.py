"""Skeletal formulas as SVG: bonds are read from a SMILES string, positions are given beside it.

No line can be drawn that the structure has not, and none can be forgotten. Of SMILES only what our
structures need is read: C, N and O, chains, branches, rings and double bonds.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]

BOND = 22.0
"""Length of a bond in the drawing's own units; positions are in bonds, y downwards."""
MARGIN = 20.0
_GAP = 5.0  # between the two lines of a double bond
_CLEAR = 8.5  # between a letter's middle and the end of a bond
_VALENCE = {"C": 4, "N": 3, "O": 2}
_TOKEN = re.compile(
    r"\[(?P<bracket>[CNO])[@H+-]*\]|(?P<atom>[CNO])|(?P<ring>\d)|(?P<sign>[()=/\\])"
)


@dataclass(frozen=True)
class Drawing:
    """SVG elements without colours, and the `viewBox` they stand in."""

    view_box: str
    strokes: str


@dataclass(frozen=True)
class Bond:
    """A bond between two atoms (indices into the SMILES string's atoms); `order` is 1 or 2."""

    start: int
    end: int
    order: int


@dataclass(frozen=True)
class Molecule:
    """Atoms in the order of their SMILES string, and the bonds between them."""

    atoms: list[str]
    bonds: list[Bond]

    def neighbours(self, atom: int) -> list[int]:
        """The atoms that are bound to one."""
        ends = [(bond.start, bond.end) for bond in self.bonds if atom in (bond.start, bond.end)]
        return [end if start == atom else start for start, end in ends]

    def hydrogens(self, atom: int) -> int:
        """How many hydrogen atoms the valence leaves room for."""
        bound = sum(bond.order for bond in self.bonds if atom in (bond.start, bond.end))
        return _VALENCE[self.atoms[atom]] - bound

    @property
    def formula(self) -> str:
        """The sum formula, carbon and hydrogen first: C13H16N2O2."""
        hydrogens = sum(self.hydrogens(atom) for atom in range(len(self.atoms)))
        counts = {
            "C": self.atoms.count("C"),
            "H": hydrogens,
            "N": self.atoms.count("N"),
            "O": self.atoms.count("O"),
        }
        return "".join(
            f"{symbol}{number if number > 1 else ''}" for symbol, number in counts.items() if number
        )


def read_smiles(smiles: str) -> Molecule:
    """The atoms and bonds of a structure without aromatic letters. Raises ValueError for others."""
    reader = _Reader()
    read = 0
    for token in _TOKEN.finditer(smiles):
        if token.start() != read:
            break
        read = token.end()
        reader.take(token)
    if read != len(smiles) or reader.rings or reader.branches:
        raise ValueError(f"Not read to its end: {smiles[read:] or smiles}")
    return Molecule(reader.atoms, reader.bonds)


@dataclass
class _Reader:
    """What has been read of a SMILES string: the last atom, and what is still open."""

    atoms: list[str] = field(default_factory=list)
    bonds: list[Bond] = field(default_factory=list)
    branches: list[int] = field(default_factory=list)
    rings: dict[str, tuple[int, int]] = field(default_factory=dict)
    last: int = -1
    order: int = 1

    def take(self, token: re.Match[str]) -> None:
        """Read one atom, ring number, bracket or bond sign."""
        if symbol := token["bracket"] or token["atom"]:
            self._atom(symbol)
        elif number := token["ring"]:
            self._ring(number)
        elif token["sign"] == "(":
            self.branches.append(self.last)
        elif token["sign"] == ")":
            self.last = self.branches.pop()
        elif token["sign"] == "=":
            self.order = 2

    def _atom(self, symbol: str) -> None:
        self.atoms.append(symbol)
        if self.last >= 0:
            self.bonds.append(Bond(self.last, len(self.atoms) - 1, self.order))
        self.last, self.order = len(self.atoms) - 1, 1

    def _ring(self, number: str) -> None:
        if number in self.rings:
            opened, order = self.rings.pop(number)
            self.bonds.append(Bond(opened, self.last, max(order, self.order)))
        else:
            self.rings[number] = (self.last, self.order)
        self.order = 1


def draw(smiles: str, positions: Sequence[Point], wedges: dict[tuple[int, int], str]) -> Drawing:
    """The skeletal formula of a structure.

    `positions` has one point for each atom. `wedges` names the bonds that leave the plane, from the
    atom they leave: "wedge" towards the reader, "dash" away.
    """
    molecule = read_smiles(smiles)
    points = _scaled(positions)
    lines, solid = [], []
    for bond in molecule.bonds:
        ends = _ends(molecule, points, bond)
        kind = wedges.get((bond.start, bond.end)) or wedges.get((bond.end, bond.start))
        if kind and (bond.start, bond.end) not in wedges:
            ends = (ends[1], ends[0])
        if kind == "wedge":
            solid.append(_wedge(*ends))
        elif kind == "dash":
            lines += _dashes(*ends)
        elif bond.order == 2:
            lines += _double(molecule, points, bond, ends)
        else:
            lines.append(_line(*ends))
    letters = "".join(
        _letter(molecule, points, atom)
        for atom in range(len(points))
        if _is_written(molecule, atom)
    )
    width = max(x for x, _y in points) + MARGIN + 6
    height = max(y for _x, y in points) + MARGIN
    body = f'<path d="{"".join(lines)}"/>'
    if solid:
        body += f'<path fill="currentColor" stroke-width="1" d="{"".join(solid)}"/>'
    return Drawing(f"0 0 {width:.0f} {height:.0f}", body + letters)


def _scaled(positions: Sequence[Point]) -> list[Point]:
    left, top = min(x for x, _y in positions), min(y for _x, y in positions)
    return [(MARGIN + 6 + (x - left) * BOND, MARGIN + (y - top) * BOND) for x, y in positions]


def _is_written(molecule: Molecule, atom: int) -> bool:
    return molecule.atoms[atom] != "C"


def _ends(molecule: Molecule, points: Sequence[Point], bond: Bond) -> tuple[Point, Point]:
    """The ends of a bond, short of the letters that stand there."""
    start, end = points[bond.start], points[bond.end]
    first = _CLEAR if _is_written(molecule, bond.start) else 0.0
    last = _CLEAR if _is_written(molecule, bond.end) else 0.0
    return _towards(start, end, first), _towards(end, start, last)


def _towards(start: Point, end: Point, by: float) -> Point:
    length = math.dist(start, end)
    return (
        start[0] + (end[0] - start[0]) * by / length,
        start[1] + (end[1] - start[1]) * by / length,
    )


def _aside(start: Point, end: Point, by: float) -> Point:
    """The vector of length `by` at a right angle to a line."""
    length = math.dist(start, end)
    return (-(end[1] - start[1]) * by / length, (end[0] - start[0]) * by / length)


def _line(start: Point, end: Point) -> str:
    x, y = (f"{end[axis] - start[axis]:.1f}".removesuffix(".0") for axis in (0, 1))
    return f"M{start[0]:.1f} {start[1]:.1f}l{x}{'' if y.startswith('-') else ' '}{y}"


def _moved(point: Point, vector: Point) -> Point:
    return point[0] + vector[0], point[1] + vector[1]


def _double(
    molecule: Molecule, points: Sequence[Point], bond: Bond, ends: tuple[Point, Point]
) -> list[str]:
    """Two lines: around the middle where one end has no other neighbour, else one on the inside."""
    start, end = ends
    if 1 in (len(molecule.neighbours(bond.start)), len(molecule.neighbours(bond.end))):
        half = _aside(start, end, _GAP / 2)
        other = (-half[0], -half[1])
        return [_line(_moved(start, side), _moved(end, side)) for side in (half, other)]
    aside = _aside(points[bond.start], points[bond.end], _GAP)
    if _lean(molecule, points, bond, aside) < 0:
        aside = (-aside[0], -aside[1])
    inner = _towards(start, end, 3.0), _towards(end, start, 3.0)
    return [_line(start, end), _line(_moved(inner[0], aside), _moved(inner[1], aside))]


def _lean(molecule: Molecule, points: Sequence[Point], bond: Bond, aside: Point) -> float:
    """Above 0 where more of what is bound to the two ends lies on this side."""
    origin = points[bond.start]
    around = {*molecule.neighbours(bond.start), *molecule.neighbours(bond.end)}
    sides = [
        (points[atom][0] - origin[0]) * aside[0] + (points[atom][1] - origin[1]) * aside[1]
        for atom in around - {bond.start, bond.end}
    ]
    ring = sum(1 if side > 0 else -1 for side in sides)
    return ring if ring else sum(sides)


def _wedge(start: Point, end: Point) -> str:
    half = _aside(start, end, 3.0)
    one, two = _moved(end, half), _moved(end, (-half[0], -half[1]))
    return f"{_line(start, one)}L{two[0]:.1f} {two[1]:.1f}Z"


def _dashes(start: Point, end: Point) -> list[str]:
    length = math.dist(start, end)
    lines = []
    for step in range(1, 6):
        middle = _towards(start, end, length * step / 5)
        half = _aside(start, end, 0.6 + 2.6 * step / 5)
        lines.append(_line(_moved(middle, half), _moved(middle, (-half[0], -half[1]))))
    return lines


def _letter(molecule: Molecule, points: Sequence[Point], atom: int) -> str:
    """An atom that is written, with its hydrogen on the side where no bond is."""
    x, y = points[atom]
    symbol, hydrogens = molecule.atoms[atom], molecule.hydrogens(atom)
    neighbours = [points[other] for other in molecule.neighbours(atom)]
    alone = f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle">{symbol}</text>'
    if not hydrogens:
        return alone
    sides = {point[0] > x + 1 for point in neighbours}
    number = f'<tspan dy="4" font-size="11">{hydrogens}</tspan>' if hydrogens > 1 else ""
    if len(sides) == 2:
        fall = -14 if sum(point[1] - y for point in neighbours) > 0 else 14
        return (
            f'{alone}<text x="{x:.1f}" y="{y + 5 + fall:.1f}" text-anchor="middle">H{number}</text>'
        )
    if sides == {True}:
        letters = f'H{number}<tspan dy="-4">{symbol}</tspan>' if number else f"H{symbol}"
        return f'<text x="{x + 5.5:.1f}" y="{y + 5:.1f}" text-anchor="end">{letters}</text>'
    return f'<text x="{x - 5.5:.1f}" y="{y + 5:.1f}">{symbol}H{number}</text>'
