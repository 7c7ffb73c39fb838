"""The plates: one drawing for each remedy, in the colour of the text around it.

Minerals are a tile of their element, vitamins, hormones and fatty acids a skeletal formula, herbs,
fibres and bacteria a line drawing by us. docs/plates.md names the sources. `make identity`
writes them into one file for lists, and each into one of its own for the page of its remedy.
"""

from scripts import plates_cells as cells
from scripts import plates_plants as plants
from scripts.plates_formulas import ELEMENTS, STRUCTURES, tile
from scripts.skeletal import Drawing, draw

NAMES = {
    "ashwagandha": "Ashwagandha",
    "calcium": "Calcium",
    "cranberry": "Cranberry",
    "ginger": "Ginger",
    "glucosamine": "Glucosamine",
    "iron": "Iron",
    "magnesium": "Magnesium",
    "melatonin": "Melatonin",
    "omega-3": "Omega-3 (fish oil)",
    "peppermint-oil": "Peppermint Oil",
    "probiotics": "Probiotics",
    "psyllium": "Psyllium",
    "riboflavin": "Riboflavin",
    "st-johns-wort": "St John's wort",
    "turmeric": "Turmeric",
    "valerian": "Valerian",
    "vitamin-b6": "Vitamin B6",
    "vitamin-c": "Vitamin C",
    "vitamin-d": "Vitamin D",
    "zinc": "Zinc",
}
"""The names on the sharing pictures, by slug, as the starter content has them."""
DRAWINGS = {
    "ashwagandha": plants.ashwagandha,
    "cranberry": plants.cranberry,
    "ginger": plants.ginger,
    "peppermint-oil": plants.peppermint,
    "probiotics": cells.probiotics,
    "psyllium": plants.psyllium,
    "st-johns-wort": plants.st_johns_wort,
    "turmeric": plants.turmeric,
    "valerian": plants.valerian,
}
"""The line drawings, by slug."""


def plates() -> dict[str, Drawing]:
    """Each remedy's slug with its drawing."""
    return {
        **{slug: tile(*element) for slug, element in ELEMENTS.items()},
        **{
            slug: draw(structure.smiles, structure.points, structure.wedges)
            for slug, structure in STRUCTURES.items()
        },
        **{slug: drawing() for slug, drawing in DRAWINGS.items()},
    }


def strokes(drawing: Drawing) -> str:
    """The elements of a drawing in the colour of the text around it."""
    letters = drawing.strokes.replace("<text", '<text fill="currentColor" stroke="none"')
    return (
        '<g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
        f'stroke-linejoin="round" font-size="15">{letters}</g>'
    )


def sprite(*slugs: str) -> str:
    """These plates in one file, a symbol each, or all of them; pages draw one by its name."""
    symbols = "".join(
        f'<symbol id="{slug}" viewBox="{drawing.view_box}">{strokes(drawing)}</symbol>\n'
        for slug, drawing in sorted(plates().items())
        if slug in (slugs or NAMES)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}</svg>\n'
