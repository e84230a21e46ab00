# Owns the picture: colours, gradients, soft shadows, clipping and placing, over Pillow.
"""A picture of 1000 by 1000 (or 1600 by 900) logical pixels, painted at twice the size and scaled down when saved."""
import math
from contextlib import contextmanager

import numpy
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .geometry import Points, ellipse, rect

SCALE = 2
EDGE = 2
INK = "#2a2430"


def rgb(color: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers."""
    return tuple(int(color[i:i + 2], 16) for i in (1, 3, 5))


def mix(first: str, second: str, share: float) -> str:
    """`share` of the second colour in the first."""
    parts = (round(a + (b - a) * share) for a, b in zip(rgb(first), rgb(second)))
    return "#" + "".join(f"{p:02x}" for p in parts)


def light(color: str, share=0.25) -> str:
    """A lighter tone."""
    return mix(color, "#fffaf2", share)


def dark(color: str, share=0.25) -> str:
    """A darker tone, towards a warm ink and not towards black."""
    return mix(color, INK, share)


class Gradient:
    """Colours at even distances, along an angle (0 = left to right, 90 = downwards) over the outline's bounding box."""

    def __init__(self, *colors: str, angle: float = 90.0, round: bool = False):
        self.colors, self.angle, self.round = colors, angle, round

    def image(self, width: int, height: int) -> Image.Image:
        ys, xs = numpy.mgrid[0:height, 0:width].astype(numpy.float32)
        if self.round:
            u, v = xs / width - 0.38, ys / height - 0.32
            along = numpy.sqrt(u * u + v * v) / 0.85
        else:
            a = math.radians(self.angle)
            c, s = math.cos(a), math.sin(a)
            u, v = (xs / max(width - 1, 1) - 0.5) * c, (ys / max(height - 1, 1) - 0.5) * s
            along = (u + v) / (abs(c) + abs(s)) + 0.5
        stops = numpy.linspace(0, 1, len(self.colors))
        table = numpy.array([rgb(c) for c in self.colors], dtype=numpy.float32)
        bands = [numpy.interp(along, stops, table[:, i]) for i in range(3)]
        return Image.fromarray(numpy.stack(bands, axis=-1).round().astype(numpy.uint8), "RGB")


def down(*colors):
    """A gradient from top to bottom."""
    return Gradient(*colors)


def across(*colors):
    """A gradient from left to right."""
    return Gradient(*colors, angle=0)


def slant(*colors):
    """A gradient from the upper left to the lower right, where the light comes from."""
    return Gradient(*colors, angle=55)


def ball(*colors):
    """A round gradient with its light at the upper left."""
    return Gradient(*colors, round=True)


class Picture:
    """What the drawing functions paint on."""

    def __init__(self, width=1000, height=1000):
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), "#f3eee6")
        self._place = numpy.eye(3)
        self._clip = None

    def save(self, file):
        """Writes the picture as WebP at its logical size."""
        small = self.image.resize((self.width, self.height), Image.LANCZOS)
        small.save(file, "WEBP", quality=80, method=6)

    @contextmanager
    def placed(self, x=0.0, y=0.0, scale=1.0, turn=0.0, about=(500, 500), flip=False):
        """Within it, (500, 500) of the drawing is moved by (x, y), scaled and turned about `about`."""
        cx, cy = about
        a = math.radians(turn)
        sx = -scale if flip else scale
        matrix = numpy.array([
            [sx * math.cos(a), -scale * math.sin(a), 0], [sx * math.sin(a), scale * math.cos(a), 0], [0, 0, 1],
        ])
        to_zero = numpy.array([[1, 0, -cx], [0, 1, -cy], [0, 0, 1]])
        back = numpy.array([[1, 0, cx + x], [0, 1, cy + y], [0, 0, 1]])
        before = self._place
        self._place = before @ back @ matrix @ to_zero
        yield
        self._place = before

    @contextmanager
    def clipped(self, points: Points):
        """Within it, paint shows only inside the outline."""
        before = self._clip
        mask = Image.new("L", self.image.size, 0)
        part, box = self._mask([points])
        if part is not None:
            mask.paste(part, box)
        self._clip = mask if before is None else ImageChops.multiply(before, mask)
        yield
        self._clip = before

    def fill(self, points: Points, paint, opacity=1.0, hole: Points | None = None):
        """Fills the outline with a colour or a gradient; `hole` stays open."""
        self._paint(*self._mask([points], [hole] if hole else []), paint, opacity)

    def line(self, points: Points, width: float, paint, opacity=1.0, closed=False, butt=False):
        """A line of even width with round ends and joints (`butt` leaves the ends square)."""
        if closed:
            points = [*points, points[0]]
        self._paint(*self._line_mask(points, width, butt), paint, opacity)

    def soft(self, points: Points, color: str, blur: float, opacity=1.0):
        """The outline filled and blurred: shadow, glow, shading."""
        spots = self._pixels(points)
        spread = blur * self._size() * SCALE
        box = self._box(spots, spread * 3)
        if box is None:
            return
        factor = 4 if spread > 8 else 1
        size = (max(1, (box[2] - box[0]) // factor), max(1, (box[3] - box[1]) // factor))
        mask = Image.new("L", size, 0)
        shape = [((x - box[0]) / factor, (y - box[1]) / factor) for x, y in spots]
        ImageDraw.Draw(mask).polygon(shape, fill=255)
        mask = mask.filter(ImageFilter.GaussianBlur(spread / factor))
        mask = mask.resize((box[2] - box[0], box[3] - box[1]), Image.BICUBIC)
        self._paint(mask, box, color, opacity)

    def ground(self, cx, cy, rx, ry=26.0, opacity=0.36):
        """The shadow of a thing that stands on the floor: a wide faint one and a narrow dark one."""
        self.soft(ellipse(cx + 14, cy + 8, rx * 1.06, ry * 1.6), INK, 34, opacity * 0.7)
        self.soft(ellipse(cx, cy, rx * 0.92, ry * 0.55), INK, 9, opacity)

    def drop(self, points: Points, dx=14.0, dy=26.0, blur=26.0, opacity=0.3):
        """The shadow of a thing that lies flat or hangs before the wall."""
        self.soft([(x + dx, y + dy) for x, y in points], INK, blur, opacity)
        self.soft([(x + dx / 4, y + dy / 4) for x, y in points], INK, blur / 4, opacity * 0.6)

    def _size(self) -> float:
        return math.sqrt(abs(numpy.linalg.det(self._place[:2, :2])))

    def _pixels(self, points: Points):
        spots = numpy.c_[numpy.array(points, dtype=float), numpy.ones(len(points))] @ self._place.T
        return [(x * SCALE, y * SCALE) for x, y, _ in spots]

    def _box(self, spots, margin=1.0):
        xs, ys = [s[0] for s in spots], [s[1] for s in spots]
        left, top = max(0, math.floor(min(xs) - margin)), max(0, math.floor(min(ys) - margin))
        right = min(self.image.width, math.ceil(max(xs) + margin))
        bottom = min(self.image.height, math.ceil(max(ys) + margin))
        return (left, top, right, bottom) if right > left and bottom > top else None

    def _mask(self, outlines, holes=()):
        spots = [self._pixels(o) for o in outlines]
        box = self._box([s for o in spots for s in o])
        if box is None:
            return None, None
        mask = Image.new("L", ((box[2] - box[0]) * EDGE, (box[3] - box[1]) * EDGE), 0)
        pen = ImageDraw.Draw(mask)
        for group, ink in ((spots, 255), ([self._pixels(h) for h in holes], 0)):
            for outline in group:
                pen.polygon([((x - box[0]) * EDGE, (y - box[1]) * EDGE) for x, y in outline], fill=ink)
        return mask.reduce(EDGE), box

    def _line_mask(self, points, width, butt):
        spots = self._pixels(points)
        wide = width * self._size() * SCALE
        box = self._box(spots, wide / 2 + 1)
        if box is None:
            return None, None
        mask = Image.new("L", ((box[2] - box[0]) * EDGE, (box[3] - box[1]) * EDGE), 0)
        pen = ImageDraw.Draw(mask)
        trail = [((x - box[0]) * EDGE, (y - box[1]) * EDGE) for x, y in spots]
        pen.line(trail, fill=255, width=max(1, round(wide * EDGE)))
        r = wide * EDGE / 2
        for x, y in trail[1:-1] if butt else trail:
            pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
        return mask.reduce(EDGE), box

    def _paint(self, mask, box, paint, opacity):
        if mask is None:
            return
        if self._clip is not None:
            mask = ImageChops.multiply(mask, self._clip.crop(box))
        if opacity < 1:
            mask = mask.point(lambda v: round(v * opacity))
        size = (box[2] - box[0], box[3] - box[1])
        color = paint.image(*size) if isinstance(paint, Gradient) else Image.new("RGB", size, rgb(paint))
        self.image.paste(color, box[:2], mask)


def studio(picture: Picture, wall: str, floor_at=0.7, disc: str | None = None, arch: str | None = None):
    """A quiet backdrop in one colour: lit wall, floor, and on request a disc or an arch behind the thing."""
    w, h = picture.width, picture.height
    picture.fill(rect(0, 0, w, h), Gradient(light(wall, 0.5), wall, angle=75))
    picture.soft(ellipse(w * 0.3, h * 0.2, w * 0.42, h * 0.4), "#ffffff", 150, 0.38)
    if disc:
        picture.fill(ellipse(w / 2, h * 0.48, h * 0.36), slant(light(disc, 0.35), disc), 0.75)
    if arch:
        picture.fill(rect(w / 2 - 330, h * 0.12, w / 2 + 330, h * floor_at + 4, (330, 330, 0, 0)),
                     slant(light(arch, 0.35), arch), 0.75)
    if floor_at < 1:
        edge = h * floor_at
        picture.soft(rect(-200, edge, w + 200, h + 300), light(wall, 0.12), 10, 1)
        picture.fill(rect(0, edge + 14, w, h), Gradient(light(wall, 0.12), dark(wall, 0.05)), 1)
