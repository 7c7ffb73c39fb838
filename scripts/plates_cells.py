"""The plate that shows what a microscope does; drawn by us, not to scale."""

from scripts.plates_pen import Pen, at_angle, beside, between, drawn
from scripts.skeletal import Drawing, Point


def probiotics() -> Drawing:
    """What a microscope shows: rods, a chain of round bacteria, a forked Bifidobacterium, a budding yeast."""
    cells = Pen().circle((100, 75), 72)
    for middle, turned, length in (
        *(((58, 43), -40, 32), ((96, 20), 8, 32), ((134, 38), -36, 30)),
        *(((47, 84), 78, 34), ((64, 117), -32, 30)),
    ):
        _rod(cells, middle, turned, length, 7)
    x, y = 95, 72
    cells.around(
        [
            *((x - 6, y + 29), (x - 7, y + 8), (x - 23, y - 5), (x - 18, y - 18), (x - 7, y - 9)),
            *((x, y - 1), (x + 8, y - 12), (x + 20, y - 24), (x + 26, y - 11), (x + 9, y + 6)),
            *((x + 8, y + 29),),
        ]
    )
    chain = Pen()
    for number in range(6):
        chain.circle(at_angle((92, 70), 8 - 12.4 * number, 58), 6)
    cells.oval((96, 128), 12, 9.5, -14).circle((109, 119), 5.4)
    chain.circle((93, 129), 3.2).dots([(99, 124), (102, 129)])
    return drawn(f"{cells}{chain}")


def _rod(pen: Pen, middle: Point, turned: float, length: float, radius: float) -> None:
    """A rod with round ends."""
    half = length / 2 - radius
    one, two = at_angle(middle, turned, half), at_angle(middle, turned + 180, half)
    bend = 4 / 3 * radius
    for start, end in ((one, two), (two, one)):
        away = between(start, end, 1 + bend / (2 * half))
        left, right = beside(start, end, end, radius), beside(start, end, end, -radius)
        if start is one:
            pen.move(beside(start, end, start, radius))
        pen.line(left).cubic(
            beside(start, end, away, radius), beside(start, end, away, -radius), right
        )
