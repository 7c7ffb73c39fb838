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
    foot = (100.0, 138.0)
    leaves = leaf(foot, (153, 63), 6.5) + leaf(foot, (169, 104), 6.5)
    stalks = "M100 138C99 110 98 90 98 62M100 138C92 108 82 88 74 56M100 138C108 108 119 92 128 54"
    ears = spike((98, 62), (98, 16), 10) + spike((74, 56), (60, 14), 9)
    ears += spike((128, 54), (142, 13), 9)
    seeds = "M164 122c9-7 21-7 27 0-6 7-18 7-27 0m5 0h17m-16 17c9-7 20-7 25 0-6 7-17 7-25 0m5 0h15"
    return drawn(stalks + ears + seeds, right=leaves)


def valerian() -> Drawing:
    """Valeriana officinalis: feathered leaves in pairs, flowers in flat clusters, the root that is used."""
    leaves = ""
    for base, reach, fall in ((102.0, 56.0, -4.0), (76.0, 38.0, -6.0)):
        end = (100 + reach, base + fall)
        leaves += str(Pen().move((100, base)).line(end))
        for share in (0.35, 0.6, 0.85):
            x, y = 100 + reach * share, base + fall * share
            for up in (-1, 1):
                leaves += leaf((x, y), (x + 7, y + up * 13), 3.4, 0)
        leaves += leaf(end, (end[0] + 15, end[1] - 2), 3.8, 0)
    middle, aside = Pen(), Pen()
    for pen, (x, y) in ((middle, (100, 36)), (aside, (134, 38))):
        for dx, dy in ((-12, -6), (-7, -15), (0, -9), (7, -15), (12, -6)):
            head = (x + dx, y + dy - 3.4)
            pen.move((x, y)).line((x + dx, y + dy)).circle(head, 3.4).dots([head])
    stem = "M100 116C101 90 99 66 100 36M100 116C101 126 100 136 100 146"
    half = "M100 56C110 50 122 44 134 38M100 116C104 124 109 134 117 142M100 116C108 120 117 126 129 128M100 116H140"
    return drawn(stem, str(middle), right=half + leaves, right_fine=str(aside))


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
    for x, y in ((60, 84), (80, 78), (92, 92), (112, 84), (132, 82), (70, 94)):
        rings.move((x, y)).line((x + 4, y - 1))
    return drawn(str(pen), str(rings))


def turmeric() -> Drawing:
    """Curcuma longa: broad leaves and the head of bracts above, the ringed rhizome below."""
    foot = (100.0, 100.0)
    leaves = leaf(foot, (151, 15), 14, 0.9) + leaf(foot, (175, 66), 12, 0.9)
    head = Pen()
    for row in range(6):
        y, wide = 74 - 10.5 * row, (11, 13, 13, 12, 10, 7)[row]
        head.move((100 - wide, y - 9)).quad((100 - wide * 0.8, y + 4), (100, y + 3))
        head.quad((100 + wide * 0.8, y + 4), (100 + wide, y - 9))
    head.move((93, 12)).quad((96, 4), (100, 3)).quad((104, 4), (107, 12)).move(foot).line((100, 77))
    head.around([(88, 98), (112, 98), (120, 112), (114, 128), (100, 134), (86, 128), (80, 112)])
    fingers = Pen().along([(119, 108), (142, 98), (166, 104), (170, 116), (144, 116), (118, 121)])
    fingers.along([(114, 128), (134, 130), (150, 142), (142, 150), (124, 144), (107, 132)])
    rings, bands = Pen(), Pen()
    for one, bend, two in (
        ((129, 104), (126, 112), (130, 118)),
        ((140, 102), (137, 110), (141, 117)),
        ((151, 103), (149, 110), (152, 116)),
        ((129, 132), (124, 136), (124, 142)),
        ((138, 136), (133, 140), (133, 146)),
    ):
        rings.move(one).quad(bend, two)
    for y in (108, 118):
        bands.move((83, y)).quad((100, y + 7), (117, y))
    return drawn(str(head), str(bands), right=f"{leaves}{fingers}", right_fine=str(rings))


def peppermint() -> Drawing:
    """Mentha x piperita: a square stem, leaves with a saw's edge in pairs, flowers in a spike."""
    half = "M102 148V50" + leaf((102, 58), (128, 44), 6, 0.85)
    fine = ""
    for base, reach, rise, width in ((128, 76, 30, 19), (86, 54, 26, 14)):
        foot, tip = (108, base - 2), (100 + reach, base - rise)
        outline, veins = toothed(foot, tip, width, 5)
        half += outline + str(Pen().move((102, base)).line(foot))
        fine += veins
    flowers = Pen()
    for row, wide in enumerate((13, 12, 10, 7)):
        y = 45 - 9 * row
        for share in (0.36, 1):
            flowers.oval((100 + wide * share, y - share * 2), 2.8, 3.9, 24 * share)
    flowers.oval((103, 9), 2.4, 3.2, 10)
    return drawn("", right=half, right_fine=f"{fine}{flowers}")


def st_johns_wort() -> Drawing:
    """Hypericum perforatum: a flower of five petals with its stamens, and leaves with clear dots."""
    heart = (100.0, 50.0)

    def at(degrees: float, far: float) -> Point:
        return at_angle(heart, 90 + degrees, far)

    petal = Pen().move(at(0, 8)).cubic(at(44, 20), at(40, 44), at(7, 46))
    petal.cubic(at(-20, 47), at(-42, 32), at(0, 8))
    stamens = Pen()
    for number in range(4):
        turn, long = 18 * number - 27, (16, 23)[number % 2]
        stamens.move(at(turn, 5)).line(at(turn, long - 1)).dots([at(turn, long)])
    leaves, dots = "M100 126C118 120 138 112 146 98", Pen()
    for base, reach, rise in ((146.0, 54.0, 16.0), (124.0, 74.0, 14.0)):
        start, tip = (101.0, base), (100 + reach, base - rise)
        leaves += leaf(start, tip, 14, 0.9)
        for far in (0.24, 0.4, 0.56, 0.72):
            for wide in (-4, 4):
                dots.dots([beside(start, tip, between(start, tip, far), wide)])
    bud = Pen().move((141, 97)).cubic((137, 86), (143, 78), (149, 74))
    bud.cubic((152, 80), (155, 88), (151, 97)).quad((146, 102), (141, 97))
    bud.line((145, 89), (151, 97))
    flower = "".join(
        f'<g transform="rotate({72 * number} 100 50)">{drawn(str(petal), str(stamens)).strokes}</g>'
        for number in range(5)
    )
    middle = str(Pen().circle(heart, 4))
    plant = drawn("M100 64V148", middle, right=f"{leaves}{bud}", right_fine=str(dots))
    return Drawing(plant.view_box, flower + plant.strokes)


def cranberry() -> Drawing:
    """Vaccinium macrocarpon: a creeping shoot with small leaves, and three berries."""
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
    root.along(
        [
            *((108, 98), (109, 114), (120, 128), (141, 138), (151, 148), (136, 144)),
            *((115, 135), (105, 124), (104, 138), (100, 148)),
        ]
    )
    rootlets = Pen()
    for start, bend, end in (
        ((112, 116), (122, 116), (132, 110)),
        ((126, 131), (136, 130), (146, 132)),
        ((103, 138), (110, 141), (114, 147)),
    ):
        rootlets.move(start).quad(bend, end)
    above = f"{stem}{leaves}{lanterns}M52 98H148"
    return drawn(above, str(fine), right=str(root), right_fine=str(rootlets))
