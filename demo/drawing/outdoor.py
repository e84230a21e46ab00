# Owns the drawings of what is taken outdoors.
"""Tent, bottle, lantern, sleeping bag, camp chair, hammock and compass."""
from .canvas import across, ball, dark, down, light, mix, slant
from .geometry import arc, ellipse, mirror, moved, path, rect, symmetric, wave
from .tech import sweep


def hills(p, far, near, floor=700):
    """Two lines of hills and some firs, behind outdoor things."""
    for k, tone in enumerate((far, mix(far, near, 0.5))):
        line = wave(-20, p.width + 20, floor - 150 + 60 * k, 46 - 8 * k, 780 - 190 * k, 0.6 + 1.9 * k)
        p.fill([*line, (p.width + 20, floor + 30), (-20, floor + 30)], down(light(tone, 0.2), light(tone, 0.5)), 0.75)
    for x, size in ((70, 130), (128, 170), (p.width - 60, 150), (p.width - 130, 110)):
        for j in range(3):
            y = floor - size * 0.3 * j
            half = size * (0.34 - 0.07 * j)
            p.fill([(x, y - size * 0.5), (x - half, y), (x + half, y)], across(light(near, 0.35), near), 0.7)


def tent(p, cloth, inside="#f0d9a4"):
    """A small tent with its door open."""
    p.ground(500, 782, 430, 28, 0.42)
    for turn in (lambda o: o, mirror):
        p.line(turn([(200, 640), (66, 790)]), 4, "#5a5048", 0.8)
        p.line(turn([(66, 776), (60, 800)]), 9, "#5a5048")
    body = symmetric("M 500 262 C 400 268 300 400 232 560 C 200 640 160 720 116 782 L 500 790")
    p.fill(body, across(light(cloth, 0.32), light(cloth, 0.1), cloth, dark(cloth, 0.34)))
    with p.clipped(body):
        p.line(path("M 330 350 C 300 520 250 680 220 800"), 5, dark(cloth, 0.4), 0.5)
        p.line(path("M 670 350 C 700 520 750 680 780 800"), 5, dark(cloth, 0.4), 0.5)
        p.soft([(700, 300), (900, 800), (780, 800), (640, 320)], dark(cloth, 0.6), 30, 0.4)
    door = symmetric("M 500 400 C 450 410 400 560 352 786 L 500 788")
    p.fill(door, down(dark(inside, 0.5), light(inside, 0.2)))
    with p.clipped(door):
        p.soft(ellipse(500, 740, 120, 60), "#fff3cf", 34, 0.8)
        p.fill(rect(330, 744, 670, 800, 24), down("#c9774f", "#8f4e33"))
        p.fill(rect(370, 728, 470, 762, 16), "#efe3c8")
    flap = path("M 500 396 C 460 420 420 540 400 640 C 384 700 366 740 352 786 L 300 786 C 340 640 420 420 500 396 Z")
    p.soft(moved(flap, 8, 6), "#2a2430", 8, 0.35)
    p.fill(flap, slant(light(cloth, 0.5), light(cloth, 0.15)))
    p.fill(rect(372, 600, 404, 618, 6), "#efe3c8")
    p.line(path("M 498 262 C 400 268 300 400 232 560 C 200 640 160 720 116 782"), 8, light(cloth, 0.5), 0.8)


def bottle(p, steel, cap, large=True):
    """An insulated bottle."""
    top = 330 if large else 440
    p.ground(500, 848, 130, 22, 0.44)
    body = symmetric(f"M 500 {top - 40} L 440 {top - 40} C 436 {top + 20} 374 {top + 30} 372 {top + 100} L 372 800 C 372 838 390 850 420 850 L 500 852")
    p.fill(body, across(dark(steel, 0.3), light(steel, 0.5), steel, dark(steel, 0.1), dark(steel, 0.45)))
    with p.clipped(body):
        p.soft(rect(410, top + 90, 430, 800, 9), "#ffffff", 9, 0.6)
        p.fill(rect(360, 806, 640, 860), across("#888d94", "#eceeef", "#8f949b", "#6f747b"))
    p.fill(rect(432, top - 60, 568, top - 36, 6), across("#888d94", "#eceeef", "#83888f"))
    p.fill(rect(426, top - 140, 574, top - 56, (26, 26, 6, 6)), across(dark(cap, 0.2), light(cap, 0.35), cap, dark(cap, 0.4)))
    p.line(path(f"M 446 {top - 130} C 446 {top - 220} 554 {top - 220} 554 {top - 130}"), 20, slant(light(cap, 0.3), dark(cap, 0.25)))
    mark = 600 if large else 640
    p.line(path(f"M 464 {mark + 24} L 490 {mark - 20} L 504 {mark} L 518 {mark - 14} L 540 {mark + 24}"), 7, light(steel, 0.75))


def lantern(p, metal):
    """A camp lantern, lit."""
    p.soft(ellipse(500, 540, 300, 290), "#ffdf94", 90, 0.75)
    p.ground(500, 836, 190, 26, 0.44)
    p.line(arc(500, 320, 190, 210, 180, 360), 11, dark(metal, 0.3))
    p.fill(rect(428, 180, 572, 240, (40, 40, 6, 6)), across(dark(metal, 0.1), light(metal, 0.4), dark(metal, 0.35)))
    p.fill(symmetric("M 500 226 L 410 226 L 316 318 L 316 342 L 500 342"), across(dark(metal, 0.15), light(metal, 0.45), metal, dark(metal, 0.4)))
    glass = symmetric("M 500 340 L 350 340 C 326 420 326 600 350 690 L 500 690")
    p.fill(glass, across("#ffe9b0", "#fff8e2", "#ffdf94"))
    p.soft(ellipse(500, 540, 74, 116), "#ffffff", 30, 1)
    flame = symmetric("M 500 420 C 486 480 448 520 452 580 C 456 620 480 634 500 634")
    p.fill(flame, down("#ffe27a", "#f4a742", "#e07a3f"))
    p.fill(symmetric("M 500 510 C 490 540 476 560 478 592 C 480 616 492 624 500 624"), "#fff6d0")
    for x in (352, 440, 560, 648):
        bow = (500 - x) * -0.1
        p.line(path(f"M {x} 344 C {x + bow:.0f} 440 {x + bow:.0f} 600 {x} 690"), 7, dark(metal, 0.25), 0.85)
    p.fill(rect(318, 684, 682, 724, 10), across(dark(metal, 0.15), light(metal, 0.45), metal, dark(metal, 0.4)))
    p.fill(symmetric("M 500 720 L 336 720 C 330 780 300 800 296 836 L 500 842"), across(dark(metal, 0.2), light(metal, 0.4), metal, dark(metal, 0.45)))
    p.fill(ellipse(660, 770, 24), ball("#f7e3b5", "#c49a56", "#80602d"))


def sleeping_bag(p, cloth, lining):
    """A sleeping bag, half unrolled."""
    p.ground(500, 772, 390, 28, 0.42)
    sheet = path("M 330 380 L 820 560 C 872 580 890 640 886 700 L 880 748 C 878 768 860 772 840 772 L 330 776 Z")
    p.fill(sheet, slant(light(cloth, 0.35), cloth, dark(cloth, 0.25)))
    with p.clipped(sheet):
        for k in range(6):
            x = 400 + 84 * k
            p.soft([(x, 380), (x + 16, 380), (x + 40, 790), (x + 16, 790)], dark(cloth, 0.7), 10, 0.5)
            p.soft([(x + 40, 380), (x + 56, 380), (x + 80, 790), (x + 60, 790)], "#ffffff", 12, 0.22)
        p.line(path("M 330 746 L 900 742"), 6, "#efe3c8", 0.8)
    p.fill(rect(120, 384, 420, 780, 150), dark(cloth, 0.2))
    p.fill(ellipse(300, 580, 204, 200), slant(light(cloth, 0.4), cloth, dark(cloth, 0.3)))
    for k in range(5):
        r = 176 - 34 * k
        p.fill(ellipse(300 + 2 * k, 580 + 2 * k, r, r), light(lining, 0.25) if k % 2 == 0 else dark(lining, 0.14))
    p.fill(ellipse(310, 590, 22), dark(lining, 0.55))
    p.line(path("M 210 392 C 240 480 236 690 214 766"), 20, "#5a4436", 0.9)
    p.fill(rect(200, 540, 258, 612, 8), slant("#f0d9a4", "#b88a48"))


def camp_chair(p, cloth, wood):
    """A low chair of cloth and wood."""
    p.ground(500, 830, 320, 26, 0.4)
    for first, second in (((292, 826), (700, 380)), ((708, 826), (300, 400))):
        p.line([first, second], 30, dark(wood, 0.3))
        p.line([(first[0] - 3, first[1] - 4), (second[0] - 3, second[1] - 4)], 20, slant(light(wood, 0.3), wood))
    back = path("M 290 180 C 420 204 580 204 710 180 L 726 520 C 600 560 400 560 274 520 Z")
    p.drop(back, 8, 16, 18, 0.26)
    p.fill(back, slant(light(cloth, 0.35), cloth, dark(cloth, 0.22)))
    with p.clipped(back):
        p.soft(ellipse(500, 520, 200, 46), dark(cloth, 0.7), 30, 0.5)
        p.line(path("M 296 230 C 420 252 580 252 704 230"), 4, light(cloth, 0.5), 0.7)
    seat = path("M 232 530 C 400 590 600 590 768 530 L 800 600 C 620 700 380 700 200 600 Z")
    p.drop(seat, 6, 16, 16, 0.32)
    p.fill(seat, down(light(cloth, 0.3), dark(cloth, 0.2)))
    p.line(path("M 210 606 C 384 700 616 700 790 606"), 4, light(cloth, 0.5), 0.7)
    for turn in (lambda o: o, mirror):
        p.line(turn([(284, 166), (260, 610)]), 28, dark(wood, 0.1))
        p.line(turn([(196, 470), (330, 452)]), 32, slant(light(wood, 0.35), wood, dark(wood, 0.2)))
        p.line(turn([(214, 480), (206, 610)]), 22, dark(wood, 0.15))
    p.fill(ellipse(500, 640, 11), ball("#f0d9a4", "#8f6a32"))


def hammock(p, cloth, stripe, bark="#8a6a50"):
    """A hammock between two trees."""
    p.ground(500, 806, 260, 18, 0.25)
    for x in (92, 908):
        p.fill(rect(x - 44, -20, x + 44, 830, 10), across(dark(bark, 0.1), light(bark, 0.3), dark(bark, 0.4)))
        for k in range(9):
            p.line([(x - 24 + 18 * (k % 3), 40 + 88 * k), (x - 20 + 18 * (k % 3), 90 + 88 * k)], 5, dark(bark, 0.5), 0.5)
        p.fill(rect(x - 50, 326, x + 50, 352, 6), "#5a4436")
    for k in range(5):
        for x, end in ((136, 276), (864, 724)):
            p.line([(x, 340), (end, 418 + 12 * k)], 4, "#d8c7a8")
    back = path("M 262 420 C 380 560 620 560 738 420 L 722 470 C 620 640 380 640 278 470 Z")
    p.fill(back, dark(cloth, 0.35))
    body = path("M 262 424 C 350 610 650 610 738 424 C 760 600 640 740 500 740 C 360 740 240 600 262 424 Z")
    p.fill(body, down(dark(cloth, 0.1), light(cloth, 0.22), dark(cloth, 0.25)))
    with p.clipped(body):
        for k in range(-4, 5):
            p.line(path(f"M {500 + 60 * k} 400 C {500 + 62 * k} 560 {500 + 44 * k} 680 {500 + 30 * k} 760"), 15, stripe, 0.85)
        p.soft(ellipse(500, 770, 220, 40), dark(cloth, 0.8), 30, 0.5)
    p.line(path("M 262 424 C 350 610 650 610 738 424"), 9, light(cloth, 0.5))
    for k in range(25):
        x = 300 + 16.6 * k
        y = 740 - 0.0042 * (x - 500) ** 2 - (abs(x - 500) / 200) ** 4 * 60
        p.line([(x, y), (x, y + 36)], 4, "#efe3c8", 0.9)


def compass(p, brass, face):
    """A brass compass from above."""
    p.drop(ellipse(500, 530, 290), 22, 40, 30, 0.4)
    p.line(ellipse(500, 196, 50), 18, slant(light(brass, 0.5), dark(brass, 0.35)), closed=True)
    p.fill(rect(462, 214, 538, 276, 14), slant(light(brass, 0.4), dark(brass, 0.3)))
    p.fill(ellipse(500, 530, 290), slant(light(brass, 0.6), brass, dark(brass, 0.45)))
    p.fill(ellipse(500, 530, 252), slant(dark(brass, 0.5), light(brass, 0.2)))
    p.fill(ellipse(500, 530, 240), slant(light(face, 0.4), dark(face, 0.06)))
    for k, (x, y) in enumerate(sweep(48, 216)):
        inner = 0.86 if k % 12 == 0 else 0.92 if k % 4 == 0 else 0.95
        p.line([(500 + x, 530 + y), (500 + x * inner, 530 + y * inner)], 8 if k % 12 == 0 else 3.5, dark(face, 0.75))
    for turn in (45, 0):
        for quarter in range(4):
            with p.placed(turn=turn + 90 * quarter, about=(500, 530)):
                size = 150 if turn == 0 else 92
                p.fill([(500, 530), (500, 530 - size), (500 + size * 0.2, 530 - size * 0.2)], dark(face, 0.5 if turn == 0 else 0.28))
                p.fill([(500, 530), (500, 530 - size), (500 - size * 0.2, 530 - size * 0.2)], dark(face, 0.14))
    with p.placed(turn=28, about=(500, 530)):
        p.soft([(482, 542), (510, 350), (530, 542), (510, 730)], "#2a2430", 6, 0.35)
        p.fill([(476, 530), (500, 334), (524, 530)], across("#d9593d", "#a83c26"))
        p.fill([(476, 530), (500, 726), (524, 530)], across("#f3f1ec", "#b9b6ae"))
    p.fill(ellipse(500, 530, 20), ball(light(brass, 0.6), brass, dark(brass, 0.5)))
    with p.clipped(ellipse(500, 530, 240)):
        p.fill([(340, 250), (470, 250), (250, 700), (180, 620)], "#ffffff", 0.16)
