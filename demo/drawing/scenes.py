# Owns the wide pictures of the collections: things of the shop arranged on one floor.
"""`SCENES` maps a collection's handle to its backdrop and the things on it, from back to front."""
from . import audio, bags, desk, kitchen, outdoor, paper, tech, wear
from .canvas import dark, light, slant
from .catalog import (
    BRICK, CHARCOAL, CLAY, CREAM, DAWN, DUSK, EDITOR, FOREST, GROVE, INDIGO, LEATHER, MUSTARD, NEON, NIGHT, OAK, SAGE_GREEN,
    SILVER, SKY, STEEL,
)
from .geometry import ellipse, rect


def at(x, base, scale, draw, *rest, foot=800, turn=0, **more):
    """A thing whose foot (y = `foot` of its own drawing) stands at (x, base) of the scene."""
    def put(p):
        with p.placed(x=x - 500, y=base - 500 - (foot - 500) * scale, scale=scale, turn=turn):
            draw(p, *rest, **more)
    return put


def backdrop(p, wall, shape, tone):
    """Wall and floor of a scene, and behind the things an arch, a disc or waves."""
    w, h = p.width, p.height
    p.fill(rect(0, 0, w, h), slant(light(wall, 0.45), wall))
    p.soft(ellipse(420, 160, 560, 300), "#ffffff", 140, 0.35)
    if shape == "arches":
        for x, half, top in ((430, 210, 170), (800, 270, 90), (1190, 220, 200)):
            p.fill(rect(x - half, top, x + half, 720, (half, half, 0, 0)), slant(light(tone, 0.4), tone), 0.55)
    elif shape == "disc":
        p.fill(ellipse(800, 440, 350), slant(light(tone, 0.4), tone), 0.65)
    elif shape == "rays":
        for x, r in ((300, 190), (800, 300), (1330, 210)):
            p.fill(ellipse(x, 420, r), slant(light(tone, 0.45), tone), 0.5)
    elif shape == "hills":
        outdoor.hills(p, "#a9bfb5", "#7d9c8e", floor=690)
    if shape == "none":
        return
    floor = dark(wall, 0.04) if shape != "hills" else "#c6d3bd"
    p.soft(rect(-200, 690, w + 200, h + 300), light(floor, 0.2), 8, 1)
    p.fill(rect(0, 702, w, h), slant(light(floor, 0.25), dark(floor, 0.08)))


SCENES = {
    "frontpage": (("#e6dccd", "arches", "#d9b796"), [
        at(300, 770, 0.66, desk.planter, "#cf7f5e", "#5f8a6a", foot=826),
        at(560, 780, 0.62, bags.backpack, "#5f7a6b", LEATHER, foot=838),
        at(1330, 780, 0.62, audio.speaker, BRICK, CREAM, foot=820),
        at(930, 800, 0.74, tech.laptop, SILVER, DUSK),
        at(1240, 836, 0.34, kitchen.mug, SAGE_GREEN)]),
    "laptops": (("#d9dfe4", "disc", "#b9c8d3"), [
        at(330, 760, 0.62, tech.laptop, "#93a597", GROVE, "waves"),
        at(1270, 760, 0.62, tech.laptop, "#31343d", ("#241f3a", "#c05b86", "#4a8bc2"), "orbit", NEON),
        at(800, 810, 0.84, tech.laptop, SILVER, DUSK)]),
    "new-in": (("#ead9d0", "rays", "#e0b39f"), [
        at(300, 760, 0.6, kitchen.kettle, INDIGO, OAK),
        at(800, 800, 0.72, tech.phone, "#c98b7a", DAWN, foot=830),
        at(1320, 760, 0.62, bags.duffel, "#3f4f63", LEATHER),
        at(1020, 840, 0.34, audio.earbuds, "#e8e1d5", "#f4efe6")]),
    "sale": (("#ecdfc0", "rays", "#e3bd72"), [
        at(300, 776, 0.62, bags.suitcase, "#7fa39a", CHARCOAL, foot=868),
        at(770, 770, 0.64, audio.radio, SAGE_GREEN, "#efe3c8"),
        at(1300, 780, 0.6, kitchen.casserole, "#c8553d", "#d9b46a"),
        at(1040, 850, 0.27, wear.sneaker, "#f1ece2", "#faf7f0", FOREST, foot=756)]),
    "home-office": (("#dbe3d6", "arches", "#b9cbb5"), [
        at(1400, 770, 0.6, desk.planter, "#d9cbb5", "#4f7d5e", foot=826, tall=True),
        at(1180, 300, 0.32, desk.clock, OAK, "#f4efe6", "#e07a5f"),
        at(560, 790, 1.0, desk.standing_desk, OAK, CHARCOAL, foot=852, raised=False, bare=True),
        at(500, 482, 0.5, tech.monitor, STEEL, EDITOR, "code", foot=812),
        at(790, 480, 0.42, desk.desk_lamp, FOREST, foot=804),
        at(260, 480, 0.24, kitchen.mug, "#e0d3bd", foot=810),
        at(1060, 836, 0.7, desk.chair, "#c99a45", CHARCOAL, foot=880)]),
    "phones-and-audio": (("#d9dfe4", "rays", "#b7c7d2"), [
        at(300, 780, 0.66, audio.headphones, INDIGO, "#c9a27e", foot=790),
        at(800, 790, 0.72, tech.phone, "#3d4a63", NIGHT, "orbit", foot=830),
        at(1290, 770, 0.64, audio.speaker, MUSTARD, CREAM, foot=820)]),
    "bags": (("#e9e4dc", "arches", "#d6bfa6"), [
        at(290, 776, 0.62, bags.tote, "#eadfc9", LEATHER, INDIGO, foot=850),
        at(1330, 780, 0.68, bags.suitcase, "#d9a954", "#5a5048", foot=868),
        at(640, 790, 0.72, bags.backpack, "#44597a", LEATHER, foot=838),
        at(1010, 810, 0.6, bags.duffel, "#75784f", "#7d5236")]),
    "clothing": (("#dfe0dc", "none", "#c9c4b8"), [
        at(290, 800, 0.7, wear.shirt, "#cfdde8", "#f4efe6", SKY, foot=840, turn=-4),
        at(760, 810, 0.74, wear.tee, "#c47a5a", foot=850, pocket=True),
        at(1230, 810, 0.74, wear.jacket, "#e0b040", "#5a5048", foot=840, turn=4)]),
    "kitchen": (("#ead9d0", "arches", "#dcb7a0"), [
        at(300, 780, 0.64, kitchen.pour_over, "#9ab0b5", "#f4efe6", "#b98558", foot=838),
        at(760, 780, 0.7, kitchen.casserole, "#3f6660", "#d9b46a"),
        at(1320, 776, 0.62, kitchen.kettle, "#e6dac4", "#80553a"),
        at(1040, 840, 0.36, kitchen.mug, "#4a5f78"),
        at(500, 836, 0.36, kitchen.bowls, (CLAY, "#e8dfcf"))]),
    "outdoor": (("#d9e4e2", "hills", "#a9bfb5"), [
        at(560, 780, 0.9, outdoor.tent, "#d98a3d", foot=790),
        at(1150, 800, 0.66, outdoor.camp_chair, "#4f7d78", "#b98558", foot=830),
        at(1400, 836, 0.42, outdoor.lantern, "#8a4a3a", foot=840),
        at(130, 830, 0.44, bags.backpack, "#b5653f", "#5a4030", foot=838)]),
    "books-and-stationery": (("#e2e0d3", "disc", "#cfc39f"), [
        at(360, 780, 0.62, paper.stacked_books, (INDIGO, CLAY, SAGE_GREEN, MUSTARD)),
        at(800, 800, 0.74, paper.book, paper.cover_sea, "#2f5d73", foot=864),
        at(1240, 790, 0.6, paper.book, paper.cover_supper, "#7d3f3a", foot=864),
        at(1060, 836, 0.34, kitchen.mug, "#e0d3bd")]),
}


def draw_scene(p, handle):
    """Paints the collection's picture."""
    (wall, shape, tone), things = SCENES[handle]
    backdrop(p, wall, shape, tone)
    for put in things:
        put(p)
