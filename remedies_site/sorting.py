"""How names are ordered and found: case and accents folded."""

import re
import unicodedata


def fold(text: str) -> str:
    """“Ménière's Disease” as “meniere's disease”: one spelling to sort by."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.replace("\u2019", "'").casefold().split())


def search_words(text: str) -> list[str]:
    """The folded words of a name or of a query: “Willis-Ekbom” is two."""
    return re.findall(r"\w+", fold(text))


def search_text(*names: str) -> str:
    """What is stored for search: every word with a blank before it, so that a word's beginning is
    found by looking for a blank and the letters typed."""
    return "".join(f" {word}" for name in names for word in search_words(name))
