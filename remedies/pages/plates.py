"""The plates of remedies: which there are, what each shows, and what stands where there is none.

The drawings are made by `make identity`: all of them are symbols of static/img/plates.svg, and each
stands in a file of its own for the page that shows no other. docs/plates.md names their sources.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ALTERNATIVE_TEXTS: dict[str, Promise] = {
    "ashwagandha": _("A drawing of ashwagandha with its root"),
    "calcium": _("The element calcium: Ca, number 20"),
    "cranberry": _("A drawing of cranberries on a shoot"),
    "ginger": _("A drawing of a ginger rhizome"),
    "glucosamine": _("The skeletal formula of glucosamine"),
    "iron": _("The element iron: Fe, number 26"),
    "magnesium": _("The element magnesium: Mg, number 12"),
    "melatonin": _("The skeletal formula of melatonin"),
    "omega-3": _("The skeletal formula of EPA, a fatty acid of fish oil"),
    "peppermint-oil": _("A drawing of peppermint in flower"),
    "probiotics": _("A drawing of bacteria and a yeast"),
    "psyllium": _("A drawing of a psyllium plant with its seeds"),
    "riboflavin": _("The skeletal formula of riboflavin"),
    "st-johns-wort": _("A drawing of St John’s wort in flower"),
    "turmeric": _("A drawing of turmeric with its rhizome"),
    "valerian": _("A drawing of a valerian plant with its root"),
    "vitamin-b6": _("The skeletal formula of vitamin B6"),
    "vitamin-c": _("The skeletal formula of vitamin C"),
    "vitamin-d": _("The skeletal formula of vitamin D3"),
    "zinc": _("The element zinc: Zn, number 30"),
}
"""By the slug of the remedy, which is the name of the symbol too."""


@dataclass(frozen=True)
class Plate:
    """The picture of a remedy: the static path of a file, and its symbol in that file.

    `file`, `symbol` and `alternative` are empty where there is none.
    """

    file: str
    symbol: str
    alternative: str
    initials: str

    @property
    def sharing_picture(self) -> str:
        """The static path of the picture that links to the remedy's page carry."""
        return f"img/sharing/{self.symbol}.png" if self.symbol else "img/sharing.png"


def plate_of(slug: str, name: str, *, alone: bool = False) -> Plate:
    """The plate of the remedy with this slug, or the first letters of its name.

    `alone` says that the page shows no other plate, so that it needs no file of all.
    """
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    if slug not in ALTERNATIVE_TEXTS:
        return Plate("", "", "", initials)
    file = f"img/plates/{slug}.svg" if alone else "img/plates.svg"
    return Plate(file, slug, str(ALTERNATIVE_TEXTS[slug]), initials)
