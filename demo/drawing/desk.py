# Owns the drawings of furniture, light and small things for the desk and the home.
"""Desk lamp, floor lamp, standing desk, chair, shelf, clock, planter and desk mat."""
from .canvas import across, ball, dark, down, light, mix, slant
from .geometry import ellipse, mirror, moved, path, rect, smooth, symmetric
from .tech import mouse, sweep

STEEL = ("#8f939a", "#e8eaec", "#868a91")


def grain(p, outline, wood, step=30):
    """Lines of wood within an outline."""
    ys, xs = [y for _, y in outline], [x for x, _ in outline]
    with p.clipped(outline):
        y, k = min(ys), 0
        while y < max(ys):
            p.line(path(f"M {min(xs)} {y:.0f} C {min(xs) + 150} {y + 9 - 5 * (k % 4):.0f} {max(xs) - 160} {y - 8 + 6 * (k % 3):.0f} {max(xs)} {y + 3:.0f}"),
                   2.6, dark(wood, 0.35), 0.3)
            y, k = y + step, k + 1


def leaf(p, x, y, length, width, turn, tone):
    """One leaf that grows upwards from (x, y)."""
    with p.placed(x=x - 500, y=y - 500, turn=turn):
        shape = smooth([(500, 500), (500 - width, 500 - length * 0.45), (500, 500 - length), (500 + width, 500 - length * 0.45)])
        p.fill(shape, across(light(tone, 0.22), tone, dark(tone, 0.25)))
        p.line([(500, 496), (500, 500 - length * 0.9)], max(2, width * 0.07), light(tone, 0.4), 0.7)


def desk_lamp(p, tone):
    """A lamp with two arms and a cone, switched on."""
    p.soft([(210, 420), (420, 330), (620, 800), (60, 800)], "#ffe2a0", 60, 0.5)
    p.soft(ellipse(330, 800, 230, 22), "#fff0c4", 26, 0.8)
    p.ground(620, 800, 170, 22, 0.42)
    p.fill(rect(470, 776, 770, 804, 14), down(light(tone, 0.3), dark(tone, 0.35)))
    p.fill(rect(560, 752, 680, 780, (16, 16, 0, 0)), down(light(tone, 0.3), dark(tone, 0.1)))
    p.line([(620, 760), (742, 470)], 20, slant("#d8b27c", "#a37a45"))
    p.line([(742, 470), (404, 270)], 20, slant("#e2c08d", "#a37a45"))
    for x, y in ((620, 756), (742, 470)):
        p.fill(ellipse(x, y, 27), ball(light(tone, 0.4), tone, dark(tone, 0.4)))
    with p.placed(x=-120, y=-180, turn=22):
        p.fill(ellipse(500, 562, 66, 50), ball("#fffdf0", "#ffe9a8", "#ffd36a"))
        head = symmetric("M 500 368 L 462 368 C 452 400 448 420 420 446 C 372 492 350 520 344 566")
        p.fill(ellipse(500, 566, 156, 30), "#ffe3a0")
        p.fill(ellipse(500, 560, 120, 20), "#fff8dd")
        p.drop(head, 4, 10, 12, 0.18)
        p.fill(head, across(light(tone, 0.15), light(tone, 0.45), tone, dark(tone, 0.3)))
        p.fill(rect(462, 340, 538, 376, 14), dark(tone, 0.2))


def floor_lamp(p, shade, metal):
    """A tall lamp on a bow."""
    p.soft(ellipse(330, 420, 230, 200), "#ffe2a0", 80, 0.5)
    p.ground(640, 880, 170, 20, 0.42)
    p.fill(ellipse(640, 876, 150, 22), dark(metal, 0.4))
    p.fill(ellipse(640, 868, 150, 22), slant(light(metal, 0.4), metal))
    bow = path("M 640 866 L 640 420 C 640 180 560 96 450 96 C 360 96 332 150 332 220")
    p.line(bow, 15, across(dark(metal, 0.2), light(metal, 0.3), dark(metal, 0.1)))
    p.fill(ellipse(332, 404, 60, 40), ball("#fffdf0", "#ffe9a8", "#ffd36a"))
    dome = symmetric("M 332 208 C 220 212 150 290 144 396", 332)
    p.fill(ellipse(332, 396, 188, 26), "#ffe3a0")
    p.fill(ellipse(332, 393, 140, 16), "#fff8dd")
    p.fill(dome, across(light(shade, 0.1), light(shade, 0.45), shade, dark(shade, 0.3)))
    p.fill(rect(310, 186, 354, 216, 10), metal)


def standing_desk(p, wood, frame, raised=True, bare=False):
    """A standing desk with a plant and books on it, or with nothing."""
    top = 430 if raised else 540
    p.ground(500, 852, 370, 24, 0.36)
    for x in (248, 752):
        p.fill(rect(x - 20, top + 30, x + 20, 700), across(dark(frame, 0.2), light(frame, 0.25), dark(frame, 0.3)))
        p.fill(rect(x - 29, 620, x + 29, 840), across(dark(frame, 0.1), light(frame, 0.35), dark(frame, 0.25)))
        p.fill(rect(x - 96, 830, x + 96, 856, 12), down(light(frame, 0.2), dark(frame, 0.4)))
    p.fill(rect(228, top + 40, 772, top + 66), dark(frame, 0.3))
    slab = rect(84, top, 916, top + 42, 12)
    p.fill(slab, down(light(wood, 0.35), wood, dark(wood, 0.3)))
    grain(p, slab, wood, 12)
    p.soft(rect(180, top + 44, 820, top + 76), "#2a2430", 10, 0.25)
    p.fill(rect(640, top + 40, 730, top + 62, 8), "#24262d")
    p.fill(ellipse(662, top + 51, 5), "#9ad1a8")
    if bare:
        return
    p.fill(rect(170, top - 150, 262, top, (8, 8, 16, 16)), across("#d9795d", "#ec9a7d", "#b9573d"))
    for turn, size in ((-34, 150), (30, 160), (-8, 200), (12, 180), (-58, 110), (56, 110)):
        leaf(p, 216, top - 140, size, 26, turn, "#5f8a6a")
    for k, tone in enumerate(("#3d5a73", "#e0b46a", "#8fa89a")):
        p.fill(rect(640 - 10 * k, top - 30 * (k + 1), 840 - 16 * k, top - 30 * k, 5), down(light(tone, 0.2), dark(tone, 0.12)))


def chair(p, cloth, frame):
    """An office chair from the front."""
    p.ground(500, 872, 240, 26, 0.36)
    for x, y in ((300, 850), (400, 872), (500, 880), (600, 872), (700, 850)):
        p.line([(500, 790), (x, y - 22)], 20, dark(frame, 0.2))
        p.fill(ellipse(x, y, 23), ball("#5a5d66", "#1e2026"))
    p.fill(rect(478, 640, 522, 800, 8), across(*STEEL))
    for turn in (lambda o: o, mirror):
        p.line(turn(path("M 330 640 L 262 640 L 250 520")), 17, dark(frame, 0.15))
        p.fill(turn(rect(214, 500, 320, 532, 16)), down(light(frame, 0.2), dark(frame, 0.3)))
    p.fill(rect(470, 500, 530, 620), dark(frame, 0.3))
    back = symmetric("M 500 130 C 380 126 320 150 310 210 C 300 300 320 440 346 520 C 356 548 420 556 500 556")
    p.drop(back, 8, 18, 18, 0.25)
    p.fill(back, slant(light(cloth, 0.35), cloth, dark(cloth, 0.25)))
    with p.clipped(back):
        p.soft(ellipse(500, 470, 150, 30), dark(cloth, 0.5), 30, 0.5)
        for x in (400, 500, 600):
            p.line(path(f"M {x} 120 C {x + (500 - x) * 0.1:.0f} 300 {x + (500 - x) * 0.2:.0f} 440 {x + (500 - x) * 0.24:.0f} 560"), 4, dark(cloth, 0.35), 0.6)
    seat = rect(286, 600, 714, 690, (60, 60, 40, 40))
    p.drop(seat, 4, 14, 14, 0.3)
    p.fill(seat, down(light(cloth, 0.38), cloth, dark(cloth, 0.4)))
    p.line([(312, 660), (688, 660)], 4, dark(cloth, 0.45), 0.6)


def shelf(p, wood, felt):
    """A shelf that lifts a monitor, with things under it."""
    p.ground(500, 742, 400, 22, 0.36)
    p.fill(rect(130, 580, 870, 738), down(dark(wood, 0.72), dark(wood, 0.55)))
    for k, tone in enumerate((felt, "#e0b46a", "#3d5a73")):
        p.fill(rect(232, 694 - 34 * k, 480 - 16 * k, 728 - 34 * k, 5), down(light(tone, 0.2), dark(tone, 0.15)))
    p.fill(rect(560, 652, 760, 728, 12), down("#efe8da", "#cfc4b0"))
    p.fill(rect(636, 676, 684, 686, 5), "#8d7b63")
    board = path("M 96 742 L 96 590 Q 96 540 146 540 L 854 540 Q 904 540 904 590 L 904 742 L 862 742 L 862 600 Q 862 584 846 584 L 154 584 Q 138 584 138 600 L 138 742 Z")
    p.drop(board, 4, 10, 12, 0.18)
    p.fill(board, down(light(wood, 0.4), wood, dark(wood, 0.2)))
    grain(p, board, wood, 14)
    p.fill(rect(290, 512, 690, 542, 10), down("#9aa0a8", "#5f646d"))
    p.fill(rect(300, 500, 680, 516, 8), down("#d7dade", "#a7abb2"))
    p.fill(rect(744, 440, 820, 540, (6, 6, 18, 18)), across("#f3ede2", "#ffffff", "#d3c8b6"))
    p.line(path("M 820 462 C 862 462 862 516 814 518"), 11, "#e2d8c7")


def clock(p, rim, face, hand):
    """A wall clock without numerals."""
    p.drop(ellipse(500, 480, 300), 22, 44, 34, 0.36)
    p.fill(ellipse(500, 480, 300), slant(light(rim, 0.4), rim, dark(rim, 0.35)))
    p.fill(ellipse(500, 480, 268), dark(rim, 0.4))
    p.fill(ellipse(500, 483, 264), slant(light(face, 0.4), dark(face, 0.05)))
    for k, (x, y) in enumerate(sweep(12, 226)):
        short = 0.84 if k % 3 == 0 else 0.92
        p.line([(500 + x, 482 + y), (500 + x * short, 482 + y * short)], 12 if k % 3 == 0 else 7, dark(face, 0.7))
    for dx, dy, width in ((-96, -86, 18), (60, -180, 13)):
        p.line([(506, 494), (506 + dx, 494 + dy)], width, "#2a2430", 0.16)
        p.line([(500, 482), (500 + dx, 482 + dy)], width, dark(face, 0.72))
    p.line([(500 - 18, 482 - 60), (500 + 52, 482 + 176)], 5, hand)
    p.fill(ellipse(500, 482, 17), hand)
    p.fill(ellipse(500, 482, 6), light(hand, 0.6))


def planter(p, clay, green, tall=False):
    """A planter with a plant in it."""
    p.ground(500, 826, 190, 26, 0.42)
    turns = ((-62, 250, 46), (60, 260, 46), (-38, 330, 52), (40, 330, 52), (-18, 390, 54), (20, 400, 56), (2, 440, 56), (-84, 170, 36), (82, 170, 36))
    for k, (turn, length, width) in enumerate(turns):
        leaf(p, 500 + turn * 0.5, 560, length * (1.1 if tall else 0.98), width, turn * 0.82, mix(green, "#2f5d50" if k % 2 else "#9dbb7d", 0.35))
    pot = symmetric("M 500 566 L 322 566 L 348 780 C 352 822 400 832 500 832")
    p.fill(pot, across(dark(clay, 0.15), light(clay, 0.35), clay, dark(clay, 0.35)))
    with p.clipped(pot):
        for k in range(9):
            p.line([(340 + 40 * k, 600), (360 + 35 * k, 830)], 5, dark(clay, 0.3), 0.25)
    p.fill(rect(304, 528, 696, 600, 18), across(dark(clay, 0.1), light(clay, 0.45), clay, dark(clay, 0.3)))
    p.soft(rect(330, 602, 670, 616), "#2a2430", 7, 0.35)


def desk_mat(p, felt, edge):
    """A felt mat from above, with a mouse and a pencil on it."""
    with p.placed(turn=-5):
        mat = rect(70, 290, 930, 710, 30)
        p.drop(mat, 14, 22, 20, 0.32)
        p.fill(moved(mat, 2, 6), dark(felt, 0.4))
        p.fill(mat, slant(light(felt, 0.2), dark(felt, 0.1)))
        for k in range(41):
            x = 100 + 20 * k
            for y in (308, 692):
                p.line([(x, y), (x + 10, y)], 3, light(felt, 0.4), 0.7)
        p.fill(rect(70, 290, 150, 710, (30, 0, 0, 30)), slant(light(edge, 0.2), edge))
        p.fill(rect(230, 370, 560, 640, 10), slant("#fbf8f1", "#ebe4d6"))
        p.line([(262, 420), (470, 420)], 5, "#c9bfae")
        p.line([(262, 456), (520, 456)], 5, "#ddd4c4")
        p.line([(262, 492), (430, 492)], 5, "#ddd4c4")
        with p.placed(x=240, y=-6, scale=0.34):
            mouse(p, "#efe8da", edge)
        p.line([(330, 610), (520, 540)], 13, "#e0b46a")
        p.line([(520, 540), (532, 535)], 8, "#3a3d46")
