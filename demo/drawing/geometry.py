# Owns the outlines: every function returns a list of (x, y) points in a square of 1000 by 1000, y downwards.
"""Outlines as lists of points: rectangles, ellipses, curves written like SVG paths, and their mirror images."""
import math
import re

Points = list[tuple[float, float]]


def rect(left, top, right, bottom, radius=0.0) -> Points:
    """A rectangle; `radius` rounds its corners (a tuple gives top left, top right, bottom right, bottom left)."""
    radii = radius if isinstance(radius, tuple) else (radius,) * 4
    limit = min(right - left, bottom - top) / 2
    a, b, c, d = (min(r, limit) for r in radii)
    points = []
    for cx, cy, r, start in (
        (left + a, top + a, a, 180), (right - b, top + b, b, 270),
        (right - c, bottom - c, c, 0), (left + d, bottom - d, d, 90),
    ):
        steps = 16 if r > 0 else 0
        for i in range(steps + 1):
            angle = math.radians(start + (90 * i / steps if steps else 0))
            points.append((cx + r * math.cos(angle), cy + r * math.sin(angle)))
    return points


def ellipse(cx, cy, rx, ry=None) -> Points:
    """An ellipse around (cx, cy); a circle when `ry` is left out."""
    return arc(cx, cy, rx, ry, 0, 360)


def arc(cx, cy, rx, ry=None, start=0, end=360) -> Points:
    """Part of an ellipse; degrees run clockwise from three o'clock."""
    ry = rx if ry is None else ry
    steps = max(12, int(abs(end - start) / 3))
    angles = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


def path(text: str) -> Points:
    """A curve in the words of SVG, absolute commands only: M, L, H, V, Q, C and Z."""
    tokens = re.findall(r"[MLHVQCZ]|-?\d+\.?\d*", text)
    points: Points = []
    x = y = 0.0
    command = "M"
    i = 0
    while i < len(tokens):
        if tokens[i].isalpha():
            command = tokens[i]
            i += 1
            if command == "Z":
                continue
        size = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6}[command]
        n = [float(t) for t in tokens[i:i + size]]
        i += size
        if command in "ML":
            target = [(n[0], n[1])]
        elif command == "H":
            target = [(n[0], y)]
        elif command == "V":
            target = [(x, n[0])]
        else:
            target = _bezier([(x, y), *zip(n[::2], n[1::2])])
        points += target
        x, y = points[-1]
    return points


def _bezier(control) -> Points:
    points = []
    for i in range(1, 25):
        t = i / 24
        level = list(control)
        while len(level) > 1:
            level = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in zip(level, level[1:])]
        points.append(level[0])
    return points


def mirror(points: Points, axis=500.0) -> Points:
    """The mirror image at the vertical line x = axis."""
    return [(2 * axis - x, y) for x, y in points]


def symmetric(text: str, axis=500.0) -> Points:
    """A closed outline from its left half, written as a path from top to bottom."""
    left = path(text)
    return left + mirror(left, axis)[::-1]


def smooth(points: Points, closed=True) -> Points:
    """A soft curve through the given points."""
    count = len(points)
    result = []
    spans = count if closed else count - 1
    for i in range(spans):
        if closed:
            p0, p1, p2, p3 = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        for step in range(16):
            t = step / 16
            result.append(tuple(
                0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t ** 3)
                for a, b, c, d in zip(p0, p1, p2, p3)
            ))
    if not closed:
        result.append(points[-1])
    return result


def moved(points: Points, dx=0.0, dy=0.0) -> Points:
    """The same outline elsewhere."""
    return [(x + dx, y + dy) for x, y in points]


def quad(corners: Points):
    """A function from (u, v) in the unit square to the quadrilateral with corners top left, top right, bottom right,
    bottom left; used for keyboards and pages seen at an angle."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners

    def at(u, v):
        tx, ty = ax + (bx - ax) * u, ay + (by - ay) * u
        lx, ly = dx + (cx - dx) * u, dy + (cy - dy) * u
        return tx + (lx - tx) * v, ty + (ly - ty) * v

    return at


def wave(left, right, y, height, length, phase=0.0) -> Points:
    """An open sine line from left to right."""
    steps = 80
    xs = (left + (right - left) * i / steps for i in range(steps + 1))
    return [(x, y + height * math.sin(2 * math.pi * x / length + phase)) for x in xs]
