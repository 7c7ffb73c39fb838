"""The plates that are line drawings, each of the plant and the part of it that is used; all by us."""

import math

from scripts.plates_pen import Pen, at_angle, beside, between, drawn, leaf, toothed
from scripts.skeletal import Drawing, Point


def spike(foot: Point, tip: Point, width: float) -> str:
    """An ear of psyllium: a long oval with rows of small bracts, each row a bow."""

    def at(far: float, wide: float) -> Point:
        return beside(foot, tip, between(foot, tip, far), wide)

    pen = Pen().move(foot)
    pen.cubic(at(0.02, width), at(0.7, width * 1.1), tip)
    pen.cubic(at(0.7, -width * 1.1), at(0.02, -width), foot)
    for far, share in ((0.18, 0.62), (0.36, 0.76), (0.54, 0.72), (0.72, 0.52)):
        pen.move(at(far, -width * share)).quad(at(far + 0.14, 0), at(far, width * share))
    return str(pen)


def psyllium() -> Drawing:
    """Plantago ovata: narrow leaves from the ground, ears on bare stalks, and two seeds."""
    foot = (88.0, 138.0)
    tips = ((20.0, 104.0), (36.0, 62.0), (142.0, 64.0), (158.0, 104.0))
    leaves = "".join(leaf(foot, tip, 6.5) for tip in tips)
    stalks = "M88 138C87 110 86 90 86 62M88 138C80 108 70 88 62 56M88 138C96 108 107 92 116 54"
    ears = spike((86, 62), (86, 16), 10) + spike((62, 56), (48, 14), 9)
    ears += spike((116, 54), (130, 13), 9)
    seeds = "M160 122c10-8 22-8 28 0-6 8-18 8-28 0m5 0h18m-17 18c9-7 20-7 26 0-6 7-17 7-26 0m5 0h16"
    return drawn(leaves + stalks + ears + seeds)


def valerian() -> Drawing:
    """Valeriana officinalis: feathered leaves in pairs, flowers in flat clusters, the root that is used."""
    stems = "M100 116C101 90 99 66 100 36M100 56C90 50 78 44 66 38M100 56C110 50 122 44 134 38"
    leaves = ""
    for side in (-1, 1):
        for base, reach, fall in ((102.0, 56.0, -4.0), (76.0, 38.0, -6.0)):
            end = (100 + side * reach, base + fall)
            leaves += str(Pen().move((100, base)).line(end))
            for share in (0.35, 0.6, 0.85):
                x, y = 100 + side * reach * share, base + fall * share
                for up in (-1, 1):
                    leaves += leaf((x, y), (x + side * 7, y + up * 13), 3.4, 0)
            leaves += leaf(end, (end[0] + side * 15, end[1] - 2), 3.8, 0)
    flowers = Pen()
    for x, y in ((100, 36), (66, 38), (134, 38)):
        for dx, dy in ((-12, -6), (-7, -15), (0, -9), (7, -15), (12, -6)):
            head = (x + dx, y + dy - 3.4)
            flowers.move((x, y)).line((x + dx, y + dy)).circle(head, 3.4).dots([head])
    roots = (
        "M100 116C92 120 84 126 72 128M100 116C97 124 92 134 84 142M100 116C101 126 100 136 100 146"
        "M100 116C104 124 109 134 117 142M100 116C108 120 117 126 129 128M60 116H140"
    )
    return drawn(stems + leaves + roots, str(flowers))


def ginger() -> Drawing:
    """Zingiber officinale: the knobby rhizome with its rings, two shoots, and a slice."""
    outline: list[Point] = [
        *((16, 96), (22, 74), (46, 70), (53, 74), (51, 56), (46, 36), (62, 24), (76, 34)),
        *((77, 56), (86, 66), (98, 60), (106, 46), (118, 36), (132, 42), (130, 60), (131, 70)),
        *((148, 62), (172, 54), (186, 66), (182, 86), (160, 92), (146, 94), (150, 112)),
        *((142, 130), (124, 130), (114, 112), (98, 106), (86, 116), (70, 132), (54, 124)),
        *((54, 106), (36, 112), (20, 108)),
    ]
    pen = Pen().around(outline)
    pen.move((109, 46)).cubic((104, 34), (108, 20), (118, 8)).cubic((126, 20), (128, 32), (123, 42))
    pen.move((118, 12)).line((117, 34))
    rings = Pen()
    for start, bend, end in (
        *(((31, 73), (25, 91), (31, 109)), ((43, 72), (37, 91), (43, 108))),
        *(((49, 46), (62, 54), (76, 44)), ((51, 59), (64, 68), (78, 57))),
        *(((104, 52), (118, 59), (130, 52)), ((98, 62), (116, 72), (131, 65))),
        *(((149, 63), (157, 78), (151, 93)), ((164, 58), (172, 74), (166, 90))),
        *(((119, 117), (133, 106), (149, 112)), ((124, 124), (135, 115), (147, 121))),
        *(((54, 112), (68, 104), (84, 117)), ((56, 121), (67, 113), (77, 123))),
    ):
        rings.move(start).quad(bend, end)
    for x, y in (
        (60, 84),
        (80, 78),
        (92, 92),
        (112, 84),
        (132, 82),
        (102, 76),
        (70, 94),
        (124, 95),
    ):
        rings.move((x, y)).line((x + 4, y - 1))
    rings.dots(((59, 36), (66, 34), (178, 72), (24, 88), (136, 128), (66, 128)))
    return drawn(str(pen), str(rings))


def turmeric() -> Drawing:
    """Curcuma longa: broad leaves and the head of bracts above, the ringed rhizome below."""
    foot = (100.0, 100.0)
    leaves = "".join(
        leaf(foot, tip, width, 0.9)
        for tip, width in (((26, 68), 12), ((48, 16), 14), ((150, 14), 14), ((176, 64), 12))
    )
    head = Pen()
    for row in range(6):
        y, wide = 74 - 10.5 * row, (11, 13, 13, 12, 10, 7)[row]
        head.move((100 - wide, y - 9)).quad((100 - wide * 0.8, y + 4), (100, y + 3))
        head.quad((100 + wide * 0.8, y + 4), (100 + wide, y - 9))
    head.move((93, 12)).quad((96, 4), (100, 3)).quad((104, 4), (107, 12))
    stalk = Pen().move(foot).line((100, 77))
    bulb = Pen().around(
        [(88, 98), (112, 98), (120, 112), (114, 128), (100, 134), (86, 128), (80, 112)]
    )
    fingers = Pen()
    for side in (-1, 1):
        fingers.along(
            [
                (100 + side * x, y)
                for x, y in ((19, 108), (42, 98), (66, 104), (70, 116), (44, 116), (18, 121))
            ]
        )
        fingers.along(
            [
                (100 + side * x, y)
                for x, y in ((14, 128), (34, 130), (50, 142), (42, 150), (24, 144), (7, 132))
            ]
        )
    rings = Pen()
    for side in (-1, 1):
        for one, bend, two in (
            ((29, 104), (26, 112), (30, 118)),
            ((40, 102), (37, 110), (41, 117)),
            ((51, 103), (49, 110), (52, 116)),
            ((29, 132), (24, 136), (24, 142)),
            ((38, 136), (33, 140), (33, 146)),
        ):
            points = [(100 + side * x, y) for x, y in (one, bend, two)]
            rings.move(points[0]).quad(points[1], points[2])
    for y in (108, 118):
        rings.move((83, y)).quad((100, y + 7), (117, y))
    return drawn(f"{leaves}{stalk}{head}{bulb}{fingers}", str(rings))


def peppermint() -> Drawing:
    """Mentha x piperita: a square stem, leaves with a saw's edge in pairs, flowers in a spike."""
    stem = "M98 148V50M102 148V50"
    leaves = fine = ""
    for side in (-1, 1):
        for base, reach, rise, width in ((128, 76, 30, 19), (86, 54, 26, 14)):
            foot, tip = (100 + side * 8, base - 2), (100 + side * reach, base - rise)
            outline, veins = toothed(foot, tip, width, 6)
            leaves += outline + str(Pen().move((100 + side * 2, base)).line(foot))
            fine += veins
        leaves += leaf((100 + side * 2, 58), (100 + side * 28, 44), 6, 0.85)
    flowers = Pen()
    for row, wide in enumerate((13, 12, 10, 7)):
        y = 45 - 9 * row
        for share in (-1, -0.36, 0.36, 1):
            flowers.oval((100 + wide * share, y - abs(share) * 2), 2.8, 3.9, 24 * share)
    flowers.oval((97, 9), 2.4, 3.2, -10).oval((103, 9), 2.4, 3.2, 10)
    return drawn(stem + leaves, fine + str(flowers))


def st_johns_wort() -> Drawing:
    """Hypericum perforatum: a flower of five petals with its stamens, and leaves with clear dots."""
    heart = (100.0, 50.0)
    petals = Pen()
    for number in range(5):
        turn = 90 + 72 * number

        def at(aside: float, far: float, turn: float = turn) -> Point:
            return at_angle(heart, turn + aside, far)

        petals.move(at(0, 8)).cubic(at(44, 20), at(40, 44), at(7, 46))
        petals.cubic(at(-20, 47), at(-42, 32), at(0, 8))
    stamens, heads = Pen(), []
    for number in range(20):
        turn, long = 9 + 18 * number, (16, 23)[number % 2]
        heads.append(at_angle(heart, turn, long))
        stamens.move(at_angle(heart, turn, 5)).line(at_angle(heart, turn, long - 1))
    stamens.circle(heart, 4)
    stem = "M100 64V148M100 126C82 120 62 112 54 98M100 126C118 120 138 112 146 98"
    leaves, dots = "", Pen()
    for side in (-1, 1):
        for base, reach, rise in ((146.0, 54.0, 16.0), (124.0, 74.0, 14.0)):
            start, tip = (100.0 + side, base), (100 + side * reach, base - rise)
            leaves += leaf(start, tip, 14, 0.9)
            for far in (0.24, 0.4, 0.56, 0.72):
                for wide in (-4, 4):
                    dots.dots([beside(start, tip, between(start, tip, far), wide)])
        x, y = 100 + side * 46, 98.0
        petals.move((x - 5, y - 1)).cubic((x - 9, y - 12), (x - 3, y - 20), (x + side * 3, y - 24))
        petals.cubic((x + 6, y - 18), (x + 9, y - 10), (x + 5, y - 1))
        petals.quad((x, y + 4), (x - 5, y - 1)).line((x - 1, y - 9), (x + 5, y - 1))
    return drawn(f"{petals}{stem}{leaves}", f"{stamens}{Pen().dots(heads)}{dots}")


def cranberry() -> Drawing:
    """Vaccinium macrocarpon: a creeping shoot with small leaves, berries, and one cut through."""
    shoot = "M8 44C50 22 120 20 194 40"
    leaves = ""
    for number in range(9):
        x = 22 + 20 * number
        y = 44 - 20 * math.sin((x - 8) / 186 * math.pi) + (x - 8) * -0.02
        up = -1 if number % 2 else 1
        leaves += leaf((x, y), (x + 9, y - up * 22), 7.5, 0.7)
    berries, fine = Pen(), Pen()
    for x, y, radius, hang in ((52, 94, 19, 30), (98, 110, 22, 26), (146, 92, 18, 31)):
        berries.circle((x, y), radius)
        berries.move((x, y - radius)).quad((x - 4, (y - radius + hang) / 2), (x + 5, hang))
        foot = y + radius
        fine.move((x - 7, foot - 5)).line(
            (x - 5, foot + 3),
            (x - 1, foot - 2),
            (x + 2, foot + 4),
            (x + 5, foot - 2),
            (x + 8, foot - 5),
        )
        fine.move((x - radius * 0.62, y - 2)).quad(
            (x - radius * 0.6, y - radius * 0.55), (x - 4, y - radius * 0.68)
        )
    return drawn(f"{shoot}{leaves}{berries}", str(fine))


def ashwagandha() -> Drawing:
    """Withania somnifera: oval leaves, berries in their papery lanterns, and the root that is used."""
    stem = "M100 98C98 74 103 46 100 20"
    leaves, fine = "", Pen()
    for foot, tip, width in (
        *(((100, 82), (36, 70), 24), ((101, 64), (164, 50), 24)),
        *(((101, 40), (54, 20), 17), ((100, 24), (142, 6), 15)),
    ):
        leaves += leaf(foot, tip, width, 0.9)
        for far in (0.3, 0.5):
            for wide in (-0.3, 0.3):
                fine.move(between(foot, tip, far))
                fine.line(beside(foot, tip, between(foot, tip, far + 0.14), wide * width))
    lanterns, root = Pen(), Pen()
    for x, y, base in ((138, 78, 74), (68, 48, 50), (130, 36, 34)):
        top, low = y - 9, y + 13
        lanterns.move((100, base)).quad(((100 + x) / 2, top - 7), (x, top))
        lanterns.cubic((x + 15, top + 2), (x + 11, y + 7), (x, low))
        lanterns.cubic((x - 11, y + 7), (x - 15, top + 2), (x, top))
        fine.move((x, top)).quad((x - 8, y + 2), (x, low)).quad((x + 8, y + 2), (x, top))
    root.around(
        [
            *((92, 100), (91, 116), (80, 128), (60, 138), (50, 147), (62, 144), (84, 136)),
            *((95, 126), (96, 138), (98, 150), (102, 150), (104, 138), (106, 124), (116, 132)),
            *((134, 138), (150, 147), (140, 136), (120, 126), (110, 114), (108, 100)),
        ]
    )
    for start, bend, end in (
        *(((89, 116), (78, 116), (68, 111)), ((76, 131), (66, 130), (56, 131))),
        *(((112, 116), (122, 116), (132, 110)), ((126, 131), (136, 130), (146, 132))),
        *(((97, 138), (90, 141), (84, 147)), ((103, 138), (110, 141), (114, 147))),
    ):
        fine.move(start).quad(bend, end)
    return drawn(f"{stem}{leaves}{lanterns}{root}M52 98H148", str(fine))
