# Owns the drawings of what stands in a kitchen.
"""Mug, pour-over set, kettle, knife, board, casserole, bag of coffee, bowls and a gift box."""
from .canvas import across, ball, dark, down, light, mix, slant
from .desk import grain
from .geometry import arc, ellipse, mirror, moved, path, rect, smooth, symmetric
from .tech import sweep


def steam(p, x, y, size=1.0):
    """Steam that rises from (x, y)."""
    for k, dx in enumerate((-46, 0, 46)):
        h = (150 if k == 1 else 110) * size
        p.line(path(f"M {x + dx} {y} C {x + dx - 26} {y - h * 0.35:.0f} {x + dx + 26} {y - h * 0.6:.0f} {x + dx} {y - h:.0f}"), 11 * size, "#ffffff", 0.6)


def mug(p, glaze, drink="#5a3a28", speckles=True):
    """A stoneware mug with a hot drink."""
    steam(p, 470, 282)
    p.ground(480, 800, 220, 28, 0.44)
    handle = path("M 674 440 C 830 430 840 660 660 676")
    p.line(handle, 54, dark(glaze, 0.3))
    p.line(moved(handle, -4, -5), 40, slant(light(glaze, 0.35), glaze))
    body = symmetric("M 470 330 L 256 330 C 254 500 256 660 276 740 C 290 792 360 808 470 810", 470)
    p.fill(body, across(dark(glaze, 0.12), light(glaze, 0.4), glaze, dark(glaze, 0.32)))
    with p.clipped(body):
        p.fill(symmetric("M 470 716 C 380 716 300 706 250 690 L 250 850 L 470 850", 470), across("#b99b7a", "#e0c7a6", "#a98a68"))
        for k in range(70 if speckles else 0):
            p.fill(ellipse(262 + (k * 149) % 420, 350 + (k * 83) % 340, 2 + k % 3), dark(glaze, 0.45), 0.35)
        p.soft(rect(320, 360, 346, 700, 12), "#ffffff", 14, 0.5)
    p.fill(ellipse(470, 332, 214, 52), light(glaze, 0.5))
    p.fill(ellipse(470, 335, 196, 43), down(dark(glaze, 0.4), dark(glaze, 0.15)))
    with p.clipped(ellipse(470, 335, 196, 43)):
        p.fill(ellipse(470, 352, 190, 40), slant(light(drink, 0.25), drink))


def pour_over(p, glass, cone, wood):
    """A glass pot with a cone for filter coffee."""
    p.ground(500, 836, 210, 26, 0.42)
    pot = symmetric("M 500 470 L 428 470 C 430 540 300 600 288 720 C 284 800 330 838 400 838 L 500 840")
    p.fill(pot, slant("#ffffff", mix(glass, "#ffffff", 0.4)), 0.55)
    with p.clipped(pot):
        p.fill(rect(260, 692, 740, 850), down("#7a4b2c", "#3f2416"), 0.93)
        p.fill(ellipse(500, 692, 216, 24), "#8d5c38")
        p.soft(rect(330, 600, 352, 800, 10), "#ffffff", 10, 0.75)
    p.line(pot, 5, mix(glass, "#ffffff", 0.3), 0.9, closed=True)
    p.fill(rect(420, 440, 580, 520, 18), across(dark(wood, 0.2), light(wood, 0.3), wood, dark(wood, 0.35)))
    p.line([(424, 482), (576, 482)], 8, "#5b3d26")
    p.fill(ellipse(500, 484, 11), "#5b3d26")
    p.line(path("M 690 284 C 780 290 770 400 640 392"), 24, dark(cone, 0.2))
    shape = symmetric("M 500 230 L 296 230 L 420 430 C 440 448 470 450 500 450")
    p.fill(shape, across(dark(cone, 0.1), light(cone, 0.5), cone, dark(cone, 0.28)))
    with p.clipped(shape):
        for k in range(-4, 5):
            p.line([(500 + 50 * k, 230), (500 + 16 * k, 450)], 5, dark(cone, 0.3), 0.35)
    p.fill(ellipse(500, 230, 206, 42), light(cone, 0.5))
    p.fill(ellipse(500, 233, 190, 34), "#f6efe0")
    p.fill(ellipse(500, 240, 150, 24), down("#4d2f1d", "#6b4329"))
    steam(p, 500, 200, 0.8)


def kettle(p, enamel, wood):
    """A kettle with a swan neck."""
    p.ground(490, 806, 260, 26, 0.44)
    spout = path("M 690 700 C 800 690 790 520 820 430 C 834 390 860 372 896 366")
    p.line(spout, 36, dark(enamel, 0.3))
    p.line(moved(spout, -3, -5), 23, slant(light(enamel, 0.5), enamel))
    handle = path("M 300 470 C 160 400 90 480 104 590 C 110 660 150 700 200 706")
    p.line(handle, 34, dark(wood, 0.3))
    p.line(moved(handle, -3, -5), 22, slant(light(wood, 0.35), wood))
    body = symmetric("M 480 400 L 330 400 C 280 500 226 640 222 750 C 222 796 260 812 320 812 L 480 814", 480)
    p.fill(body, across(dark(enamel, 0.2), light(enamel, 0.5), enamel, dark(enamel, 0.4)))
    with p.clipped(body):
        p.soft(rect(330, 440, 356, 760, 12), "#ffffff", 16, 0.5)
        p.soft(rect(200, 780, 780, 840), "#2a2430", 14, 0.4)
    p.fill(ellipse(480, 400, 152, 30), dark(enamel, 0.35))
    lid = symmetric("M 480 330 C 400 332 340 356 332 392 C 360 414 420 420 480 420", 480)
    p.fill(lid, across(dark(enamel, 0.1), light(enamel, 0.5), enamel, dark(enamel, 0.3)))
    p.fill(rect(468, 306, 492, 340), dark(enamel, 0.4))
    p.fill(ellipse(480, 296, 34, 28), ball(light(wood, 0.4), wood, dark(wood, 0.35)))


def knife(p, wood):
    """A cook's knife, lying."""
    with p.placed(turn=-38):
        blade = path("M 60 540 C 200 420 420 408 640 416 L 640 540 C 420 566 200 570 60 540 Z")
        p.drop(blade, 26, 26, 24, 0.34)
        p.fill(blade, down("#eef0f1", "#c2c7cc", "#f4f5f6"))
        with p.clipped(blade):
            p.fill(path("M 40 540 C 200 516 420 514 660 506 L 660 580 L 40 580 Z"), "#ffffff", 0.6)
            p.line(path("M 40 540 C 200 516 420 514 660 506"), 2.5, "#9aa1a8", 0.8)
            for k in range(5):
                p.fill(ellipse(330 + 66 * k, 462, 24, 11), down("#adb3b9", "#d9dcdf"))
        grip = path("M 664 420 L 900 410 C 944 410 956 440 950 476 C 944 514 920 520 890 512 C 820 492 740 506 664 506 Z")
        p.drop(grip, 26, 26, 20, 0.34)
        p.fill(grip, down(light(wood, 0.3), wood, dark(wood, 0.4)))
        grain(p, grip, wood, 12)
        p.fill(rect(630, 412, 676, 540, 6), across("#8d939a", "#eceeef", "#8d939a"))
        for x in (730, 806, 882):
            p.fill(ellipse(x, 460, 10), ball("#f7e3b5", "#a67c3f"))


def board(p, wood, stripe):
    """A cutting board with a loaf, from above."""
    shape = path("M 250 330 C 250 300 270 290 300 290 L 430 290 C 450 280 440 210 450 150 C 456 118 544 118 550 150 C 560 210 550 280 570 290 L 700 290 C 730 290 750 300 750 330 L 760 820 C 760 850 744 860 714 860 L 286 860 C 256 860 240 850 240 820 Z")
    with p.placed(turn=8):
        p.drop(shape, 20, 36, 28, 0.36)
        p.fill(moved(shape, 3, 12), dark(wood, 0.45))
        p.fill(shape, slant(light(wood, 0.35), wood, dark(wood, 0.15)))
        grain(p, shape, wood, 26)
        with p.clipped(shape):
            for x in (300, 676):
                p.fill(rect(x, 250, x + 26, 880), stripe, 0.9)
        p.fill(ellipse(500, 184, 22), dark(wood, 0.55))
        loaf = smooth([(360, 620), (400, 470), (500, 410), (600, 470), (640, 620), (600, 740), (500, 780), (400, 740)])
        p.drop(loaf, 12, 20, 16, 0.36)
        p.fill(loaf, ball("#f0c88c", "#c78a4a", "#8a5428"))
        for k in range(4):
            y = 500 + 66 * k
            p.line(path(f"M 410 {y + 26} C 460 {y - 20} 540 {y - 24} 586 {y - 6}"), 15, "#f7e3bf", 0.9)


def casserole(p, enamel, knob):
    """A heavy casserole with its lid."""
    p.ground(500, 800, 320, 28, 0.46)
    for turn in (lambda o: o, mirror):
        grip = turn(path("M 214 540 C 110 520 100 610 214 620"))
        p.line(grip, 34, dark(enamel, 0.35))
        p.line(moved(grip, 0, -5), 20, light(enamel, 0.2))
    body = symmetric("M 500 480 L 196 480 C 196 600 204 700 230 760 C 250 800 320 808 400 808 L 500 808")
    p.fill(body, across(dark(enamel, 0.3), light(enamel, 0.3), enamel, dark(enamel, 0.5)))
    with p.clipped(body):
        p.soft(rect(280, 510, 310, 740, 12), "#ffffff", 18, 0.45)
        p.soft(rect(150, 764, 850, 840), "#2a2430", 16, 0.45)
    p.fill(rect(184, 456, 816, 498, 18), across(dark(enamel, 0.2), light(enamel, 0.5), enamel, dark(enamel, 0.4)))
    lid = symmetric("M 500 330 C 380 330 220 366 200 440 C 200 464 340 466 500 466")
    p.fill(lid, across(dark(enamel, 0.2), light(enamel, 0.4), enamel, dark(enamel, 0.45)))
    with p.clipped(lid):
        p.soft(ellipse(360, 380, 90, 24), "#ffffff", 18, 0.5)
    p.fill(rect(484, 296, 516, 340), dark(knob, 0.4))
    p.fill(rect(446, 266, 554, 308, 20), slant(light(knob, 0.5), knob, dark(knob, 0.4)))


def coffee(p, paper, label):
    """A bag of coffee with beans before it."""
    p.ground(500, 846, 250, 26, 0.42)
    body = symmetric("M 500 214 L 316 214 C 300 400 290 600 280 800 C 280 838 310 848 360 848 L 500 850")
    p.drop(body, 6, 12, 18, 0.22)
    p.fill(body, slant(light(paper, 0.35), paper, dark(paper, 0.25)))
    with p.clipped(body):
        p.soft([(300, 200), (350, 200), (330, 860), (260, 860)], "#ffffff", 16, 0.3)
        p.soft([(650, 200), (720, 200), (740, 860), (680, 860)], dark(paper, 0.7), 24, 0.5)
    p.fill([(312, 150), (688, 150), (686, 236), (314, 236)], slant(light(paper, 0.2), dark(paper, 0.15)))
    p.line([(314, 196), (686, 196)], 4, dark(paper, 0.4), 0.7)
    for x in (312, 664):
        p.fill(rect(x, 184, x + 24, 246, 4), "#e8dfcf")
    tag = rect(360, 380, 640, 690, 14)
    p.fill(tag, slant(light(label, 0.4), label))
    p.fill(ellipse(500, 490, 70), dark(paper, 0.1))
    p.fill(ellipse(500, 490, 30, 46), light(label, 0.3))
    p.line(path("M 500 448 C 482 474 518 506 500 532"), 7, dark(paper, 0.1))
    for y, half in ((600, 84), (632, 60), (660, 40)):
        p.line([(500 - half, y), (500 + half, y)], 7, dark(label, 0.45), 0.8)
    for x, y, turn in ((230, 838, 20), (296, 862, -30), (700, 866, 40), (772, 840, -10), (650, 884, 80), (352, 894, 70)):
        with p.placed(x=x - 500, y=y - 500, turn=turn):
            p.soft(ellipse(504, 512, 34, 22), "#2a2430", 7, 0.4)
            p.fill(ellipse(500, 500, 34, 23), ball("#9a6a45", "#5f3b24", "#3a2215"))
            p.line(path("M 468 500 C 488 490 512 510 532 500"), 4, "#2c190f")


def bowls(p, tones):
    """A stack of bowls."""
    p.ground(500, 812, 220, 26, 0.44)
    for k, tone in reversed(list(enumerate(tones))):
        y, wide = 640 - 92 * k, 300 - 8 * k
        if k == len(tones) - 1:
            p.fill(ellipse(500, y, wide, 40), light(tone, 0.5))
            p.fill(ellipse(500, y + 4, wide - 16, 32), down(dark(tone, 0.35), dark(tone, 0.08)))
        rim = arc(500, y, wide, 40, 180, 90)
        left = rim[::-1] + path(f"M {500 - wide} {y} C {510 - wide} {y + 90} {400 - wide // 6} {y + 150} 400 {y + 156} L 392 {y + 174} L 500 {y + 178}")
        body = left + mirror(left)[::-1]
        p.fill(body, across(dark(tone, 0.18), light(tone, 0.4), tone, dark(tone, 0.35)))
        with p.clipped(body):
            for j in range(30):
                p.fill(ellipse(230 + (j * 149) % 560, y + 44 + (j * 47) % 110, 2 + j % 2), dark(tone, 0.45), 0.35)
        p.line(moved(arc(500, y, wide - 3, 40, 180, 0), 0, 3), 6, light(tone, 0.5))
        if k < len(tones) - 1:
            p.soft(arc(500, y - 8, wide - 40, 36, 0, 180), "#2a2430", 9, 0.28)


def gift_box(p, paper, ribbon):
    """A box with many little drawers."""
    p.ground(500, 820, 320, 26, 0.44)
    body = rect(200, 240, 800, 818, 16)
    p.drop(body, 6, 14, 18, 0.22)
    p.fill(body, slant(light(paper, 0.3), paper, dark(paper, 0.2)))
    tones = (light(paper, 0.3), light(ribbon, 0.2), dark(paper, 0.18), "#efe3c8")
    for row in range(4):
        for column in range(6):
            x, y = 228 + 92 * column, 268 + 133 * row
            tone = tones[(row * 3 + column * 5 + row * column) % 4]
            p.fill(rect(x, y + 5, x + 82, y + 123, 8), dark(paper, 0.5))
            p.fill(rect(x, y, x + 82, y + 117, 8), slant(light(tone, 0.25), tone))
            p.fill(ellipse(x + 41, y + 92, 8), dark(tone, 0.5))
            if (row + column) % 3 == 0:
                for dx, dy in sweep(6, 20):
                    p.line([(x + 41, y + 46), (x + 41 + dx, y + 46 + dy)], 5, dark(tone, 0.35), 0.8)
            else:
                p.fill(ellipse(x + 41, y + 46, 15), dark(tone, 0.25), 0.7)
    for turn in (lambda o: o, mirror):
        bow = turn(smooth([(500, 226), (420, 150), (350, 168), (370, 226), (440, 240)]))
        p.fill(bow, slant(light(ribbon, 0.3), dark(ribbon, 0.2)))
    p.fill(ellipse(500, 220, 30, 27), ball(light(ribbon, 0.4), ribbon, dark(ribbon, 0.3)))
