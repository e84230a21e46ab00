# Owns the drawings of what makes sound.
"""Headphones, earbuds, speaker, turntable and radio."""
from .canvas import across, ball, dark, down, light, mix, slant
from .geometry import arc, ellipse, mirror, moved, path, rect, smooth, symmetric
from .tech import sweep


def headphones(p, shell, cushion):
    """Headphones that go over the ears."""
    band = arc(500, 470, 262, 280, 180, 360)
    p.soft(moved([*band, (762, 620), (700, 640), (300, 640), (238, 620)], 30, 60), "#2a2430", 60, 0.12)
    p.line(moved(band, 12, 16), 44, "#2a2430", 0.12)
    p.line(band, 46, dark(shell, 0.25))
    p.line(moved(band, -3, -5), 32, slant(light(shell, 0.45), shell))
    p.line(arc(500, 480, 236, 254, 215, 325), 26, dark(cushion, 0.1))
    for side in (1, -1):
        turn = (lambda o: o) if side == 1 else mirror
        arm = turn(path("M 224 470 L 252 470 L 262 610 L 222 610"))
        p.fill(arm, across("#8d9096", "#e3e5e8", "#94979d"))
        pad = turn(rect(296, 520, 372, 770, 38))
        p.drop(pad, 6, 18, 16, 0.25)
        p.fill(pad, across(dark(cushion, 0.2), light(cushion, 0.12), dark(cushion, 0.35)))
        cup = turn(symmetric("M 250 500 C 190 500 166 560 166 645 C 166 730 190 790 250 790", 250))
        p.drop(cup, 10, 22, 20, 0.3)
        p.fill(cup, ball(light(shell, 0.55), shell, dark(shell, 0.35)))
        p.fill(turn(ellipse(246, 645, 46, 82)), slant(dark(shell, 0.18), light(shell, 0.18)))
        p.line(turn(ellipse(246, 645, 46, 82)), 3, light(shell, 0.5), 0.5)
    p.fill(ellipse(248, 645, 10), light(shell, 0.6))
    p.fill(ellipse(752, 645, 10), light(shell, 0.6))


def earbuds(p, case, bud):
    """Earbuds in their open case."""
    p.ground(500, 800, 240, 26, 0.42)
    lid = rect(262, 250, 738, 470, (150, 150, 24, 24))
    p.fill(lid, slant(light(case, 0.35), dark(case, 0.2)))
    inner = rect(286, 272, 714, 470, (128, 128, 10, 10))
    p.fill(inner, down(dark(case, 0.55), dark(case, 0.35)))
    with p.clipped(inner):
        p.soft(ellipse(500, 270, 240, 40), "#2a2430", 24, 0.6)
    for cx, flip in ((392, 1), (608, -1)):
        p.fill(rect(cx - 30, 440, cx + 30, 560, 28), across(light(bud, 0.4), bud, dark(bud, 0.25)))
        head = smooth([(cx - 52, 500), (cx - 58, 420), (cx, 372), (cx + 58, 420), (cx + 52, 500)])
        p.drop(head, 6, 10, 12, 0.3)
        p.fill(head, ball(light(bud, 0.7), bud, dark(bud, 0.35)))
        p.line([(cx + 20 * flip, 402), (cx + 34 * flip, 452)], 11, "#3a3d46")
    base = rect(250, 500, 750, 802, (30, 30, 140, 140))
    p.fill(base, slant(light(case, 0.5), case, dark(case, 0.28)))
    with p.clipped(base):
        p.fill(rect(250, 500, 750, 512), light(case, 0.6))
        p.soft(ellipse(720, 700, 60, 140), dark(case, 0.5), 40, 0.5)
    p.fill(ellipse(500, 590, 9), "#9ad1a8")


def speaker(p, cloth, top):
    """A round speaker in cloth."""
    p.ground(500, 806, 250, 30, 0.44)
    body = symmetric("M 500 240 L 262 250 C 250 420 250 640 268 770 C 276 812 380 826 500 826")
    p.fill(body, across(dark(cloth, 0.25), light(cloth, 0.22), cloth, dark(cloth, 0.4)))
    with p.clipped(body):
        for row in range(24):
            y = 296 + 22 * row
            for column in range(27):
                x = 246 + 20 * column + (10 if row % 2 else 0)
                p.fill(ellipse(x, y + 22 * (1 - ((x - 500) / 260) ** 2), 3.6, 4.4), dark(cloth, 0.5), 0.5)
        p.soft(rect(250, 776, 750, 850), "#2a2430", 16, 0.45)
    p.fill(ellipse(500, 252, 240, 54), dark(top, 0.3))
    p.fill(ellipse(500, 246, 240, 54), slant(light(top, 0.5), top, dark(top, 0.1)))
    p.fill(ellipse(500, 246, 150, 32), slant(dark(top, 0.22), light(top, 0.2)))
    for x in (440, 500, 560):
        p.fill(ellipse(x, 246, 9, 4.5), light(top, 0.75))
    p.line(path("M 702 560 C 760 560 760 660 706 668"), 15, "#b98558")


def turntable(p, wood, label):
    """A turntable from above."""
    plinth = rect(120, 190, 880, 810, 36)
    p.drop(plinth, 22, 38, 30, 0.4)
    p.fill(moved(plinth, 3, 12), dark(wood, 0.5))
    p.fill(plinth, slant(light(wood, 0.35), wood, dark(wood, 0.15)))
    with p.clipped(plinth):
        for k in range(16):
            y = 200 + 40 * k
            p.line(path(f"M 110 {y} C 300 {y + 26 - 9 * (k % 5)} 620 {y - 24 + 8 * (k % 4)} 890 {y + 8}"), 3, dark(wood, 0.3), 0.28)
    p.drop(ellipse(430, 500, 268), 8, 14, 14, 0.4)
    p.fill(ellipse(430, 500, 268), slant("#d9dbdd", "#8f9398"))
    p.fill(ellipse(430, 500, 256), slant("#34353c", "#15161a"))
    for k in range(9):
        p.line(ellipse(430, 500, 112 + 16 * k), 1.6, "#5a5c66", 0.55)
    with p.clipped(ellipse(430, 500, 254)):
        p.fill([(430, 500), (160, 300), (240, 220)], "#ffffff", 0.09)
        p.fill([(430, 500), (700, 700), (620, 780)], "#ffffff", 0.09)
    p.fill(ellipse(430, 500, 86), slant(light(label, 0.3), label))
    p.line(ellipse(430, 500, 62), 5, light(label, 0.6), 0.7)
    p.fill(ellipse(430, 500, 9), "#e8e8e8")
    p.drop(ellipse(786, 290, 52), 6, 10, 8, 0.4)
    p.fill(ellipse(786, 290, 52), ball("#f2f2f2", "#a9adb3", "#70747b"))
    arm = path("M 786 290 L 780 560 Q 778 600 700 640 L 640 664")
    p.line(moved(arm, 9, 14), 13, "#2a2430", 0.3)
    p.line(arm, 13, across("#b7babf", "#f5f5f5", "#a4a8ae"))
    p.line([(668, 652), (622, 672)], 28, "#2b2d33")
    p.fill(rect(764, 216, 808, 262, 10), "#44474f")
    for y in (680, 744):
        p.fill(ellipse(812, y, 24), ball("#f2f2f2", "#b4b7bc", "#7a7e85"))


def radio(p, body, cloth):
    """A kitchen radio with a handle."""
    p.ground(500, 786, 370, 26, 0.44)
    p.line(path("M 270 350 C 270 210 330 200 380 200 L 620 200 C 670 200 730 210 730 350"), 22, slant("#c9a06d", "#8d6239"))
    for x in (230, 706):
        p.fill(rect(x, 760, x + 64, 792, 8), dark(body, 0.6))
    shell = rect(130, 320, 870, 772, 74)
    p.drop(shell, 6, 18, 20, 0.25)
    p.fill(shell, slant(light(body, 0.45), body, dark(body, 0.25)))
    p.fill(rect(168, 358, 560, 734, 50), dark(body, 0.35))
    grille = rect(174, 364, 554, 728, 46)
    p.fill(grille, slant(light(cloth, 0.2), dark(cloth, 0.1)))
    with p.clipped(grille):
        for k in range(20):
            p.line([(176 + 20 * k, 350), (176 + 20 * k, 740)], 6, dark(cloth, 0.35), 0.5)
    p.fill(ellipse(710, 478, 112), dark(body, 0.4))
    p.fill(ellipse(710, 478, 106), slant("#f8f1e0", "#e4d6b8"))
    for k, (x, y) in enumerate(sweep(24, 88)):
        p.line([(710 + x, 478 + y), (710 + x * (0.82 if k % 3 == 0 else 0.9), 478 + y * (0.82 if k % 3 == 0 else 0.9))], 4, "#5a4a3a")
    p.line([(710, 478), (762, 424)], 6, "#c8553d")
    p.fill(ellipse(710, 478, 26), ball("#f6e6c4", "#c9a06d", "#8d6239"))
    for x in (650, 770):
        p.drop(ellipse(x, 672, 36), 4, 8, 6, 0.4)
        p.fill(ellipse(x, 672, 36), ball("#f6e6c4", "#c9a06d", "#8d6239"))
        p.line([(x, 672), (x - 14, 646)], 5, mix("#8d6239", body, 0.2))
