"""How names are ordered and compared: case and accents folded."""

import unicodedata


def fold(text: str) -> str:
    """“Ménière's Disease” as “meniere's disease”: one spelling to sort by."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.replace("\u2019", "'").casefold().split())
