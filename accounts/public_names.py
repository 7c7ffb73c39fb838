"""Names that pass for others: for the people who run the site, or for another member.

Two names look alike where their skeletons are equal, as UTS #39 (Unicode Security Mechanisms) defines them.
Names are ASCII, and of its letters and digits the standard's table `confusables.txt` maps four:
0 to O, 1 to l, I to l, and m to rn. Case is no difference between names, so skeletons are lower-case.
"""

import re

from django.conf import settings
from django.db.models import Expression, F, Func, Value
from django.db.models.functions import Lower, Replace

_BEFORE_CASE = (("I", "l"),)
_AFTER_CASE = (("0", "o"), ("1", "l"), ("m", "rn"))
MAX_SKELETON_LENGTH = 60
"""Of a name of 30 letters m."""

RESERVED_NAMES = {
    *("admin", "administrator", "clinician", "editor", "editors", "help", "mod", "moderator"),
    *("moderators", "official", "operator", "publisher", "root", "staff", "support", "system"),
    "webmaster",
}
"""Names that members cannot choose, since they suggest authority."""
_ROLES = {
    *("admin", "administrator", "clinician", "editor", "editors", "moderator", "moderators"),
    *("official", "publisher", "staff", "webmaster"),
}
"""Those that suggest it as a part of a name, too; a root or an immune system does not."""


def name_skeleton(name: str) -> str:
    """What two names have in common that readers take for one another."""
    for letter, prototype in _BEFORE_CASE:
        name = name.replace(letter, prototype)
    name = name.lower()
    for letter, prototype in _AFTER_CASE:
        name = name.replace(letter, prototype)
    return name


def skeleton_of(column: str) -> Func:
    """The same, computed by the database of a column."""
    expression: Expression | F = F(column)
    for letter, prototype in _BEFORE_CASE:
        expression = Replace(expression, Value(letter), Value(prototype))
    expression = Lower(expression)
    for letter, prototype in _AFTER_CASE:
        expression = Replace(expression, Value(letter), Value(prototype))
    return expression


def passes_for_staff(name: str) -> bool:
    """Whether a name is a reserved one or looks like one, or has a role or the site's name in it."""
    parts = [_staff_skeleton(part) for part in re.split(r"[._-]+", name)]
    whole = "".join(parts)
    return (
        whole in _skeletons(RESERVED_NAMES)
        or whole == _staff_skeleton(re.sub(r"[^A-Za-z0-9]", "", settings.SITE_NAME))
        or not _skeletons(_ROLES).isdisjoint(parts)
    )


def _skeletons(names: set[str]) -> set[str]:
    return {_staff_skeleton(name) for name in names}


def _staff_skeleton(name: str) -> str:
    """More is taken for the same here: a number behind the name is none of it, and 1 may be an i."""
    return name_skeleton(re.sub(r"(?<=\D)\d+\Z", "", name)).replace("i", "l")
