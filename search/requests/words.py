"""What may be stored of a request: a name, and nothing that looks like a person or a story. Pure."""

import re

from django.utils.translation import gettext as _

from remedies_site.exceptions import InvalidInput
from remedies_site.markup import without_controls
from search.normalizing import search_words

MOST_LETTERS = 60
MOST_WORDS = 6
MOST_DIGITS = 4
"""Vitamin B12 and omega 3-6-9 have fewer; a telephone number has more."""
_ADDRESS = re.compile(r"@|https?:|www\.|\w\.(?:com|net|org|info|io|de|uk|shop)\b", re.IGNORECASE)
_OF_ONESELF = {"i", "im", "my", "me", "mine", "myself", "we", "our", "he", "she", "his", "her"}


def clean_words(text: str) -> str:
    """The name that somebody asks for, on one line. Raises: InvalidInput, for what is no plain name."""
    text = " ".join(without_controls(text).split())
    words = search_words(text)
    if not any(letter.isalpha() for letter in text):
        raise InvalidInput(_("Write the name of a remedy or of a condition."))
    if len(text) > MOST_LETTERS or len(words) > MOST_WORDS:
        raise InvalidInput(_("The name alone is enough: at most six words."))
    if _ADDRESS.search(text) or sum(letter.isdigit() for letter in text) > MOST_DIGITS:
        raise InvalidInput(_("Leave out addresses and numbers: the name alone is enough."))
    if _OF_ONESELF.intersection(words):
        raise InvalidInput(_("Leave out what is about you: the name alone is enough."))
    return text
