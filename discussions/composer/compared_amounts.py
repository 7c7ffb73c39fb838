"""An amount as the substance that limits count, and the limit that it exceeds. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from discussions.composer.findings import ExceededLimit
from discussions.composer.known_names import RemedyNames
from discussions.composer.spoken_amounts import SpokenAmount
from discussions.composer.spoken_text import SpokenWord
from remedies.choices import Basis, Compound, Unit
from remedies.doses.elements import mineral_share
from remedies.doses.limits import in_unit

_SALTS = {"sulphate": "sulfate", "bisglycinate": "glycinate", "diglycinate": "glycinate"}
_NEAR = 4
"""Words before and behind an amount where its compound may be named."""


def find_exceeded(remedy: RemedyNames, amount: Decimal, unit: Unit) -> ExceededLimit | None:
    """The lowest limit below an amount."""
    below = [
        (bound, row)
        for row in remedy.limits
        if row.basis in {Basis.ELEMENTAL, Basis.SUBSTANCE}
        and (bound := in_unit(row.amount, row.unit, unit)) is not None
        and bound < amount
    ]
    if not below:
        return None
    _bound, row = min(below, key=lambda pair: pair[0])
    return ExceededLimit(remedy.name, remedy.url, row, amount, unit)


def substance_amount(
    words: Sequence[SpokenWord], amount: SpokenAmount, remedy: RemedyNames
) -> Decimal:
    """The amount of the substance that the limits count."""
    near = words[max(0, amount.first - _NEAR) : amount.last + 1 + _NEAR]
    texts = {_SALTS.get(word.text, word.text) for word in near}
    if "elemental" in texts:
        return amount.amount
    shares = [share for salt, share in _salts_of(remedy).items() if salt in texts]
    return amount.amount * max(shares, default=Decimal(1))


@lru_cache(maxsize=64)
def _shares_by_salt(element: str) -> Mapping[str, Decimal]:
    """Of a mineral as compounds call it (“magnesium”, “ferrous”): the salt to the largest share."""
    shares: dict[str, Decimal] = {}
    for compound in Compound:
        mineral, salt, *_form = compound.value.split("_")
        if mineral == element:
            shares[salt] = max(shares.get(salt, Decimal()), mineral_share(compound))
    return shares


def _salts_of(remedy: RemedyNames) -> Mapping[str, Decimal]:
    elements = {name[0] for name in remedy.words}
    return {salt: share for one in elements for salt, share in _shares_by_salt(one).items()}
