# Owns the drawings of computers, telephones, watches and what lies beside them.
"""Laptops, phones, watch, monitor, keyboard, mouse, webcam, charging pad and reader."""
import math

from .canvas import across, ball, dark, down, light, mix, slant
from .geometry import arc, ellipse, moved, path, quad, rect, symmetric, wave

GLASS = "#16181f"


def wallpaper(p, outline, style, colors):
    """What a screen shows: `dunes`, `orbit`, `waves`, `code` or `blocks`, in three colours."""
    sky, middle, front = colors
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    w, h = right - left, bottom - top
    with p.clipped(outline):
        p.fill(outline, slant(light(sky, 0.25), sky))
        if style == "dunes":
            p.fill(ellipse(left + w * 0.68, top + h * 0.36, min(w, h) * 0.17), light(middle, 0.55))
            for k, tone in enumerate((light(middle, 0.2), middle, front)):
                line = wave(left - 10, right + 10, top + h * (0.56 + 0.15 * k), h * 0.075, w * (0.95 - 0.12 * k), 1.4 * k)
                p.fill([*line, (right + 10, bottom + 5), (left - 10, bottom + 5)], down(light(tone, 0.12), dark(tone, 0.15)))
        elif style == "orbit":
            for k in range(4, 0, -1):
                p.fill(ellipse(left + w * 0.5, top + h * 0.98, w * 0.15 * k, w * 0.15 * k), mix(front, middle, k / 4), 0.85)
        elif style == "waves":
            for k in range(5):
                line = wave(left - 10, right + 10, top + h * (0.3 + 0.15 * k), h * 0.06, w * 0.8, 0.9 * k)
                p.fill([*line, (right + 10, bottom + 5), (left - 10, bottom + 5)], mix(middle, front, k / 4), 0.8)
        elif style == "code":
            p.fill(rect(left, top, left + w * 0.2, bottom), dark(sky, 0.4))
            for k in range(9):
                start = left + w * (0.25 + 0.04 * ((k * 2) % 3))
                length = w * (0.12 + 0.05 * ((k * 7) % 4))
                y = top + h * (0.12 + 0.088 * k)
                p.line([(start, y), (start + length, y)], h * 0.026, (middle, front, "#e7dfd2")[k % 3], 0.95)
                p.line([(start + length + w * 0.04, y), (start + length + w * (0.12 + 0.04 * (k % 3)), y)], h * 0.026,
                       (front, "#e7dfd2", middle)[k % 3], 0.6)
                p.line([(left + w * 0.04, y), (left + w * (0.1 + 0.015 * (k % 4)), y)], h * 0.02, "#e7dfd2", 0.3)
        else:
            for k in range(3):
                p.fill(rect(left + w * (0.07 + 0.3 * k), top + h * 0.16, left + w * (0.33 + 0.3 * k), top + h * 0.84, h * 0.05),
                       down(light((middle, front, mix(middle, front, 0.5))[k], 0.3), (middle, front, mix(middle, front, 0.5))[k]))
        p.fill([(left + w * 0.55, top), (left + w * 0.9, top), (left + w * 0.45, bottom), (left + w * 0.1, bottom)], "#ffffff", 0.06)


def keys(p, corners, rows, cap, well, glow=None):
    """A keyboard on a quadrilateral; `glow` is a list of colours that shine through, from left to right."""
    at = quad(corners)
    p.fill(corners, well)
    for row in range(rows):
        count = 13 if row < rows - 1 else 8
        widths = [1.0] * count if row < rows - 1 else [1, 1, 1, 1.3, 5, 1.3, 1, 1]
        total, x = sum(widths), 0.0
        for width in widths:
            u0, u1 = (x + 0.1) / total, (x + width - 0.1) / total
            v0, v1 = (row + 0.12) / rows, (row + 0.86) / rows
            tone = cap if glow is None else mix(glow[min(int(u0 * len(glow)), len(glow) - 1)], cap, 0.35)
            p.fill([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)], tone)
            x += width


def laptop(p, body, screen=("#5b7fa6", "#e8a87c", "#2f4a6b"), style="dunes", glow=None, rugged=False):
    """An open laptop from the front."""
    if glow:
        p.soft(ellipse(500, 800, 420, 34), glow[len(glow) // 2], 30, 0.75)
    p.ground(500, 792, 420, 24, 0.42)
    bulge = 14 if rugged else 0
    p.fill(rect(186 - bulge, 238 - bulge, 814 + bulge, 672, 30 + bulge), slant(light(body, 0.35), dark(body, 0.2)))
    p.fill(rect(192, 244, 808, 672, 24), GLASS)
    view = rect(210, 264, 790, 640, 8)
    wallpaper(p, view, style, screen)
    p.fill(ellipse(500, 254, 3.4), "#3c4250")
    p.fill(rect(194, 668, 806, 684, 5), down(dark(body, 0.6), dark(body, 0.4)))
    deck = [(192, 680), (808, 680), (884, 776), (116, 776)]
    p.fill(deck, down(dark(body, 0.14), light(body, 0.14)))
    cap = dark(body, 0.78) if not glow else "#20222b"
    keys(p, [(236, 687), (764, 687), (800, 738), (200, 738)], 5, light(cap, 0.1), dark(body, 0.55) if not glow else "#121319", glow)
    p.fill([(412, 744), (588, 744), (598, 770), (402, 770)], dark(body, 0.1))
    p.fill([(412, 744), (588, 744), (589, 747), (411, 747)], dark(body, 0.25))
    p.fill(rect(112, 774, 888, 798, (4, 4, 16, 16)), down(light(body, 0.4), body, dark(body, 0.35)))
    p.fill(rect(446, 774, 554, 783, (0, 0, 9, 9)), dark(body, 0.3))
    if rugged:
        for x in (172, 828):
            p.fill(rect(x - 26, 224, x + 26, 300, 24), dark(body, 0.35))
        p.fill(rect(100, 770, 190, 804, 16), dark(body, 0.35))
        p.fill(rect(810, 770, 900, 804, 16), dark(body, 0.35))


def laptop_back(p, body, mark="ring"):
    """The same laptop from behind: the lid with the maker's mark."""
    p.ground(500, 768, 380, 24, 0.42)
    p.fill(rect(150, 740, 850, 766, (6, 6, 14, 14)), down(body, dark(body, 0.4)))
    p.fill(rect(300, 722, 700, 746, 6), dark(body, 0.55))
    lid = rect(166, 268, 834, 738, (30, 30, 12, 12))
    p.fill(lid, slant(light(body, 0.5), body, dark(body, 0.22)))
    with p.clipped(lid):
        p.fill([(560, 200), (760, 200), (420, 760), (220, 760)], "#ffffff", 0.1)
        p.line([(166, 270), (834, 270)], 5, light(body, 0.7), 0.7)
    ink = dark(body, 0.45)
    if mark == "ring":
        p.line(arc(500, 500, 38, None, 20, 340), 9, ink)
        p.fill(ellipse(538, 500, 9), ink)
    else:
        for k in range(3):
            p.line(wave(455, 545, 482 + 20 * k, 7, 90), 8, ink)


def laptop_tent(p, body, screen, style="orbit"):
    """A convertible laptop standing like a tent."""
    p.ground(500, 790, 330, 26, 0.45)
    p.fill([(226, 318), (774, 318), (862, 782), (138, 782)], dark(body, 0.45))
    p.fill([(138, 776), (862, 776), (864, 792), (136, 792)], dark(body, 0.6))
    face = symmetric("M 246 300 Q 226 300 222 322 L 152 760 Q 150 784 176 786")
    p.fill(face, slant(light(body, 0.3), dark(body, 0.1)))
    p.fill(symmetric("M 250 310 Q 236 310 233 326 L 166 758 Q 165 774 182 774"), GLASS)
    wallpaper(p, [(262, 334), (738, 334), (796, 750), (204, 750)], style, screen)
    p.fill(rect(262, 290, 400, 312, 10), dark(body, 0.35))
    p.fill(rect(600, 290, 738, 312, 10), dark(body, 0.35))


def phone(p, body, screen, style="dunes", small=False):
    """A phone twice: its back, and before it the screen."""
    with p.placed(scale=0.86 if small else 0.96, y=30 if small else 0):
        with p.placed(x=-110, y=-14, turn=-9):
            back = rect(345, 160, 655, 800, 58)
            p.drop(back, 22, 30, 30, 0.32)
            p.fill(back, slant(light(body, 0.5), dark(body, 0.25)))
            p.fill(rect(351, 166, 649, 794, 54), slant(light(body, 0.3), body, dark(body, 0.1)))
            p.fill(rect(372, 188, 486, 388 if not small else 316, 50), slant(light(body, 0.35), dark(body, 0.12)))
            for cy in (236, 334) if not small else (250,):
                p.fill(ellipse(428, cy, 40), dark(body, 0.6))
                p.fill(ellipse(428, cy, 31), ball("#4a5266", "#0d0e13"))
                p.fill(ellipse(418, cy - 10, 7), "#9fb4d4", 0.9)
            p.fill(ellipse(470, 286, 7), "#fff3d6")
        with p.placed(x=120, y=26, turn=6):
            front = rect(345, 160, 655, 800, 58)
            p.drop(front, 22, 30, 30, 0.36)
            p.fill(front, slant(light(body, 0.4), dark(body, 0.35)))
            p.fill(rect(351, 166, 649, 794, 53), GLASS)
            wallpaper(p, rect(361, 176, 639, 784, 44), style, screen)
            p.fill(ellipse(598, 214, 11), GLASS)
            p.line([(450, 764), (550, 764)], 6, "#ffffff", 0.75)
            for k in range(4):
                p.fill(rect(384 + 60 * k, 690, 430 + 60 * k, 736, 13), "#ffffff", 0.3)


def watch(p, case, strap):
    """A round wrist watch that draws a week in bars."""
    for top in (True, False):
        with p.placed(flip=False):
            y = (lambda v: v) if top else (lambda v: 1000 - v)
            band = [(x, y(v)) for x, v in symmetric("M 424 96 C 404 96 398 110 398 130 L 378 330")]
            p.drop(band, 16, 22, 20, 0.25)
            p.fill(band, across(dark(strap, 0.25), light(strap, 0.12), strap, dark(strap, 0.3)))
            for k in range(4 if not top else 0):
                p.fill(ellipse(500, y(150 + 38 * k), 8, 6), dark(strap, 0.5))
    p.drop(ellipse(500, 500, 196), 18, 30, 26, 0.36)
    for turn in (-28, 0, 28):
        with p.placed(turn=turn):
            p.fill(rect(686, 482, 716, 518, 8), across(case, dark(case, 0.4)))
    p.fill(ellipse(500, 500, 196), slant(light(case, 0.5), case, dark(case, 0.35)))
    p.fill(ellipse(500, 500, 174), GLASS)
    for k, (x, y) in enumerate(sweep(60, 158)):
        p.line([(500 + x, 500 + y), (500 + x * 0.93, 500 + y * 0.93)], 5 if k % 5 == 0 else 2.4, "#f4efe6", 0.9 if k % 5 == 0 else 0.45)
    for k, height in enumerate((30, 52, 40, 66, 48, 58, 34)):
        p.fill(rect(440 + 18 * k, 596 - height, 452 + 18 * k, 596, 5), mix(light(strap, 0.45), "#e9c46a", k / 6))
    p.line([(500, 500), (448, 452)], 11, "#f4efe6")
    p.line([(500, 500), (560, 400)], 7, "#f4efe6")
    p.fill(ellipse(500, 500, 11), "#e07a5f")
    with p.clipped(ellipse(500, 500, 174)):
        p.fill([(380, 310), (520, 310), (380, 660), (310, 600)], "#ffffff", 0.05)


def monitor(p, body, screen, style="waves"):
    """A monitor on its foot."""
    p.ground(500, 812, 210, 24, 0.42)
    p.fill(symmetric("M 452 640 L 446 790"), across(dark(body, 0.25), light(body, 0.35), dark(body, 0.3)))
    p.fill(ellipse(500, 798, 180, 22), dark(body, 0.35))
    p.fill(ellipse(500, 791, 180, 22), slant(light(body, 0.4), body))
    p.drop(rect(100, 180, 900, 660, 20), 8, 18, 26, 0.26)
    p.fill(rect(100, 180, 900, 660, 20), slant(light(body, 0.3), dark(body, 0.25)))
    p.fill(rect(105, 185, 895, 655, 16), GLASS)
    wallpaper(p, rect(118, 198, 882, 630, 6), style, screen)
    p.fill(ellipse(500, 643, 4), "#e9c46a")


def keyboard(p, body, cap, accent):
    """A mechanical keyboard from above."""
    with p.placed(turn=-8):
        frame = rect(95, 330, 905, 670, 34)
        p.drop(frame, 20, 36, 28, 0.36)
        p.fill(moved(frame, 0, 14), dark(body, 0.45))
        p.fill(frame, slant(light(body, 0.35), dark(body, 0.08)))
        p.fill(rect(118, 352, 882, 648, 16), dark(body, 0.5))
        rows = ([1] * 13 + [2], [1.5] + [1] * 12 + [1.5], [1.8] + [1] * 11 + [2.2], [2.3] + [1] * 10 + [2.7],
                [1.3, 1.3, 1.3, 6.3, 1.2, 1.2, 1.2, 1.2])
        unit = 752 / 15
        for r, row in enumerate(rows):
            x = 124.0
            for k, width in enumerate(row):
                special = (r, k) in {(0, 0), (2, 12), (4, 3)}
                edge = k in (0, len(row) - 1) or (r == 4 and k != 3)
                tone = accent if special else mix(cap, body, 0.45) if edge else cap
                box = (x + 2, 358 + 57 * r, x + width * unit - 3, 358 + 57 * r + 53)
                p.fill(rect(*box, 9), dark(tone, 0.3))
                p.fill(rect(box[0] + 4, box[1] + 2, box[2] - 4, box[3] - 10, 8), down(light(tone, 0.3), tone))
                x += width * unit


def mouse(p, body, accent):
    """A mouse from above."""
    with p.placed(turn=14):
        shape = symmetric("M 500 222 C 400 222 350 300 346 440 C 342 520 330 600 352 680 C 374 760 440 792 500 792")
        p.drop(shape, 26, 38, 30, 0.38)
        p.fill(moved(shape, 4, 12), dark(body, 0.5))
        p.fill(shape, ball(light(body, 0.6), body, dark(body, 0.3)))
        with p.clipped(shape):
            p.soft(ellipse(650, 620, 60, 220), dark(body, 0.5), 40, 0.55)
            p.line([(500, 210), (500, 470)], 4, dark(body, 0.4))
            p.line(path("M 330 486 C 420 446 580 446 670 486"), 4, dark(body, 0.35))
        p.fill(rect(480, 300, 520, 400, 20), dark(body, 0.6))
        p.fill(rect(486, 308, 514, 392, 14), down(light(accent, 0.3), accent, dark(accent, 0.4)))
        for k in range(4):
            p.line([(488, 328 + 16 * k), (512, 328 + 16 * k)], 3, dark(accent, 0.4))


def webcam(p, body):
    """A webcam on its clip."""
    p.ground(500, 800, 170, 22, 0.4)
    p.fill(symmetric("M 470 560 L 452 700"), across(dark(body, 0.5), dark(body, 0.2), dark(body, 0.5)))
    p.fill(symmetric("M 400 690 C 370 690 352 720 348 800"), across(dark(body, 0.15), light(body, 0.2), dark(body, 0.35)))
    shell = rect(250, 290, 750, 580, 145)
    p.drop(shell, 8, 22, 24, 0.3)
    p.fill(shell, down(light(body, 0.5), body, dark(body, 0.3)))
    p.fill(rect(264, 304, 736, 566, 131), down("#2b2e38", "#14151a"))
    for r, tone in ((112, "#0c0d11"), (96, "#2a2e3a"), (74, "#101219")):
        p.fill(ellipse(500, 435, r), tone)
    p.fill(ellipse(500, 435, 60), ball("#7e93bb", "#2b3558", "#0b0d16"))
    p.fill(ellipse(478, 410, 15, 12), "#ffffff", 0.8)
    p.fill(ellipse(664, 435, 9), "#9ad1a8")
    for k in range(5):
        p.fill(ellipse(330, 405 + 15 * k, 4), "#4a4e5c")


def charging_pad(p, cloth, rim):
    """A long pad with three places to charge, and its cable."""
    p.line(path("M 500 330 C 500 200 640 220 660 130 C 668 80 720 60 760 -20"), 13, dark(rim, 0.25))
    shape = rect(110, 330, 890, 640, 155)
    p.drop(shape, 20, 36, 28, 0.36)
    p.fill(moved(shape, 0, 16), dark(rim, 0.4))
    p.fill(shape, slant(light(rim, 0.5), rim))
    inner = rect(130, 350, 870, 620, 135)
    p.fill(inner, slant(light(cloth, 0.15), dark(cloth, 0.12)))
    with p.clipped(inner):
        for k in range(-12, 34):
            p.line([(100 + 26 * k, 640), (400 + 26 * k, 330)], 2, light(cloth, 0.35), 0.3)
    for cx, r in ((278, 82), (500, 60), (712, 92)):
        p.line(ellipse(cx, 485, r), 6, light(rim, 0.35), 0.85)
        p.fill(ellipse(cx, 485, 8), light(rim, 0.35), 0.85)


def reader(p, body, cover):
    """An electronic reader that shows a book's cover, drawn by the function `cover`."""
    with p.placed(turn=-5):
        shape = rect(270, 140, 730, 830, 44)
        p.drop(shape, 22, 36, 30, 0.36)
        p.fill(moved(shape, 3, 8), dark(body, 0.5))
        p.fill(shape, slant(light(body, 0.3), dark(body, 0.15)))
        view = rect(308, 182, 692, 744, 6)
        p.fill(view, "#efece3")
        with p.clipped(view), p.placed(scale=0.92, y=-37):
            cover(p)
        p.fill(rect(470, 774, 530, 790, 8), light(body, 0.3))


def sweep(count, radius):
    """Points on a circle, for what is set around a middle."""
    return [(math.cos(2 * math.pi * k / count) * radius, math.sin(2 * math.pi * k / count) * radius) for k in range(count)]
