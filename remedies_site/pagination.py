"""Numbered pages."""


def page_number(text: str | None) -> int:
    """The number of a page as an address gives it; 1 for whatever is none."""
    digits = (text or "").strip()
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1
