"""A pen for line drawings: paths of SVG in few letters, and the shapes that plants are made of.

Points are absolute when they are given and relative when they are written, to half a unit: all
plates are one file, and each letter of it is sent to who opens the home page.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from scripts.skeletal import Drawing, Point

FINE = "1.4"
"""The width of the thinner lines; the others are 2."""


def drawn(bold: str, fine: str = "", *, right: str = "", right_fine: str = "") -> Drawing:
    """A drawing of 200 by 150: a path, one with a finer pen, and both with their mirror images.

    What stands on both sides is written twice in the same letters, which compress to almost nothing.
    """
    thin = f' stroke-width="{FINE}"'
    mirrored = ' transform="matrix(-1 0 0 1 200 0)"'
    paths = (
        ("", bold),
        (thin, fine),
        ("", right),
        (mirrored, right),
        (thin, right_fine),
        (thin + mirrored, right_fine),
    )
    body = "".join(f'<path{attributes} d="{path}"/>' for attributes, path in paths if path)
    return Drawing("0 0 200 150", body)


class Pen:
    """Writes one path. Each stroke goes on from where the last one ended."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at: Point = (0.0, 0.0)

    def __str__(self) -> str:
        return "".join(self._parts)

    def move(self, point: Point) -> "Pen":
        """Lift the pen and begin again there."""
        return self._write("m" if self._parts else "M", point)

    def line(self, *points: Point) -> "Pen":
        """Straight lines through the points."""
        for point in points:
            self._write("l", point)
        return self

    def quad(self, bend: Point, end: Point) -> "Pen":
        """A bow to `end` that leans towards `bend`."""
        return self._write("q", bend, end)

    def cubic(self, one: Point, two: Point, end: Point) -> "Pen":
        """A curve to `end` with two handles."""
        return self._write("c", one, two, end)

    def dots(self, points: Iterable[Point]) -> "Pen":
        """Dots as wide as the pen."""
        for point in points:
            self.move(point)._parts.append("h.01")
        return self

    def circle(self, middle: Point, radius: float) -> "Pen":
        """A circle."""
        return self.oval(middle, radius, radius)

    def oval(self, middle: Point, wide: float, high: float, turned: float = 0) -> "Pen":
        """An ellipse with two radii, turned by degrees."""
        turn = math.radians(turned)
        aside = (math.cos(turn) * wide, math.sin(turn) * wide)
        self.move((middle[0] - aside[0], middle[1] - aside[1]))
        radii = f"{_number(wide)} {_number(high)} {_number(turned)}"
        for sign in (1, -1):
            there = _pair(2 * sign * aside[0], 2 * sign * aside[1])
            self._parts.append(f"a{radii} 1 0{'' if there.startswith('-') else ' '}{there}")
        return self

    def around(self, points: Sequence[Point]) -> "Pen":
        """A closed, round outline that leans towards each of the points."""
        first = _middle(points[-1], points[0])
        self.move(first)
        return self._smooth(points, first)

    def along(self, points: Sequence[Point]) -> "Pen":
        """A round line from the first point to the last that leans towards those between."""
        self.move(points[0])
        return self._smooth(points[1:-1], points[-1])

    def _smooth(self, bends: Sequence[Point], end: Point) -> "Pen":
        ends = [_middle(one, two) for one, two in pairwise(bends)]
        for bend, to in zip(bends, [*ends, end], strict=True):
            self.quad(bend, to)
        return self

    def _write(self, command: str, *points: Point) -> "Pen":
        pairs = [_pair(x - self._at[0], y - self._at[1]) for x, y in points]
        words = pairs[0]
        for pair in pairs[1:]:
            words += pair if pair.startswith("-") else f" {pair}"
        self._parts.append(command + words)
        x, y = points[-1]
        # Where a reader of the rounded numbers is, so that no error adds up.
        self._at = (self._at[0] + _half(x - self._at[0]), self._at[1] + _half(y - self._at[1]))
        return self


def leaf(start: Point, tip: Point, width: float, vein: float = 0.8) -> str:
    """A leaf from its stalk to its tip, with the vein along a part of it."""
    middle, end = between(start, tip, 0.45), between(start, tip, vein)
    pen = Pen().move(start)
    pen.quad(beside(start, tip, middle, width), tip).quad(beside(start, tip, middle, -width), start)
    return str(pen.line(end))


def toothed(start: Point, tip: Point, width: float, teeth: int) -> tuple[str, str]:
    """A leaf with a saw's edge, broadest below its middle; and its midrib with the veins, for a finer pen."""

    def edge(far: float, side: int) -> Point:
        return beside(
            start, tip, between(start, tip, far), side * width * math.sin(math.pi * far**0.75)
        )

    pen, veins = Pen().move(start), Pen().move(start).line(between(start, tip, 0.92))
    steps = [number / (teeth + 1) for number in range(1, teeth + 1)]
    for side in (1, -1):
        for far in steps:
            pen.quad(edge(far - 0.04, side), edge(far, side))
            pen.line(beside(start, tip, edge(far, side), -side * width * 0.12))
        pen.quad(edge(0.95, side), tip)
        if side == 1:
            pen.move(start)
        for far in steps[1::2]:
            veins.move(between(start, tip, far - 0.22)).line(
                between(between(start, tip, far), edge(far, side), 0.7)
            )
    return str(pen), str(veins)


def between(one: Point, two: Point, share: float) -> Point:
    """The point that lies this share of the way from one to the other."""
    return one[0] + (two[0] - one[0]) * share, one[1] + (two[1] - one[1]) * share


def beside(start: Point, tip: Point, point: Point, by: float) -> Point:
    """A point moved at a right angle to the line from start to tip."""
    length = math.dist(start, tip)
    return (
        point[0] - (tip[1] - start[1]) / length * by,
        point[1] + (tip[0] - start[0]) / length * by,
    )


def at_angle(middle: Point, degrees: float, far: float) -> Point:
    """The point at a distance in a direction: 0 is to the right, 90 is up."""
    turn = math.radians(degrees)
    return middle[0] + far * math.cos(turn), middle[1] - far * math.sin(turn)


def _middle(one: Point, two: Point) -> Point:
    return between(one, two, 0.5)


def _half(value: float) -> float:
    return round(value * 2) / 2


def _number(value: float) -> str:
    """-0.5 as -.5, and 2.0 as 2."""
    text = f"{_half(value):g}".replace("0.", ".") if abs(value) < 1 else f"{_half(value):g}"
    return "0" if text == "-0" else text


def _pair(x: float, y: float) -> str:
    first, second = _number(x), _number(y)
    return first + (second if second.startswith("-") else f" {second}")
