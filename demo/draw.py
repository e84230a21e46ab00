#!/usr/bin/env python3
# Owns the redrawing of the demo shop's pictures: every file in `pictures/` and its list of sizes.
"""Draws the pictures of the demo shop.

    python3 -m venv venv && venv/bin/pip install pillow numpy
    venv/bin/python demo/draw.py                 # every picture, a minute or two
    venv/bin/python demo/draw.py tarnholm mug    # only those whose name contains one of the words

The same code draws the same pictures: nothing is random. The drawing functions are in `drawing/`, one module for each
department; `drawing/catalog.py` lists the product pictures and their colors, `drawing/scenes.py` those of the collections.
Every picture is painted at twice its size and scaled down; products are 1000 by 1000, collections 1600 by 900 pixels.
"""
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from PIL import Image

from drawing.canvas import Picture, studio
from drawing.catalog import PICTURES
from drawing.scenes import SCENES, draw_scene

FOLDER = Path(__file__).parent / "pictures"


def draw(name: str) -> str:
    """Draws one picture and returns its file name."""
    if name.startswith("collection-"):
        picture = Picture(1600, 900)
        draw_scene(picture, name.removeprefix("collection-"))
    else:
        picture = Picture()
        (wall, room), paint = PICTURES[name]
        studio(picture, wall, **room)
        paint(picture)
    picture.save(FOLDER / f"{name}.webp")
    return f"{name}.webp"


def main(words: list[str]) -> None:
    """Draws the pictures asked for and writes `sizes.json` for all."""
    FOLDER.mkdir(exist_ok=True)
    names = [*PICTURES, *(f"collection-{handle}" for handle in SCENES)]
    wanted = [n for n in names if not words or any(w in n for w in words)]
    with ProcessPoolExecutor() as workers:
        for file in workers.map(draw, wanted):
            print(file)
    sizes = {file.name: list(Image.open(file).size) for file in sorted(FOLDER.glob("*.webp"))}
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(size)}" for name, size in sizes.items())
    (FOLDER / "sizes.json").write_text("{\n" + rows + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
