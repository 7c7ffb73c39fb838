"""What an example of a template part is. The examples themselves are in `examples/`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """One variant of a part: the template, a title that tells it from the others, and its context."""

    part: str
    title: str
    context: dict[str, object]


def example(part: str, title: str = "", /, **context: object) -> Example:
    """An example with its context as keyword arguments."""
    return Example(part, title, context)
