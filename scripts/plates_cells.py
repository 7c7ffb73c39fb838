"""The plate that shows what a microscope does; drawn by us, not to scale."""

from scripts.plates_pen import Pen, at_angle, drawn
from scripts.skeletal import Drawing

ROD = "M-9-7h18a7 7 0 0 1 0 14h-18a7 7 0 0 1 0-14"
"""A rod with round ends, around the origin."""


def probiotics() -> Drawing:
    """What a microscope shows: rods, a chain of round bacteria, a forked Bifidobacterium, a budding yeast."""
    cells = Pen().circle((100, 75), 72)
    rods = "".join(
        f'<path transform="translate({x} {y})rotate({turned})" d="{ROD}"/>'
        for x, y, turned in (
            (58, 43, 40),
            (96, 20, -8),
            (134, 38, 36),
            (47, 84, -78),
            (64, 117, 32),
        )
    )
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
    plate = drawn(f"{cells}{chain}")
    return Drawing(plate.view_box, rods + plate.strokes)
