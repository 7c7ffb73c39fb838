"""The first words of a verdict, for lists."""

from remedies_site.markup import plain_text

LENGTH = 150


def teaser(markdown: str, length: int = LENGTH) -> str:
    """At most `length` characters of plain text, cut between words; “…” only where it was cut."""
    text = plain_text(markdown)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    if not text[length - 1].isspace():
        cut = cut.rpartition(" ")[0] or cut
    return cut.rstrip(" ,;:.–-") + "…"
