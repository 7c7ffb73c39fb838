"""Examples of every template part. People, remedies and works are made up, and nothing is stored."""

from collections.abc import Iterator

from workbench.gallery.example import Example


def all_examples() -> Iterator[Example]:
    """The examples of all parts, several for a part with variants."""
    # Imported here, so that a server that nobody asks for the gallery does not build the samples.
    from workbench.gallery.examples import (
        account_parts,
        challenge_parts,
        chart_parts,
        check_parts,
        citation_parts,
        comparison_parts,
        composer_parts,
        condition_parts,
        discussion_parts,
        entry_parts,
        experience_parts,
        grade_parts,
        history_parts,
        home_parts,
        list_parts,
        moderation_parts,
        people_parts,
        remedy_parts,
        search_parts,
        site_parts,
        warning_parts,
    )

    yield from site_parts.examples()
    yield from account_parts.examples()
    yield from citation_parts.examples()
    yield from condition_parts.examples()
    yield from entry_parts.examples()
    yield from experience_parts.examples()
    yield from warning_parts.examples()
    yield from remedy_parts.examples()
    yield from list_parts.examples()
    yield from home_parts.examples()
    yield from search_parts.examples()
    yield from check_parts.examples()
    yield from grade_parts.examples()
    yield from chart_parts.examples()
    yield from comparison_parts.examples()
    yield from discussion_parts.examples()
    yield from moderation_parts.examples()
    yield from composer_parts.examples()
    yield from people_parts.examples()
    yield from history_parts.examples()
    yield from challenge_parts.examples()
