"""The plates of remedies: which there are, what each shows, and what stands where there is none.

The drawings are symbols of static/img/plates.svg, made by `make identity`; docs/plates.md names
their sources.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ALTERNATIVE_TEXTS: dict[str, Promise] = {
    "iron": _("The element iron: Fe, number 26"),
    "magnesium": _("The element magnesium: Mg, number 12"),
    "melatonin": _("The skeletal formula of melatonin"),
    "omega-3": _("The skeletal formula of EPA, a fatty acid of fish oil"),
    "psyllium": _("A drawing of a psyllium plant with its seeds"),
    "riboflavin": _("The skeletal formula of riboflavin"),
    "valerian": _("A drawing of a valerian plant with its root"),
    "vitamin-d": _("The skeletal formula of vitamin D3"),
}
"""By the slug of the remedy, which is the name of the symbol too."""


@dataclass(frozen=True)
class Plate:
    """The picture of a remedy; `symbol` and `alternative` are empty where there is none."""

    symbol: str
    alternative: str
    initials: str

    @property
    def sharing_picture(self) -> str:
        """The static path of the picture that links to the remedy's page carry."""
        return f"img/sharing/{self.symbol}.png" if self.symbol else "img/sharing.png"


def plate_of(slug: str, name: str) -> Plate:
    """The plate of the remedy with this slug, or the first letters of its name."""
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    if slug not in ALTERNATIVE_TEXTS:
        return Plate("", "", initials)
    return Plate(slug, str(ALTERNATIVE_TEXTS[slug]), initials)
