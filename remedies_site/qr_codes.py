"""QR codes as paths of inline SVG, which need neither a picture nor a style of their own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class QrCode:
    """A QR code as one SVG path on a grid of `size` by `size` modules, the quiet zone among them."""

    path: str
    size: int


def qr_code(url: str, border: int = 4) -> QrCode:
    """The URL as a QR code: a square of one unit for each dark module; `border` in modules."""
    import segno  # with the first code, not with the process

    matrix = segno.make(url).matrix
    squares = [
        f"M{column + border} {row + border}h1v1h-1z"
        for row, modules in enumerate(matrix)
        for column, dark in enumerate(modules)
        if dark & 1
    ]
    return QrCode("".join(squares), len(matrix) + 2 * border)
