"""Examples of warnings on the pages of remedies and entries."""

from collections.abc import Iterator

from workbench.gallery.example import Example, example
from workbench.gallery.examples.sample_documents import NAMES, sample_parts, sample_remedy


def examples() -> Iterator[Example]:
    """Stop box, warnings by kind, interactions, when to get help."""
    part, remedy_part = sample_parts()
    warnings = part.warnings
    context = {"warnings": warnings, "emergency_number": "112"}
    yield example("remedies/pages/_stop_box.html", "", box=part.stop_box)
    yield example(
        "remedies/pages/_entry_warnings.html", "", remedy=sample_remedy(), **context, **NAMES
    )
    yield example(
        "remedies/pages/_remedy_warnings.html",
        "",
        **context | {"warnings": remedy_part.warnings},
        **NAMES,
    )
    yield example("remedies/pages/_warnings.html", "", **context)
    yield example(
        "remedies/pages/_precaution_section.html", "", heading="Take care", items=warnings.cautions
    )
    yield example("remedies/pages/_precautions.html", "", items=warnings.cautions)
    yield example(
        "remedies/pages/_precautions.html", "in boxes", items=warnings.contraindications, boxed=True
    )
    yield example("remedies/pages/_interactions.html", "", interactions=warnings.interactions)
    yield example("remedies/pages/_interaction.html", "", interaction=warnings.interactions[0])
    yield example("remedies/_severity_key.html")
    yield example(
        "remedies/pages/_get_help.html",
        "",
        get_help=warnings.get_help,
        red_flags=warnings.red_flags,
        emergency_number="",
    )
