"""The vocabulary as it is shipped, without a database."""

from pathlib import Path

import yaml

from remedies.check.names import ParsedNames, parse_names
from remedies.check.spoken import shipped_vocabulary
from remedies.check.vocabulary import Term

FIXTURES = Path(__file__).parents[3] / "fixtures"
TERMS = tuple(
    Term(row["slug"], row["kind"], row["name"], tuple(row.get("members", ())))
    for row in yaml.safe_load((FIXTURES / "circumstances.yaml").read_text(encoding="utf-8"))[
        "circumstances"
    ]
)


def read(text: str) -> ParsedNames:
    """A typed text, parsed with the shipped names."""
    return parse_names(text, shipped_vocabulary(TERMS))
