# Owns the drawings of books and stationery.
"""Books with drawn covers, notebook, fountain pen, pencils and a planner."""
from .canvas import across, ball, dark, down, light, mix, slant
from .desk import leaf
from .geometry import ellipse, moved, path, rect, symmetric, wave
from .tech import sweep


def cover_sea(p, sky="#e9b384", sea="#2f5d73"):
    """A cover with a lighthouse by the sea."""
    p.fill(rect(200, 60, 800, 960), down(light(sky, 0.4), sky))
    p.fill(ellipse(600, 380, 74), "#fdf3dc", 0.95)
    for k in range(5):
        p.fill([*wave(180, 820, 600 + 62 * k, 14, 220, 1.1 * k), (820, 980), (180, 980)], mix(light(sea, 0.25), dark(sea, 0.35), k / 4))
    p.fill(path("M 200 620 C 280 560 360 560 440 640 L 440 660 L 200 680 Z"), "#4a3a3a")
    p.fill(symmetric("M 320 330 L 296 330 L 276 590 L 320 590", 320), across("#fbf6ea", "#d8cdbb"))
    for y in (392, 482):
        p.fill(rect(284, y, 356, y + 42), "#c8553d")
    p.fill(rect(292, 290, 348, 332, 4), "#ffe9a8")
    p.fill([(284, 292), (320, 250), (356, 292)], "#c8553d")


def cover_supper(p, cloth="#7d3f3a", plate="#f4ead7"):
    """A cover with a laid plate."""
    p.fill(rect(200, 60, 800, 960), slant(light(cloth, 0.18), dark(cloth, 0.12)))
    p.fill(ellipse(500, 520, 158), light(plate, 0.3))
    p.fill(ellipse(500, 520, 120), plate)
    for k, (x, y) in enumerate(sweep(7, 60)):
        p.fill(ellipse(500 + x, 520 + y, 25), ("#d9793d", "#8fa35a", "#c8452f")[k % 3])
    leaf(p, 500, 560, 90, 26, 20, "#5f8a4a")
    p.line([(302, 380), (302, 660)], 13, "#e3c98d")
    p.line([(284, 380), (284, 450)], 6, "#e3c98d")
    p.line([(320, 380), (320, 450)], 6, "#e3c98d")
    p.line([(284, 450), (320, 450)], 10, "#e3c98d")
    p.line([(700, 500), (700, 660)], 13, "#e3c98d")
    p.fill(path("M 692 374 C 728 400 730 470 708 510 L 692 510 Z"), "#e3c98d")
    p.line([(380, 210), (620, 210)], 11, plate)
    p.line([(430, 250), (570, 250)], 7, plate, 0.8)
    p.line([(430, 820), (570, 820)], 8, plate, 0.8)


def cover_repair(p, field="#33524d", thread="#e3a857"):
    """A cover with a needle and a mended tear."""
    p.fill(rect(200, 60, 800, 960), slant(light(field, 0.2), dark(field, 0.15)))
    p.line(path("M 300 700 C 420 560 420 640 520 520 C 600 420 620 470 700 330"), 5, dark(field, 0.5))
    for k in range(9):
        x, y = 322 + 44 * k, 672 - 38 * k
        p.line([(x - 22, y - 26), (x + 22, y + 26)], 9, thread)
    p.line([(640, 300), (560, 180)], 9, "#eceeef")
    p.line(path("M 648 312 C 720 400 760 300 720 240"), 5, thread)
    p.line([(380, 740), (620, 740)], 11, "#f4ead7")
    p.line([(430, 780), (570, 780)], 7, "#f4ead7", 0.8)


def book(p, cover, spine, hard=True, turn=-8):
    """A standing book whose front is drawn by the function `cover`."""
    p.ground(508, 862, 270, 24, 0.42)
    front = [(330, 150), (760, 178), (760, 852), (330, 866)]
    p.fill([(330, 150), (262, 170), (262, 846), (330, 866)], across(dark(spine, 0.42), dark(spine, 0.1)))
    p.fill([(262, 170), (330, 150), (760, 178), (700, 192)], "#f4ecdc")
    if hard:
        for y in (240, 262, 760, 782):
            p.line([(264, y), (328, y - 10 if y < 500 else y + 10)], 5, light(spine, 0.6), 0.8)
    p.fill(front, spine)
    with p.clipped(front), p.placed(x=46, y=4, scale=1.0):
        with p.placed(scale=0.86, turn=1.0):
            cover(p)
    p.fill([(330, 150), (350, 151), (350, 865), (330, 866)], across(dark(spine, 0.5), light(spine, 0.2)), 0.6)
    p.fill([(620, 168), (760, 178), (760, 470), (470, 860), (420, 862)], "#ffffff", 0.06)


def stacked_books(p, tones):
    """A stack of books from the side."""
    p.ground(500, 800, 330, 26, 0.42)
    y = 798
    for k, (tone, width, height) in enumerate(zip(tones, (560, 500, 530, 440), (96, 80, 104, 72))):
        left = 500 - width / 2 + (-14, 22, -6, 16)[k % 4]
        p.soft(rect(left + 20, y - 14, left + width - 10, y + 6), "#2a2430", 8, 0.35)
        p.fill(rect(left + 14, y - height + 12, left + width - 8, y - 12), across("#f7efdf", "#e2d6c0"))
        for j in range(3):
            p.line([(left + 30, y - height + 30 + j * (height - 50) / 3), (left + width - 10, y - height + 30 + j * (height - 50) / 3)], 2, "#cfc2aa", 0.8)
        p.fill(rect(left, y - height, left + width, y - height + 13, 5), down(light(tone, 0.3), tone))
        p.fill(rect(left, y - 13, left + width, y, 5), down(tone, dark(tone, 0.3)))
        p.fill(rect(left, y - height, left + 62, y, (30, 6, 6, 30)), across(light(tone, 0.25), dark(tone, 0.2)))
        y -= height


def notebook(p, cloth, band, dotted=False):
    """Two notebooks, one open page showing beneath."""
    with p.placed(x=40, y=20, turn=9):
        page = rect(300, 170, 740, 800, 16)
        p.drop(page, 16, 28, 24, 0.3)
        p.fill(page, slant("#fdfaf3", "#ebe3d3"))
        for r in range(18):
            if dotted:
                for c in range(13):
                    p.fill(ellipse(340 + 30 * c, 220 + 31 * r, 3), "#b9ad98")
            else:
                p.line([(330, 230 + 31 * r), (712, 230 + 31 * r)], 2.4, "#c9bda8")
    with p.placed(x=-50, turn=-6):
        body = rect(270, 170, 720, 830, (14, 30, 30, 14))
        p.drop(body, 20, 34, 28, 0.36)
        p.fill(moved(rect(274, 176, 716, 830, (14, 26, 26, 14)), 4, 10), "#efe6d5")
        p.fill(body, slant(light(cloth, 0.35), cloth, dark(cloth, 0.2)))
        p.fill(rect(270, 170, 332, 830, (14, 0, 0, 14)), across(dark(cloth, 0.35), dark(cloth, 0.1)))
        p.line([(334, 172), (334, 828)], 3, dark(cloth, 0.5), 0.6)
        p.fill(rect(640, 168, 664, 832), across(light(band, 0.15), dark(band, 0.15)))
        p.fill(rect(420, 320, 580, 420, 6), slant("#f7f0e2", "#e6dcc8"))
        p.line([(446, 358), (554, 358)], 5, dark(cloth, 0.2))
        p.line([(446, 386), (520, 386)], 5, dark(cloth, 0.2), 0.6)
        p.fill([(500, 824), (520, 824), (520, 896), (510, 884), (500, 896)], band)


def pen(p, barrel, metal="#d9b46a"):
    """A fountain pen over a line of ink."""
    p.line(path("M 150 770 C 220 690 260 850 330 760 C 380 700 400 800 470 770 C 520 750 540 790 590 776"), 8, dark(barrel, 0.45), 0.85)
    with p.placed(turn=-42, x=30, y=-20):
        whole = path("M 90 500 L 260 448 L 900 440 C 930 440 940 470 940 500 C 940 530 930 560 900 560 L 260 552 Z")
        p.drop(whole, 30, 30, 22, 0.34)
        p.fill([(92, 500), (196, 462), (232, 478), (232, 522), (196, 538)], slant("#fbeec7", metal, dark(metal, 0.3)))
        p.line([(104, 500), (200, 500)], 3, dark(metal, 0.6))
        p.fill(ellipse(204, 500, 8), dark(metal, 0.6))
        p.fill(path("M 226 474 L 330 452 L 330 548 L 226 526 Z"), down("#5a5d66", "#2a2c33", "#17181c"))
        p.fill(rect(326, 442, 348, 558, 4), down(light(metal, 0.5), metal, dark(metal, 0.4)))
        p.fill(path("M 346 440 L 880 434 C 930 434 946 470 946 500 C 946 530 930 566 880 566 L 346 560 Z"),
               down(light(barrel, 0.3), light(barrel, 0.5), barrel, dark(barrel, 0.45)))
        p.fill(rect(600, 434, 616, 566), down(light(metal, 0.5), metal, dark(metal, 0.4)))
        p.fill(rect(640, 486, 900, 508, 11), down(light(metal, 0.6), metal, dark(metal, 0.3)))
        p.fill(ellipse(648, 497, 15), ball(light(metal, 0.6), metal, dark(metal, 0.3)))


def pencils(p, tones):
    """A row of coloured pencils."""
    for k, tone in enumerate(tones):
        x = 500 + (k - (len(tones) - 1) / 2) * 92
        top = 200 + (46, 0, 70, 24, 90, 12, 56)[k % 7]
        shape = [(x - 35, top + 120), (x, top), (x + 35, top + 120), (x + 35, 820), (x - 35, 820)]
        p.drop(shape, 12, 22, 18, 0.28)
        p.fill([(x - 35, top + 120), (x, top), (x + 35, top + 120)], across("#f3d9b0", "#e0b985", "#c99b63"))
        p.fill([(x - 10, top + 34), (x, top), (x + 10, top + 34)], dark(tone, 0.15))
        for j, share in enumerate((-0.3, 0, 0.28)):
            left = x - 35 + 23.4 * j
            p.fill([(left, top + 120), (left + 11.7, top + 132), (left + 23.6, top + 120), (left + 23.6, 820), (left, 820)],
                   light(tone, -share) if share < 0 else dark(tone, share))
        p.fill(rect(x - 35, 770, x + 35, 792), "#f0e2c8", 0.9)


def planner(p, cloth, tab):
    """A wall planner with its months."""
    body = rect(180, 190, 820, 830, 12)
    p.drop(body, 18, 34, 28, 0.34)
    p.fill(body, slant("#fffdf7", "#eee6d7"))
    p.fill(rect(180, 190, 820, 310, (12, 12, 0, 0)), slant(light(cloth, 0.2), cloth))
    p.line([(300, 250), (540, 250)], 13, "#f7f0e2")
    for k in range(12):
        x, y = 216 + 146 * (k % 4), 350 + 156 * (k // 4)
        tone = (cloth, tab, "#8fa89a")[k % 3]
        p.line([(x, y), (x + 56, y)], 9, tone)
        for j in range(20):
            done = (j * 7 + k * 3) % 11 == 0
            p.fill(rect(x + 25 * (j % 5), y + 22 + 25 * (j // 5), x + 19 + 25 * (j % 5), y + 41 + 25 * (j // 5), 4), tone if done else "#ddd3c1")
    for x in range(230, 800, 60):
        p.fill(ellipse(x, 196, 11), "#4a4652")
        p.line([(x, 196), (x, 162)], 8, across("#888d94", "#eceeef", "#83888f"))
