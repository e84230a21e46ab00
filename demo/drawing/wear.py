# Owns the drawings of clothes and shoes.
"""T-shirt, hooded sweater, shirt, beanie, socks, rain jacket, trousers, sneaker, boot and scarf."""
from .canvas import across, ball, dark, down, light, slant
from .geometry import ellipse, mirror, moved, path, rect, smooth, symmetric

BOTH = (lambda o: o, mirror)


def folds(p, body, tone, lines):
    """Soft folds within a garment."""
    with p.clipped(body):
        for text in lines:
            for turn in BOTH:
                p.soft(turn(path(text)), dark(tone, 0.6), 15, 0.3)
        p.soft(ellipse(390, 470, 60, 200), "#ffffff", 46, 0.16)


def tee(p, cloth, stripe=None, pocket=False):
    """A T-shirt laid flat."""
    body = symmetric("M 430 176 L 356 198 C 320 208 296 224 276 252 L 140 430 C 136 440 138 446 146 452 L 250 528 C 258 532 266 530 272 522 L 320 462 C 330 560 328 720 318 826 C 318 838 324 844 336 845 C 400 850 450 851 500 851")
    neck = symmetric("M 430 176 C 442 232 470 250 500 250")
    p.drop(body, 16, 28, 26, 0.32)
    p.fill(body, slant(light(cloth, 0.3), cloth, dark(cloth, 0.14)))
    with p.clipped(body):
        if stripe:
            for k in range(9):
                p.fill(rect(100, 336 + 58 * k, 900, 358 + 58 * k), stripe, 0.9)
    p.fill(neck, dark(cloth, 0.45))
    p.fill(symmetric("M 430 174 C 460 190 480 192 500 192 L 500 178 C 470 178 450 176 430 174"), dark(cloth, 0.25))
    folds(p, body, cloth, ("M 320 470 L 350 560 L 330 700 Z", "M 300 250 L 330 460 L 312 440 Z", "M 420 840 L 440 640 L 456 840 Z"))
    p.line(path("M 428 176 C 440 238 470 258 500 258 C 530 258 560 238 572 176"), 13, light(cloth, 0.12))
    p.line(path("M 420 180 C 432 246 468 268 500 268 C 532 268 568 246 580 180"), 2.5, dark(cloth, 0.35), 0.7)
    for turn in BOTH:
        p.line(turn(path("M 158 436 L 262 512")), 2.5, dark(cloth, 0.35), 0.7)
        p.line(turn(path("M 320 462 C 312 380 312 300 342 214")), 3, dark(cloth, 0.4), 0.55)
    p.line(path("M 322 824 C 420 832 580 832 678 824"), 2.5, dark(cloth, 0.35), 0.7)
    if pocket:
        box = rect(556, 380, 640, 476, (2, 2, 18, 18))
        p.soft(moved(box, 1, 5), "#2a2430", 4, 0.25)
        p.fill(box, slant(light(cloth, 0.25), cloth))
        p.line([(558, 396), (638, 396)], 2.5, dark(cloth, 0.35), 0.7)


def hoodie(p, cloth, cord):
    """A hooded sweater laid flat."""
    for turn in BOTH:
        sleeve = turn(path("M 330 300 C 270 330 240 400 222 500 L 168 770 C 166 788 176 800 196 804 L 250 812 C 266 814 276 806 280 790 L 352 560 Z"))
        p.drop(sleeve, 14, 26, 24, 0.3)
        p.fill(sleeve, slant(light(cloth, 0.22), cloth, dark(cloth, 0.22)))
        p.fill(turn(path("M 172 750 L 166 786 Q 168 802 192 806 L 252 814 Q 272 814 280 788 L 288 764 Z")), dark(cloth, 0.18))
    body = symmetric("M 420 262 L 340 290 C 318 300 310 330 312 380 C 320 520 316 700 310 800 C 310 820 320 828 340 830 C 400 836 450 837 500 837")
    p.drop(body, 8, 22, 22, 0.28)
    p.fill(body, slant(light(cloth, 0.3), cloth, dark(cloth, 0.14)))
    folds(p, body, cloth, ("M 330 400 L 380 560 L 340 740 Z",))
    hem = symmetric("M 500 790 L 310 784 L 309 812 Q 312 828 340 832 C 400 838 450 840 500 840")
    p.fill(hem, dark(cloth, 0.16))
    hood = symmetric("M 500 118 C 420 116 372 160 362 230 C 358 280 380 320 420 340 L 500 372")
    p.drop(hood, 4, 12, 12, 0.25)
    p.fill(hood, slant(light(cloth, 0.35), cloth, dark(cloth, 0.1)))
    p.fill(symmetric("M 500 168 C 440 166 410 200 408 246 C 410 296 450 330 500 352"), down(dark(cloth, 0.6), dark(cloth, 0.35)))
    p.line(path("M 500 164 C 436 162 404 198 402 248 C 404 300 450 334 500 358 C 550 334 596 300 598 248 C 596 198 564 162 500 164"), 5, dark(cloth, 0.3), 0.6)
    for x, end in ((458, 500), (542, 486)):
        p.line(path(f"M {x} 336 C {x - 8} 400 {x + 4} 430 {x - 2} {end}"), 8, cord)
        p.fill(rect(x - 8, end - 6, x + 5, end + 28, 5), dark(cord, 0.4))
    pocket = symmetric("M 500 580 L 396 580 L 344 690 L 350 766 L 500 770")
    p.soft(moved(pocket, 1, 7), "#2a2430", 7, 0.28)
    p.fill(pocket, slant(light(cloth, 0.25), dark(cloth, 0.06)))
    for turn in BOTH:
        p.line(turn([(396, 584), (346, 690)]), 4, dark(cloth, 0.35), 0.7)


def shirt(p, cloth, button, stripe=None):
    """A shirt with collar and buttons."""
    for turn in BOTH:
        sleeve = turn(path("M 340 236 C 280 262 250 320 232 420 L 176 740 C 174 756 182 764 200 767 L 262 776 C 276 777 284 770 288 756 L 350 520 Z"))
        p.drop(sleeve, 14, 26, 24, 0.3)
        p.fill(sleeve, slant(light(cloth, 0.25), cloth, dark(cloth, 0.2)))
        p.fill(turn(path("M 184 690 L 174 742 Q 174 762 200 768 L 262 777 Q 282 778 290 748 L 302 708 Z")), light(cloth, 0.15))
        p.line(turn([(184, 690), (302, 708)]), 3, dark(cloth, 0.35), 0.7)
    body = symmetric("M 420 196 L 340 228 C 322 240 316 280 318 340 C 326 520 322 700 314 810 C 340 838 420 850 500 840")
    p.drop(body, 8, 22, 22, 0.28)
    p.fill(body, slant(light(cloth, 0.35), cloth, dark(cloth, 0.1)))
    with p.clipped(body):
        if stripe:
            for k in range(19):
                p.line([(320 + 20 * k, 190), (316 + 20.4 * k, 850)], 4, stripe, 0.6)
    folds(p, body, cloth, ("M 336 400 L 370 560 L 336 760 Z", "M 420 840 L 436 660 L 456 840 Z"))
    p.fill(rect(474, 250, 526, 842), slant(light(cloth, 0.35), dark(cloth, 0.04)))
    for x in (474, 526):
        p.line([(x, 260), (x, 842)], 2.5, dark(cloth, 0.35), 0.6)
    for k in range(6):
        p.fill(ellipse(500, 322 + 92 * k, 9), ball(light(button, 0.4), button, dark(button, 0.4)))
    p.fill(symmetric("M 436 190 C 450 170 480 166 500 166 L 500 262"), dark(cloth, 0.45))
    for turn in BOTH:
        collar = turn(path("M 438 170 C 420 184 410 198 406 212 L 420 308 L 500 262 C 466 240 446 210 438 170 Z"))
        p.soft(moved(collar, 2, 8), "#2a2430", 6, 0.3)
        p.fill(collar, slant(light(cloth, 0.5), cloth))
    box = rect(560, 380, 646, 480, (2, 2, 20, 20))
    p.soft(moved(box, 1, 5), "#2a2430", 4, 0.22)
    p.fill(box, slant(light(cloth, 0.28), cloth))


def jacket(p, cloth, zipper):
    """A rain jacket with a hood."""
    hoodie(p, cloth, light(cloth, 0.7))
    p.fill(symmetric("M 500 566 L 384 566 L 330 690 L 338 838 L 500 838"), slant(light(cloth, 0.18), dark(cloth, 0.06)))
    p.fill(rect(474, 352, 526, 838, 6), slant(light(cloth, 0.3), dark(cloth, 0.12)))
    p.line([(500, 362), (500, 832)], 7, zipper)
    p.fill(rect(491, 372, 509, 414, 7), light(zipper, 0.4))
    for turn in BOTH:
        flap = turn(rect(346, 610, 458, 654, 8))
        p.soft(moved(flap, 1, 8), "#2a2430", 6, 0.35)
        p.fill(flap, slant(light(cloth, 0.35), cloth))
        p.fill(turn(ellipse(402, 640, 7)), light(zipper, 0.5))
        p.line(turn(path("M 330 420 C 400 450 440 452 474 452")), 3, dark(cloth, 0.4), 0.6)
    p.line(path("M 330 800 L 670 800"), 3, dark(cloth, 0.4), 0.6)


def trousers(p, cloth, leather):
    """Trousers laid flat."""
    body = symmetric("M 500 150 L 340 150 C 322 300 290 600 282 850 L 284 866 L 440 872 C 452 700 476 500 500 420")
    p.drop(body, 14, 28, 26, 0.32)
    p.fill(body, slant(light(cloth, 0.3), cloth, dark(cloth, 0.2)))
    with p.clipped(body):
        for turn in BOTH:
            p.soft(turn([(372, 230), (384, 230), (366, 870), (352, 870)]), dark(cloth, 0.6), 10, 0.4)
            p.soft(turn(path("M 500 330 L 440 440 L 470 560 L 500 420 Z")), dark(cloth, 0.6), 16, 0.4)
            p.line(turn(path("M 332 210 C 390 230 420 260 430 206")), 3, dark(cloth, 0.45), 0.8)
            p.fill(turn(rect(270, 832, 460, 880)), dark(cloth, 0.1))
            p.line(turn([(280, 832), (446, 838)]), 3, dark(cloth, 0.4), 0.7)
    p.fill(rect(338, 146, 662, 200, 6), slant(light(cloth, 0.2), dark(cloth, 0.1)))
    p.line([(338, 200), (662, 200)], 3, dark(cloth, 0.45), 0.8)
    p.line(path("M 500 200 L 500 420"), 3, dark(cloth, 0.5), 0.8)
    p.line(path("M 540 202 C 540 320 530 360 502 372"), 2.6, dark(cloth, 0.4), 0.7)
    for x in (392, 500, 608):
        p.fill(rect(x - 10, 140, x + 10, 208, 4), dark(cloth, 0.14))
    p.fill(ellipse(520, 173, 11), ball("#f0d9a4", "#a67c3f"))
    p.fill(rect(580, 158, 640, 192, 4), slant(light(leather, 0.2), leather))


def beanie(p, wool, patch):
    """A knitted beanie."""
    dome = symmetric("M 500 196 C 330 196 236 350 224 600 C 300 650 420 660 500 660")
    p.drop(dome, 16, 30, 26, 0.32)
    p.fill(dome, ball(light(wool, 0.45), wool, dark(wool, 0.35)))
    with p.clipped(dome):
        for k in range(-7, 8):
            p.line(path(f"M {500 + 4 * k} 190 C {500 + 22 * k} 290 {500 + 38 * k} 430 {500 + 40 * k} 660"), 7, dark(wool, 0.4), 0.4)
            p.line(path(f"M {512 + 4 * k} 190 C {518 + 22 * k} 290 {520 + 38 * k} 430 {520 + 40 * k} 660"), 5, light(wool, 0.35), 0.3)
    cuff = symmetric("M 500 560 C 400 560 290 550 222 530 C 196 530 188 560 190 620 C 192 690 196 720 216 730 C 300 762 420 770 500 770")
    p.drop(cuff, 6, 14, 14, 0.3)
    p.fill(cuff, across(dark(wool, 0.15), light(wool, 0.3), wool, dark(wool, 0.35)))
    with p.clipped(cuff):
        for k in range(-12, 13):
            p.line([(500 + 25 * k, 520), (500 + 25 * k, 780)], 9, dark(wool, 0.35), 0.38)
            p.line([(511 + 25 * k, 520), (511 + 25 * k, 780)], 5, light(wool, 0.4), 0.3)
    p.fill(rect(556, 624, 656, 702, 8), slant(light(patch, 0.25), patch, dark(patch, 0.15)))
    p.line(ellipse(606, 663, 18), 4, light(patch, 0.6))


def socks(p, wool, heel, stripe):
    """A pair of socks."""
    for dx, dy, turn in ((120, -34, 7), (-60, 34, -4)):
        with p.placed(x=dx, y=dy, turn=turn):
            shape = path("M 420 150 L 600 150 C 606 300 600 420 600 520 C 600 600 570 640 520 680 L 380 790 C 320 836 240 822 214 770 C 196 724 220 690 262 664 L 380 590 C 410 570 420 548 420 510 Z")
            p.drop(shape, 16, 28, 24, 0.32)
            p.fill(shape, slant(light(wool, 0.3), wool, dark(wool, 0.2)))
            with p.clipped(shape):
                p.fill(ellipse(636, 590, 130, 110), slant(light(heel, 0.2), heel))
                p.fill(ellipse(196, 790, 120, 130), slant(light(heel, 0.2), heel))
                for y in (290, 336, 382):
                    p.fill(rect(380, y, 640, y + 24), stripe)
                for k in range(12):
                    p.line([(428 + 16 * k, 140), (428 + 16 * k, 250)], 5, dark(wool, 0.3), 0.45)
                p.line([(400, 250), (640, 250)], 4, dark(wool, 0.3), 0.6)
                p.soft(path("M 420 480 L 430 560 L 300 660 L 420 600 L 470 520 Z"), dark(wool, 0.6), 18, 0.3)


def sneaker(p, upper, sole, accent):
    """A sneaker from the side."""
    p.ground(500, 752, 400, 24, 0.42)
    base = path("M 110 660 C 106 720 120 752 160 756 L 850 756 C 896 752 906 720 896 672 L 880 640 L 130 620 Z")
    p.fill(base, down(light(sole, 0.5), sole, dark(sole, 0.3)))
    p.line([(124, 716), (894, 716)], 5, accent)
    shape = path("M 138 640 C 118 560 124 470 150 400 C 160 370 196 366 220 390 C 260 430 330 430 380 380 C 396 362 420 362 436 380 L 560 500 C 640 566 740 560 820 590 C 872 610 890 640 884 680 L 140 680 Z")
    p.drop(shape, 2, 8, 10, 0.16)
    p.fill(shape, slant(light(upper, 0.4), upper, dark(upper, 0.18)))
    with p.clipped(shape):
        p.fill(path("M 700 680 C 690 610 740 560 800 560 L 920 600 L 920 700 L 700 700 Z"), slant(light(upper, 0.15), dark(upper, 0.12)))
        p.line(path("M 702 690 C 694 620 740 570 790 574"), 3.5, dark(upper, 0.4), 0.8)
        p.fill(path("M 110 700 L 110 380 L 220 400 C 236 500 240 600 226 700 Z"), slant(light(accent, 0.2), accent))
        p.line(path("M 330 690 C 400 640 470 560 500 440"), 26, accent, 0.95)
        p.soft(rect(100, 660, 900, 700), dark(upper, 0.6), 12, 0.4)
    p.fill(path("M 150 404 C 162 370 196 366 220 390 C 262 432 332 430 382 380 C 330 470 220 470 150 404 Z"), dark(upper, 0.5))
    for k in range(5):
        x, y = 424 + 36 * k, 400 + 33 * k
        p.line([(x + 20, y - 12), (x - 40, y + 46)], 11, light(sole, 0.6))
        p.fill(ellipse(x - 42, y + 48, 7), dark(upper, 0.5))


def boot(p, leather, sole, lace):
    """A hiking boot from the side."""
    p.ground(500, 812, 360, 24, 0.42)
    shape = path("M 260 260 C 320 236 420 236 480 262 L 494 470 C 520 540 620 560 720 580 C 800 596 836 640 836 730 L 230 730 C 216 640 250 600 254 500 Z")
    p.drop(shape, 4, 10, 14, 0.2)
    p.fill(shape, slant(light(leather, 0.3), leather, dark(leather, 0.3)))
    with p.clipped(shape):
        p.fill(path("M 640 740 C 640 640 690 590 760 570 L 860 600 L 860 740 Z"), slant(dark(leather, 0.15), dark(leather, 0.4)))
        p.fill(path("M 210 740 L 210 620 C 270 600 330 640 340 740 Z"), slant(dark(leather, 0.15), dark(leather, 0.35)))
        p.line(path("M 254 420 C 340 400 400 410 440 440"), 4, dark(leather, 0.5), 0.7)
    collar = path("M 250 276 C 246 226 300 206 380 206 C 450 206 496 220 490 276 C 430 300 310 300 250 276 Z")
    p.fill(collar, down(light(lace, 0.1), dark(lace, 0.35)))
    p.fill(path("M 420 230 C 470 220 520 250 536 330 L 590 520 L 520 540 L 470 440 Z"), slant(dark(leather, 0.25), dark(leather, 0.5)))
    for k in range(6):
        x, y = 462 + 14 * k + (k > 3) * 14 * (k - 3), 300 + 46 * k
        p.line([(x - 14, y + 4), (x + 66, y - 14)], 11, lace)
        p.fill(ellipse(x - 16, y + 4, 9), ball("#f0d9a4", "#a67c3f"))
    tread = path("M 214 726 L 846 726 C 858 760 852 790 830 812 L 800 812 L 790 796 L 760 796 L 750 812 L 690 812 L 680 796 L 650 796 L 640 812 L 580 812 L 570 796 L 470 780 L 440 812 L 380 812 L 370 796 L 340 796 L 330 812 L 236 812 C 212 800 208 760 214 726 Z")
    p.fill(tread, down(light(sole, 0.2), sole, dark(sole, 0.4)))
    p.line([(222, 738), (842, 738)], 6, lace, 0.8)


def scarf(p, wool, stripe):
    """A folded scarf with fringes."""
    p.drop(path("M 250 330 C 330 210 670 210 750 330 C 790 420 700 500 500 506 C 300 500 210 420 250 330 Z"), 16, 30, 26, 0.3)
    for left, top, bottom, lean in ((520, 400, 800, 26), (396, 420, 740, -22)):
        tail = [(left, top), (left + 150, top), (left + 150 + lean, bottom), (left + lean, bottom)]
        p.drop(tail, 14, 24, 20, 0.3)
        for k in range(11):
            x = left + lean + 6 + 14 * k
            p.line([(x, bottom - 4), (x + 4 - (k % 3) * 3, bottom + 58)], 6, (wool, dark(wool, 0.2))[k % 2])
        p.fill(tail, slant(light(wool, 0.3), wool, dark(wool, 0.22)))
        with p.clipped(tail):
            for k in range(4):
                p.fill(rect(300, bottom - 150 + 36 * k, 800, bottom - 134 + 36 * k), stripe)
    loop = smooth([(240, 340), (320, 240), (500, 210), (680, 240), (760, 340), (690, 460), (500, 510), (310, 460)])
    p.fill(loop, slant(light(wool, 0.4), wool, dark(wool, 0.28)), hole=smooth([(350, 330), (500, 272), (650, 330), (500, 388)]))
    p.fill(smooth([(350, 330), (500, 272), (650, 330), (500, 340)]), dark(wool, 0.35))
    with p.clipped(loop):
        for text in ("M 250 380 C 340 470 480 490 600 470", "M 300 360 C 380 430 500 450 640 420", "M 700 300 C 740 340 730 420 640 460"):
            p.line(path(text), 9, dark(wool, 0.45), 0.35)
