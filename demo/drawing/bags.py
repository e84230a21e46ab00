# Owns the drawings of bags and suitcases.
"""Backpack, tote, weekend bag, laptop sleeve, sling and suitcase."""
from .canvas import across, ball, dark, down, light, slant
from .geometry import ellipse, mirror, moved, path, rect, symmetric

BRASS = ("#f0d9a4", "#c49a56", "#8f6a32")


def stitch(p, points, tone, length=9, width=2.6):
    """A dashed seam along an outline."""
    for first, second in zip(points[::2], points[1::2]):
        p.line([first, second], width, tone, 0.65)


def seam(p, left, right, y, tone):
    """A straight dashed seam."""
    x = left
    while x < right:
        p.line([(x, y), (min(x + 10, right), y)], 2.8, tone, 0.7)
        x += 20


def backpack(p, cloth, leather):
    """A backpack from the front."""
    p.ground(500, 838, 250, 28, 0.42)
    for turn in (lambda o: o, mirror):
        p.line(turn(path("M 330 300 C 220 340 206 560 250 720")), 40, dark(cloth, 0.4))
        p.fill(turn(rect(222, 560, 330, 780, 46)), across(dark(cloth, 0.35), cloth))
    p.line(path("M 430 190 C 430 110 570 110 570 190"), 24, dark(leather, 0.1))
    body = symmetric("M 500 160 C 370 158 300 210 288 330 L 262 760 C 262 812 290 836 340 838 C 420 842 460 842 500 842")
    p.drop(body, 6, 12, 18, 0.22)
    p.fill(body, slant(light(cloth, 0.35), cloth, dark(cloth, 0.28)))
    with p.clipped(body):
        p.soft(ellipse(730, 560, 60, 300), dark(cloth, 0.6), 46, 0.5)
        p.soft(rect(200, 800, 800, 900), dark(cloth, 0.7), 22, 0.5)
    flap = symmetric("M 500 168 C 390 168 318 214 306 330 L 296 440 C 296 478 330 492 380 496 C 440 500 470 500 500 500")
    p.soft(moved(flap, 4, 18), "#2a2430", 14, 0.35)
    p.fill(flap, slant(light(cloth, 0.42), light(cloth, 0.06), dark(cloth, 0.18)))
    stitch(p, symmetric("M 500 184 C 396 184 332 228 322 332 L 312 436 C 314 464 340 474 386 479 C 440 484 470 484 500 484"), light(cloth, 0.6))
    pocket = rect(322, 570, 678, 790, 40)
    p.soft(moved(pocket, 3, 12), "#2a2430", 10, 0.32)
    p.fill(pocket, slant(light(cloth, 0.3), cloth, dark(cloth, 0.15)))
    p.line([(350, 612), (650, 612)], 9, dark(cloth, 0.45))
    p.fill(rect(612, 606, 628, 652, 7), slant(*BRASS))
    for x in (396, 604):
        p.fill(rect(x - 21, 400, x + 21, 590, 12), across(light(leather, 0.15), leather, dark(leather, 0.2)))
        p.line(rect(x - 26, 512, x + 26, 552, 9), 8, slant(*BRASS), closed=True)
        p.line([(x, 532), (x, 560)], 7, slant(*BRASS))
    p.fill(rect(452, 300, 548, 364, 10), slant(light(leather, 0.2), leather))
    p.line(ellipse(500, 332, 15), 4, light(leather, 0.6))


def tote(p, cloth, handle, band=None):
    """A cloth bag for the market."""
    p.ground(500, 846, 260, 24, 0.38)
    p.line(path("M 400 400 C 400 120 600 120 600 400"), 26, dark(handle, 0.35))
    body = symmetric("M 500 366 L 262 366 L 232 800 C 232 836 250 848 290 848 L 500 850")
    p.drop(body, 6, 12, 18, 0.22)
    p.fill(body, slant(light(cloth, 0.5), cloth, dark(cloth, 0.16)))
    with p.clipped(body):
        if band:
            p.fill(rect(200, 640, 800, 860), slant(light(band, 0.2), dark(band, 0.15)))
        for x, lean in ((330, 30), (470, -16), (640, -40)):
            p.soft([(x, 420), (x + 16, 420), (x + lean + 40, 840), (x + lean - 10, 840)], dark(cloth, 0.5), 20, 0.28)
        p.soft(rect(200, 812, 800, 900), dark(cloth, 0.7), 18, 0.35)
    p.fill(rect(260, 362, 740, 392, 8), dark(cloth, 0.12))
    seam(p, 270, 730, 400, dark(cloth, 0.4))
    p.line(path("M 380 470 L 380 400 C 380 60 620 60 620 400 L 620 470"), 28, slant(light(handle, 0.25), handle, dark(handle, 0.15)))
    for x in (380, 620):
        p.fill(rect(x - 20, 400, x + 20, 486, 6), handle)
        p.line([(x - 11, 446), (x + 11, 474)], 3, light(handle, 0.5))
        p.line([(x + 11, 446), (x - 11, 474)], 3, light(handle, 0.5))


def duffel(p, cloth, leather):
    """A bag for the weekend."""
    p.ground(500, 796, 380, 28, 0.42)
    p.line(path("M 360 440 C 370 190 630 190 640 440"), 22, dark(leather, 0.4))
    body = symmetric("M 500 374 C 340 372 216 388 176 440 C 128 510 116 680 140 750 C 156 792 220 800 300 800 L 500 802")
    p.drop(body, 6, 14, 18, 0.22)
    p.fill(body, down(light(cloth, 0.4), cloth, dark(cloth, 0.32)))
    with p.clipped(body):
        p.soft(ellipse(300, 440, 160, 50), "#ffffff", 40, 0.25)
        p.fill(rect(100, 700, 900, 820), down(leather, dark(leather, 0.35)))
        seam(p, 130, 880, 714, light(leather, 0.5))
        for turn in (lambda o: o, mirror):
            end = turn(path("M 100 380 L 250 380 C 222 500 220 680 240 820 L 100 820 Z"))
            p.fill(end, slant(light(leather, 0.15), leather, dark(leather, 0.25)))
    p.line(path("M 250 408 C 400 392 600 392 750 408"), 9, dark(cloth, 0.5))
    p.fill(rect(726, 400, 742, 448, 7), slant(*BRASS))
    for x in (352, 648):
        p.fill(rect(x - 19, 420, x + 19, 730, 8), across(light(leather, 0.2), leather, dark(leather, 0.2)))
        p.line(ellipse(x, 470, 19), 7, slant(*BRASS), closed=True)
    p.line(path("M 352 452 C 352 150 648 150 648 452"), 25, slant(light(leather, 0.3), leather, dark(leather, 0.2)))
    p.line(path("M 430 250 C 470 222 530 222 570 250"), 38, dark(leather, 0.12))


def sleeve(p, felt, leather):
    """A felt sleeve for a laptop, from above."""
    with p.placed(turn=-9):
        p.fill(rect(238, 190, 762, 420, 22), slant("#d3d7dc", "#9ba1aa"))
        p.line([(260, 196), (740, 196)], 4, "#f2f4f5")
        body = rect(180, 260, 820, 740, 34)
        p.drop(body, 20, 36, 28, 0.36)
        p.fill(moved(body, 2, 8), dark(felt, 0.5))
        p.fill(body, slant(light(felt, 0.25), felt, dark(felt, 0.16)))
        with p.clipped(body):
            for k in range(60):
                p.fill(ellipse(196 + (k * 137) % 610, 280 + (k * 211) % 450, 5, 2), light(felt, 0.4), 0.35)
        seam(p, 204, 800, 718, light(felt, 0.6))
        seam(p, 204, 800, 282, light(felt, 0.6))
        p.fill(rect(440, 236, 560, 460, (14, 14, 54, 54)), slant(light(leather, 0.3), leather, dark(leather, 0.15)))
        p.fill(ellipse(500, 412, 19), ball(*BRASS))


def sling(p, cloth, leather):
    """A small bag with a long strap."""
    strap = path("M 250 560 C 130 300 320 90 520 100 C 720 110 850 330 752 560")
    p.line(moved(strap, 16, 24), 26, "#2a2430", 0.13)
    p.line(strap, 28, slant(light(leather, 0.25), leather, dark(leather, 0.2)))
    p.line(rect(690, 236, 748, 290, 9), 9, slant(*BRASS), closed=True)
    body = symmetric("M 500 462 C 340 460 240 480 216 540 C 190 620 204 740 256 790 C 300 824 400 830 500 830")
    p.drop(body, 18, 34, 28, 0.36)
    p.fill(body, slant(light(cloth, 0.4), cloth, dark(cloth, 0.3)))
    with p.clipped(body):
        p.soft(ellipse(500, 850, 300, 50), dark(cloth, 0.6), 34, 0.6)
    p.line(path("M 246 548 C 380 526 620 526 754 548"), 10, dark(cloth, 0.5))
    p.fill(rect(708, 536, 726, 596, 8), slant(*BRASS))
    pocket = symmetric("M 500 610 L 300 610 C 290 690 306 764 350 784 C 400 798 450 800 500 800")
    p.soft(moved(pocket, 2, 8), "#2a2430", 8, 0.3)
    p.fill(pocket, slant(light(cloth, 0.3), dark(cloth, 0.08)))
    seam(p, 312, 690, 630, light(cloth, 0.6))
    p.fill(rect(462, 660, 538, 712, 8), slant(light(leather, 0.2), leather))
    for x in (246, 754):
        p.line(ellipse(x, 556, 24), 8, slant(*BRASS), closed=True)


def suitcase(p, shell, trim):
    """A suitcase on wheels."""
    p.ground(500, 868, 230, 24, 0.42)
    for x in (420, 580):
        p.fill(rect(x - 10, 90, x + 10, 270), across("#82868d", "#e6e8ea", "#7c8087"))
    p.fill(rect(396, 76, 604, 112, 16), down(light(trim, 0.25), dark(trim, 0.3)))
    for x in (322, 678):
        p.fill(rect(x - 30, 816, x + 30, 850, 8), dark(trim, 0.4))
        p.fill(ellipse(x, 852, 27), ball("#5a5d66", "#1b1d22"))
        p.fill(ellipse(x, 852, 9), "#8f939a")
    body = rect(246, 236, 754, 830, 64)
    p.drop(body, 6, 14, 20, 0.25)
    p.fill(body, across(dark(shell, 0.2), light(shell, 0.3), shell, dark(shell, 0.32)))
    with p.clipped(body):
        for k in range(8):
            x = 296 + 58 * k
            p.fill(rect(x - 12, 262, x + 12, 804, 12), across(light(shell, 0.35), dark(shell, 0.22)), 0.75)
        p.soft(rect(240, 800, 760, 860), dark(shell, 0.7), 16, 0.5)
    p.fill(rect(440, 226, 560, 250, 10), dark(trim, 0.2))
    for turn in (lambda o: o, mirror):
        p.fill(turn(path("M 246 300 Q 246 236 310 236 L 340 236 Q 280 250 262 330 Z")), dark(trim, 0.1), 0.9)
        p.fill(turn(path("M 246 760 Q 246 830 310 830 L 340 830 Q 280 810 262 736 Z")), dark(trim, 0.1), 0.9)
    p.fill(rect(716, 500, 772, 566, 10), slant("#f0d9a4", "#b88a48"))
