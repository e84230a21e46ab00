# Owns the list of product pictures: for every file its backdrop, its drawing function and its colours.
"""`PICTURES` maps a file name without its ending to (backdrop, draw): add a line here to give a product a picture."""
from functools import partial

from . import audio, bags, desk, kitchen, outdoor, paper, tech, wear

SAND, MIST, ROSE, SAGE, STONE, STRAW = "#e9e4dc", "#d7dfe4", "#ead9d0", "#dbe3d6", "#d9e0e0", "#ece2cc"
INDIGO, FOREST, CLAY, MUSTARD, CREAM, CHARCOAL = "#35506b", "#3f6b63", "#c9774f", "#d9a441", "#efe6d5", "#3a3d46"
SAGE_GREEN, BRICK, SKY, BLUSH, SILVER, OAK = "#7fa08f", "#b5533c", "#7f9ab5", "#d9a08e", "#b9bec6", "#c4935f"
WALNUT, LEATHER, PLUM, STEEL = "#80553a", "#a8703f", "#7d5a72", "#8b8f99"
DUSK, NIGHT, DAWN = ("#5b7fa6", "#e8a87c", "#2f4a6b"), ("#2d3a5c", "#e07a5f", "#1d2540"), ("#f0d9c4", "#e07a5f", "#3d405b")
GROVE, LAGOON, EDITOR = ("#cfe0d2", "#7fa08f", "#2f5d50"), ("#274060", "#3f7d8c", "#f0c987"), ("#23262f", "#7fb7a3", "#e9c46a")
NEON = ["#e07a5f", "#c05b86", "#6c63b5", "#4a8bc2", "#4fb3a1"]

FLAT, LOW, STAND = {"floor_at": 1}, {"floor_at": 0.8}, {}


def disc(tone):
    """A disc behind the thing."""
    return {"disc": tone}


def arch(tone):
    """An arch behind the thing."""
    return {"arch": tone}


def in_hills(draw, *rest, **more):
    """The drawing with hills behind it."""
    def both(p):
        outdoor.hills(p, "#a9bfb5", "#7d9c8e")
        draw(p, *rest, **more)
    return both


def tent_in_hills(p, cloth):
    """The tent with hills behind it."""
    outdoor.hills(p, "#a9bfb5", "#7d9c8e")
    outdoor.tent(p, cloth)


def picture(wall, room, draw, *rest, **more):
    """One entry of the list."""
    return (wall, room), (lambda p: draw(p, *rest, **more))


def per_color(name, walls, room, draw, colors, *rest, **more):
    """One entry for each color of a product, named `<name>-<color>`."""
    return {
        f"{name}-{color}": picture(walls[k % len(walls)], room, draw, *(values if isinstance(values, tuple) else (values,)), *rest, **more)
        for k, (color, values) in enumerate(colors.items())
    }


PICTURES = {
    # Laptops
    **per_color("tarnholm-aero-13", (SAND, MIST, ROSE, SAGE), STAND, tech.laptop, {
        "silver": (SILVER, DUSK), "midnight": ("#3d4a63", NIGHT, "orbit"), "rosewood": ("#b98a80", DAWN, "dunes"), "sage": ("#93a597", GROVE, "waves")}),
    "tarnholm-aero-13-back": picture(SAND, STAND, tech.laptop_back, SILVER),
    "tarnholm-studio-16": picture(STONE, STAND, tech.laptop, "#6b7079", EDITOR, "code"),
    "tarnholm-studio-16-back": picture(STONE, STAND, tech.laptop_back, "#6b7079"),
    "tarnholm-flip-13": picture(ROSE, STAND, tech.laptop_tent, "#8a6f66", DAWN),
    "tarnholm-flip-13-open": picture(ROSE, STAND, tech.laptop, "#8a6f66", DAWN, "orbit"),
    "tarnholm-forge-17": picture("#d6d3dd", STAND, tech.laptop, "#31343d", ("#241f3a", "#c05b86", "#4a8bc2"), "orbit", NEON),
    "tarnholm-forge-17-back": picture("#d6d3dd", STAND, tech.laptop_back, "#31343d"),
    **per_color("pebblewire-note-14", (SAGE, STRAW), STAND, tech.laptop, {
        "moss": ("#7d8f86", GROVE, "blocks"), "sand": ("#cdbfa8", DAWN, "waves")}),
    "pebblewire-class-11": picture(MIST, STAND, tech.laptop, "#5f86a6", ("#dfeaf2", "#e8a87c", "#5f86a6"), "blocks", rugged=True),
    "pebblewire-class-11-back": picture(MIST, STAND, tech.laptop_back, "#5f86a6", "waves"),
    "pebblewire-slate-12": picture(STRAW, STAND, tech.laptop, "#70747c", LAGOON, "waves"),
    "pebblewire-slate-12-back": picture(STRAW, STAND, tech.laptop_back, "#70747c", "waves"),
    # Phones and sound
    **per_color("pebblewire-one", (ROSE, MIST, SAND), FLAT, tech.phone, {
        "coral": ("#c98b7a", DAWN), "ink": ("#3d4a63", NIGHT, "orbit"), "chalk": ("#d9d3c7", LAGOON, "waves")}),
    **per_color("pebblewire-one-mini", (SAGE, STRAW), FLAT, tech.phone, {
        "fern": ("#7fa08f", GROVE, "waves"), "butter": ("#dcc184", DUSK, "dunes")}, small=True),
    **per_color("pebblewire-tide", (MIST, ROSE), FLAT, tech.watch, {"indigo": ("#9aa1ac", INDIGO), "clay": ("#c9ab86", CLAY)}),
    "pebblewire-dock-trio": picture(SAGE, FLAT, tech.charging_pad, "#8d9a8c", "#d8cfc0"),
    **per_color("lowhum-drift", (SAND, ROSE, SAGE), FLAT, audio.headphones, {
        "indigo": (INDIGO, "#c9a27e"), "chalk": ("#d8d0c2", "#a8907a"), "forest": (FOREST, "#b98f68")}),
    **per_color("lowhum-bean", (MIST, SAGE), STAND, audio.earbuds, {"oat": ("#e8e1d5", "#f4efe6"), "moss": ("#7d9687", "#dfe5dc")}),
    **per_color("lowhum-hearth", (ROSE, SAND, STRAW), STAND, audio.speaker, {
        "brick": (BRICK, CREAM), "slate": ("#5f6b78", "#d9d3c7"), "mustard": (MUSTARD, CREAM)}),
    "lowhum-revolve": picture(SAGE, FLAT, audio.turntable, OAK, "#e07a5f"),
    "lowhum-galley-radio": picture(SAND, STAND, audio.radio, SAGE_GREEN, "#efe3c8"),
    # Desk and home
    **per_color("wickandale-crane", (SAND, MIST, ROSE), STAND, desk.desk_lamp, {"forest": FOREST, "indigo": INDIGO, "brick": BRICK}),
    "wickandale-heron": picture(ROSE, {"floor_at": 0.82}, desk.floor_lamp, MUSTARD, "#5a5048"),
    **per_color("oakhollin-rise", (MIST, SAND), LOW, desk.standing_desk, {"oak": (OAK, CHARCOAL), "walnut": (WALNUT, "#c9ccd1")}),
    "oakhollin-rise-seated": picture(MIST, LOW, desk.standing_desk, OAK, CHARCOAL, raised=False),
    **per_color("oakhollin-perch", (SAND, MIST, STRAW), LOW, desk.chair, {
        "sage": ("#6d8a7c", CHARCOAL), "slate": ("#5f6b78", CHARCOAL), "ochre": ("#c99a45", "#5a5048")}),
    "oakhollin-plinth": picture(STONE, STAND, desk.shelf, OAK, SAGE_GREEN),
    **per_color("oakhollin-quiet-clock", (ROSE, SAGE), FLAT, desk.clock, {
        "oak": (OAK, "#f4efe6", "#e07a5f"), "charcoal": (CHARCOAL, "#ece7dd", MUSTARD)}),
    "tarnholm-vista": picture(SAND, STAND, tech.monitor, STEEL, LAGOON),
    **per_color("pebblewire-tacto", (STONE, SAND), FLAT, tech.keyboard, {
        "oat": ("#ddd5c8", "#f5f0e6", "#e07a5f"), "harbor": ("#56677a", "#dfe5ea", "#e9b44c")}),
    **per_color("pebblewire-skip", (ROSE, SAGE), FLAT, tech.mouse, {"oat": ("#e4ddd2", "#e07a5f"), "moss": ("#8ba394", "#f0e2c8")}),
    "tarnholm-iris": picture(SAND, STAND, tech.webcam, STEEL),
    **per_color("loomstead-desk-mat", (SAGE, SAND), FLAT, desk.desk_mat, {"granite": ("#6f7780", LEATHER), "pine": ("#4f6f62", "#c9a27e")}),
    "claybarrow-terrace": picture(SAND, arch("#d9c3ae"), desk.planter, "#cf7f5e", "#5f8a6a"),
    "claybarrow-terrace-tall": picture(SAGE, arch("#bccbb5"), desk.planter, "#d9cbb5", "#4f7d5e", tall=True),
    # Bags
    **per_color("strayfield-commuter", (SAND, MIST, STRAW), STAND, bags.backpack, {
        "pine": ("#5f7a6b", LEATHER), "harbor": ("#44597a", LEATHER), "rust": ("#b5653f", "#5a4030")}),
    **per_color("strayfield-market", (MIST, ROSE), STAND, bags.tote, {"natural": ("#eadfc9", LEATHER, INDIGO), "clay": ("#e7d3bd", "#7d5236", CLAY)}),
    **per_color("strayfield-weekender", (ROSE, SAGE), STAND, bags.duffel, {"navy": ("#3f4f63", LEATHER), "olive": ("#75784f", "#7d5236")}),
    **per_color("strayfield-felt-sleeve", (SAGE, ROSE), FLAT, bags.sleeve, {"gray": ("#8b9097", OAK), "berry": ("#8a4f5c", "#c9a27e")}),
    **per_color("strayfield-loop", (SAND, SAGE), FLAT, bags.sling, {"terracotta": (CLAY, "#5a4436"), "spruce": (FOREST, LEATHER)}),
    **per_color("strayfield-roller", (SAND, STRAW), LOW, bags.suitcase, {"lagoon": ("#7fa39a", CHARCOAL), "saffron": ("#d9a954", "#5a5048")}),
    # Clothing
    **per_color("loomstead-everyday-tee", (ROSE, MIST, SAGE, SAND), FLAT, wear.tee, {
        "chalk": "#f4efe6", "indigo": INDIGO, "moss": "#71907c", "clay": "#c47a5a"}, pocket=True),
    "loomstead-harbor-tee": picture(MIST, FLAT, wear.tee, "#f4efe6", "#4a6a8a"),
    **per_color("loomstead-lull-hoodie", (SAND, STONE), FLAT, wear.hoodie, {"caramel": ("#c98b5f", "#f4efe6"), "heather": ("#8d93a0", "#f4efe6")}),
    **per_color("loomstead-ferry-shirt", (STONE, ROSE), FLAT, wear.shirt, {
        "sky-stripe": ("#cfdde8", "#f4efe6", SKY), "white": ("#f6f2ea", "#c9b08a")}),
    **per_color("loomstead-squall", (ROSE, SAGE), FLAT, wear.jacket, {"yellow": ("#e0b040", "#5a5048"), "spruce": ("#4a6f68", "#efe3c8")}),
    **per_color("loomstead-pier-chinos", (SAND, MIST), FLAT, wear.trousers, {"khaki": ("#b59b76", WALNUT), "navy": ("#44546b", LEATHER)}),
    **per_color("loomstead-watch-beanie", (SAGE, STRAW, MIST), FLAT, wear.beanie, {
        "brick": (BRICK, LEATHER), "fog": ("#9aa5ad", LEATHER), "mustard": (MUSTARD, WALNUT)}),
    "loomstead-cabin-socks": picture(SAGE, FLAT, wear.socks, "#e8dfcf", "#5f7a6b", CLAY),
    **per_color("loomstead-court", (MIST, ROSE), STAND, wear.sneaker, {"pine": ("#f1ece2", "#faf7f0", FOREST), "clay": ("#f1e6da", "#faf7f0", CLAY)}),
    "loomstead-fold-scarf": picture(SAND, FLAT, wear.scarf, "#6d8a7c", "#f0e2c8"),
    # Kitchen
    **per_color("claybarrow-morning-mug", (SAND, ROSE, MIST), disc("#e0c4a8"), kitchen.mug, {"celadon": SAGE_GREEN, "oat": "#e0d3bd", "ink": "#4a5f78"}),
    "claybarrow-supper-bowls": picture(MIST, STAND, kitchen.bowls, (SKY, "#e8dfcf", CLAY, "#8fa89a")),
    "embergrove-pour-over": picture(MIST, STAND, kitchen.pour_over, "#9ab0b5", "#f4efe6", "#b98558"),
    **per_color("embergrove-swan-kettle", (ROSE, SAND), STAND, kitchen.kettle, {"indigo": (INDIGO, OAK), "cream": ("#e6dac4", WALNUT)}),
    "embergrove-cook-knife": picture(SAGE, FLAT, kitchen.knife, WALNUT),
    "embergrove-plank": picture(SAND, FLAT, kitchen.board, OAK, "#7d4a2c"),
    **per_color("embergrove-cocotte", (SAND, SAGE), STAND, kitchen.casserole, {"tomato": ("#c8553d", "#d9b46a"), "juniper": ("#3f6660", "#d9b46a")}),
    "embergrove-first-light-coffee": picture(ROSE, STAND, kitchen.coffee, "#33524d", "#efe3c8"),
    "embergrove-tea-calendar": picture(SAND, STAND, kitchen.gift_box, "#7d3f3a", MUSTARD),
    # Outdoor
    **per_color("cairnley-lee-tent", (STONE, SAGE), STAND, tent_in_hills, {
        "amber": "#d98a3d", "fern": "#6d8f78"}),
    **per_color("cairnley-spring-bottle", (ROSE, MIST, STRAW), STAND, outdoor.bottle, {
        "pine": ("#5f7a6b", CHARCOAL), "glacier": ("#8fb0c2", CHARCOAL), "ember": ("#c9664a", "#4a3a34")}),
    "cairnley-ember-lantern": picture(SAND, STAND, outdoor.lantern, "#8a4a3a"),
    "cairnley-hollow-bag": picture(SAGE, STAND, outdoor.sleeping_bag, INDIGO, MUSTARD),
    "cairnley-lookout-chair": picture(SAGE, STAND, in_hills(outdoor.camp_chair, CLAY, "#b98558")),
    "cairnley-sway-hammock": picture(MIST, STAND, in_hills(outdoor.hammock, FOREST, "#e9c46a")),
    "cairnley-true-compass": picture(MIST, FLAT, outdoor.compass, "#c49a56", "#f4efe6"),
    "cairnley-ridge-boot": picture(STRAW, STAND, wear.boot, "#8a5a3c", "#3a3330", MUSTARD),
    # Books and stationery
    "lanternfold-tidewater-post": picture(SAND, STAND, paper.book, paper.cover_sea, "#2f5d73"),
    "lanternfold-tidewater-post-soft": picture(STRAW, STAND, paper.book, partial(paper.cover_sea, sky="#9fb8c9", sea="#3a4d6b"), "#3a4d6b", hard=False),
    "lanternfold-small-suppers": picture(ROSE, STAND, paper.book, paper.cover_supper, "#7d3f3a"),
    "lanternfold-small-suppers-stack": picture(ROSE, STAND, paper.stacked_books, ("#7d3f3a", CLAY, SAGE_GREEN, MUSTARD)),
    "lanternfold-quiet-repair": picture(MIST, FLAT, tech.reader, CHARCOAL, paper.cover_repair),
    **per_color("paperwren-hill-notebook", (SAND, MIST), FLAT, paper.notebook, {
        "moss": ("#5f7a6b", "#e07a5f", True), "plum": (PLUM, MUSTARD, False)}),
    **per_color("paperwren-lark-pen", (MIST, ROSE), FLAT, paper.pen, {"ink": INDIGO, "oxblood": "#7d3038"}),
    "paperwren-hedgerow-pencils": picture(STONE, FLAT, paper.pencils, ("#c8553d", "#e0a03d", SAGE_GREEN, INDIGO, "#8a5f7d", "#d98a6a", "#4a8b86")),
    "paperwren-long-view-planner": picture(SAND, FLAT, paper.planner, INDIGO, "#e07a5f"),
}
