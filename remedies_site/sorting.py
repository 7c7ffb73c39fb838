"""The sort key of names: case and accents folded."""

import unicodedata


def fold(text: str) -> str:
    """“Ménière's Disease” as “meniere's disease”, for sorting and comparing names."""
    decomposed = unicodedata.normalize("NFKD", text)
    unaccented = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(unaccented.replace("\u2019", "'").casefold().split())
